/** Names that only the resolver of one network knows: a company's, behind its VPN. */
import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { isPublicSuffix } from '../../model/site.js';
import { tunnelWords } from '../evidence/tunnel.js';
import { type Opinion, resolverCulprit } from './answers.js';

const inside: ReadonlySet<string> = new Set(['private', 'shared', 'link-local']);

/**
 * One resolver gives addresses of a network of its own, another one says that there is no such name. Programs take the
 * first answer, and a "no" is one (resolv.conf(5)): what counts is who is asked first.
 */
export function splitHorizon(opinions: readonly Opinion[], host: string, facts: Facts): Finding | null {
  const denying = opinions.findIndex(({ word }) => word === 'nxdomain');
  const knowing = opinions.find(
    ({ word, addresses }) => word === 'addresses' && addresses.every((address) => inside.has(scopeOf(address))),
  );
  const first = opinions[denying];
  if (!knowing || !first || facts['name.system']?.state !== 'failed') return null;
  if (opinions.indexOf(knowing) < denying) return null;
  const evidence: Evidence[] = [
    { fact: 'name.direct', says: `${first.resolver}, which is asked first, says that there is no such name` },
    {
      fact: 'name.direct',
      says: `${knowing.resolver} gives ${knowing.addresses.slice(0, 2).join(', ')}, inside a network`,
    },
  ];
  return {
    says: 'fits',
    weight: 0.75,
    atMost: 'likely',
    side: 'this-device',
    stage: 'name',
    culprit: { ...resolverCulprit(first.resolver, facts), kind: 'setting' },
    summary: `Only ${knowing.resolver} knows ${host}, a name of its own network; this computer asks ${first.resolver} first, which does not know it.`,
    advice: `let ${knowing.resolver} be asked first, or for that domain only (systemd-resolved and NetworkManager can do so)`,
    evidence,
  };
}

/** A tunnel's own name server gives the name, and this device does not ask it: split DNS is not set. Null where that is not so. */
export function knownInTunnel(host: string, facts: Facts): Finding | null {
  const tunnels = fact(facts, 'device.tunnels') ?? [];
  for (const { resolver, addresses, failure } of fact(facts, 'name.inTunnel')?.answers ?? []) {
    if (failure || addresses.length === 0) continue;
    const tunnel = tunnels.find(({ resolvers }) => resolvers.some(({ address }) => address === resolver));
    const location = tunnel?.resolvers.find(({ address }) => address === resolver)?.location;
    if (!tunnel || location === undefined) continue;
    const words = tunnelWords(tunnel);
    const above = host.split('.').slice(1).join('.');
    // Below a public suffix are others too, whose names are none of that server's business.
    const domain = above === '' || (above.includes('.') && isPublicSuffix(above)) ? host : above;
    return {
      says: 'proven',
      side: 'this-device',
      stage: 'name',
      culprit: {
        kind: 'resolver',
        name: resolver,
        address: resolver,
        location,
        ...(tunnel.product && { owner: tunnel.product }),
      },
      summary: `Only ${words}'s name server (${resolver}) knows ${host}, and this computer does not ask it.`,
      advice: `have that name server asked for names of the VPN (with systemd-resolved: sudo resolvectl dns ${tunnel.device} ${resolver}, and sudo resolvectl domain ${tunnel.device} ~${domain})`,
      evidence: [
        { fact: 'name.inTunnel', says: `${resolver} gives ${addresses.slice(0, 2).join(', ')} for it` },
        { fact: 'device.tunnels', says: `it belongs to ${tunnel.device} (${location})` },
        { fact: 'name.direct', says: 'the name servers that this computer asks say that there is no such name' },
      ],
    };
  }
  return null;
}

/** The name lies in a domain of which this computer is set to complete names: such names are often known only inside. */
export function ofOwnDomain({ host }: FailedAttempt, facts: Facts): string | null {
  const domains = fact(facts, 'name.config')?.search ?? [];
  return domains.find((domain) => host.toLowerCase().endsWith(`.${domain}`)) ?? null;
}
