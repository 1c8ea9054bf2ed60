import { scopeOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import type { Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { isPublicName } from '../../model/public-name.js';
import { resolverCulprit, sideOfResolver, whoseResolver } from './answers.js';

const inside: ReadonlySet<string> = new Set(['private', 'shared', 'link-local']);

/**
 * A name server on the internet, or the router that leads out there, gives an address of private networks, and the way to that
 * leads out of this network: nobody can be there, unless the router has other networks behind it. Some filters lead names to such addresses; some owners publish those of their own networks by mistake or on
 * purpose. Nobody outside is asked about such a name, so which of them stays open.
 */
export function ledInside(attempt: Attempt, facts: Facts): Finding | null {
  const { address, host } = attempt;
  if (
    address === null ||
    attempt.hop > 0 ||
    facts.target.literal !== 0 ||
    !isPublicName(facts.target.host) ||
    !inside.has(scopeOf(address))
  )
    return null;
  if (facts['name.reference']?.state !== 'skipped' || (fact(facts, 'name.hosts') ?? []).length > 0) return null;
  const route = fact(facts, 'device.routes')?.choices.find((one) => one.address === address);
  if (!route?.line?.startsWith('default ')) return null;
  const giving = (fact(facts, 'name.direct')?.answers ?? []).filter(({ addresses }) => addresses.includes(address));
  const [first] = giving;
  const routers = new Set(fact(facts, 'device.routes')?.defaults.map(({ via }) => via));
  if (!first || !giving.every(({ resolver }) => scopeOf(resolver) === 'public' || routers.has(resolver))) return null;
  const { resolver } = first;
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: 'name',
    side: sideOfResolver(resolver, facts),
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) leads ${host} to ${address}, an address of private networks: it may filter the name.`,
    advice: 'ask another name server for the name; if it gives the same, only the owner of the name can mend it',
    evidence: [
      {
        fact: 'name.direct',
        says: `${resolver}, ${routers.has(resolver) ? 'which leads to the internet' : 'on the internet'}, gives ${address}, which exists only inside of networks`,
      },
      {
        fact: 'device.routes',
        says: `this network is none with that address: the way there is the one to the internet`,
      },
    ],
  };
}
