/** Every resolver fails on the name: do the servers to which its zone was given serve it at all (RFC 1912 2.8)? */
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { notYet, type Opinion } from './answers.js';

export function lameZone(failing: readonly Opinion[], host: string, facts: Facts): Finding {
  const authority = fact(facts, 'name.authority');
  if (!authority)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.authority'),
      because: 'other resolvers fail on this name as well, and its own servers were not asked',
    };
  const { zone, servers, addressless, delegatedBy } = authority;
  const serving = servers.find(({ lame }) => lame === undefined);
  if (serving)
    return {
      says: 'unknown',
      missing: [],
      because: `other resolvers fail on this name as well, though the zone's own server ${serving.address} serves it`,
    };
  if (servers.length + addressless.length === 0)
    return { says: 'unknown', missing: [], because: 'no server of the zone is known' };
  const evidence: Evidence[] = [
    ...servers.slice(0, 3).map(({ name, address, lame }): Evidence => ({
      fact: 'name.authority',
      says: `${name} (${address}), to which ${zone} was given, does not serve it: ${lame ?? 'no answer'}`,
    })),
    ...addressless.slice(0, 2).map((name): Evidence => ({
      fact: 'name.authority',
      says: `${name}, to which ${zone} was given, has no address`,
    })),
    { fact: 'name.authority', says: `that it was given to them says ${delegatedBy}` },
    {
      fact: 'name.reference',
      says: `${failing[0]?.resolver ?? ''}, which has nothing to do with this network, fails on the name as well`,
    },
  ];
  const silent = servers.every(({ lame }) => lame === 'timeout');
  return {
    says: 'fits',
    weight: 0.85,
    // Servers that keep silent may only be out of reach from here.
    ...(silent && servers.length > 0 ? { atMost: 'likely' as const } : {}),
    side: 'server',
    stage: 'name',
    culprit: { kind: 'zone', name: zone },
    summary: `No name server can look up ${host}: the servers that ${zone} was given to do not serve it.`,
    advice: `only the owner of ${zone} can mend that, at its registrar or with whoever runs its name servers`,
    evidence,
  };
}
