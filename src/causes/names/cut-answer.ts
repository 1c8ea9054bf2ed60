import type { Finding } from '../../model/cause.js';
import type { Facts, ResolverAnswer } from '../../model/facts.js';
import { placeOf } from '../path/hop-place.js';
import { notYet, resolverCulprit, sideOfResolver } from './answers.js';

/**
 * The answer does not fit into a datagram, and TCP does not bring the rest: the resolver has done its work as far as it was
 * heard. Who forbids TCP is shown only where a router says so; a refusal or silence may be the resolver's own, or another's.
 */
export function cutAnswer({ resolver, port, overTcp }: ResolverAnswer, facts: Facts): Finding | null {
  if (!overTcp) return null;
  const common = { stage: 'name', missing: notYet(facts, 'name.reference') } as const;
  const says = `${resolver} has an answer too large for UDP (it is cut off), and over TCP, where all of it would come: ${overTcp.raw}`;
  const router = overTcp.from !== undefined && overTcp.from !== resolver ? overTcp.from : null;
  if (router !== null) {
    const place = placeOf(router, { facts });
    return {
      says: 'fits',
      weight: 0.8,
      ...common,
      side: place.side,
      culprit: { kind: 'hop', address: router, name: place.name },
      summary: `The answer about the name is too large for UDP, and ${place.name} does not let DNS over TCP through to the name server ${resolver}.`,
      advice: `let TCP port ${port} through where UDP port ${port} is let through; until then another name server may do`,
      evidence: [{ fact: 'name.direct', says: `${says}, says ${router}` }],
    };
  }
  return {
    says: 'fits',
    weight: 0.6,
    atMost: 'likely',
    ...common,
    side: sideOfResolver(resolver, facts),
    culprit: resolverCulprit(resolver, facts),
    summary: `The answer about the name is too large for UDP, and the name server ${resolver} cannot be asked over TCP: it does not take that, or somebody on the way forbids it.`,
    advice: `let TCP port ${port} through to it, if there is a firewall between; else set another name server`,
    evidence: [{ fact: 'name.direct', says }],
  };
}
