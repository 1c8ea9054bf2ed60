import { scopeOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import type { Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { isPublicName } from '../../model/public-name.js';
import { resolverCulprit, sideOfResolver, whoseResolver } from './answers.js';

const inside: ReadonlySet<string> = new Set(['private', 'shared', 'link-local']);

/**
 * A name server on the internet, or the router that leads out there, gives an address of private networks. Where the way to it
 * leads out of this network, nobody can be there, unless the router has other networks behind it; where it is the router's own,
 * the router may answer in the place of who is meant. Some filters lead names to such addresses; some owners publish those of
 * their own networks by mistake or on purpose, and routers have names for their own pages. Nobody outside is asked about such
 * a name, so which of them stays open. This device's own address is left out: that a name leads there is its owner's doing, or
 * that of who looks after this network.
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
  const routers = routersIn(facts);
  const toRouter = routers.has(address);
  if (!toRouter && !route?.line?.startsWith('default ')) return null;
  const giving = (fact(facts, 'name.direct')?.answers ?? []).filter(({ addresses }) => addresses.includes(address));
  const [first] = giving;
  if (!first || !giving.every(({ resolver }) => scopeOf(resolver) === 'public' || routers.has(resolver))) return null;
  const { resolver } = first;
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: 'name',
    side: sideOfResolver(resolver, facts),
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) leads ${host} to ${address}, ${toRouter ? "your router's own address" : 'an address of private networks'}: it may filter the name.`,
    advice: 'ask another name server for the name; if it gives the same, only the owner of the name can mend it',
    evidence: [
      {
        fact: 'name.direct',
        says: `${resolver}, ${routers.has(resolver) ? 'which leads to the internet' : 'on the internet'}, gives ${address}, which exists only inside of networks`,
      },
      {
        fact: 'device.routes',
        says: toRouter
          ? `${address} is the router that leads this computer out of its network`
          : `this network is none with that address: the way there is the one to the internet`,
      },
    ],
  };
}

/** Where no way leads out of this network, the name server that it has is taken for the router. */
function routersIn(facts: Facts): Set<string | null> {
  const defaults = fact(facts, 'device.routes')?.defaults;
  if (defaults?.length !== 0) return new Set(defaults?.map(({ via }) => via));
  return new Set(fact(facts, 'name.config')?.resolvers.map(({ address }) => address));
}
