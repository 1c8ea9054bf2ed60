import type { Cause } from '../../model/cause.js';
import { fact, type HopFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { familyOf } from '../../model/address.js';
import { sendersOf, triesOf } from '../connection-evidence.js';
import { classOf } from './icmp-words.js';
import { pastMissing, pastOf } from './passing.js';

/** Routers hand the packet round in a circle until it has passed too many of them. */
export const cause: Cause = {
  id: 'routing-loop',
  side: 'path',
  stage: 'route',
  title: 'Routers on the way send the packets in a circle',
  symptoms: symptoms('connect', 'timed-out', 'host-unreachable', 'network-unreachable'),
  needs: ['path', 'path.past'],
  judge(attempt, scene) {
    const address = attempt.address ?? '';
    const { hops } = sendersOf(triesOf(attempt, scene));
    const exceeded = hops.find((icmp) => icmp.type === (familyOf(address) === 6 ? 3 : 11) && icmp.code === 0);
    if (!exceeded && hops.some((icmp) => classOf(icmp, address) !== 'other')) {
      return {
        says: 'ruledOut',
        because: 'a router says that it may not or cannot, not that the packet went too far',
        facts: ['connect'],
      };
    }
    const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
    if (!way) return { says: 'unknown', missing: scene.facts.path === undefined ? ['path'] : [] };
    // Ways of several flows that are mixed may show one router several times: one flow decides.
    const flow = pastOf(attempt, scene)?.oneFlow;
    const seen = circleIn(way.hops);
    const onOneFlow = flow ? circleIn(flow.hops) : null;
    const circle = seen && flow && flow.hops.length > 0 ? onOneFlow : seen;
    if (!circle) {
      if (seen)
        return { says: 'unknown', missing: [], because: 'routers come again, but not on one and the same flow' };
      if (way.reachedAt !== null)
        return { says: 'ruledOut', because: 'the way to the target has no circle', facts: ['path'] };
      return exceeded
        ? { says: 'unknown', missing: [], because: 'the packet passed too many routers, the way shows no circle' }
        : { says: 'ruledOut', because: 'no router comes twice on the way', facts: ['path'] };
    }
    const alone = circle.length === 1;
    return {
      says: 'fits',
      weight: 0.95,
      missing: pastMissing(scene),
      // One that answers whatever the hop limit, as often as it may, looks much the same.
      ...(alone ? { atMost: 'likely' as const } : {}),
      culprit: { kind: 'hop', address: circle[0] ?? '', name: circle.join(', ') },
      summary: `Routers on the way send the packets in a circle: ${circle.join(' and ')}${alone ? ' and one that does not say who it is' : ''}.`,
      advice: 'only whoever runs these routers can mend it; tell your provider these addresses',
      evidence: [
        {
          fact: 'path',
          says: `${circle.join(' and ')} ${alone ? 'comes' : 'come'} again and again on the way to ${address}`,
        },
        ...(onOneFlow ? [{ fact: 'path.past' as const, says: 'the same for one and the same flow' }] : []),
        ...(exceeded ? [{ fact: 'connect' as const, says: `${exceeded.from} said "time exceeded"` }] : []),
      ],
    };
  },
};

/** Routers that come at least three times, not next to each other: one that answers twice in a row is no circle. */
const often = 3;
/** Of one alone as many, since in between are those that do not say that a packet ended there. */
const oftenAlone = 5;

export function circleIn(hops: readonly HopFact[]): string[] | null {
  const addresses = [...new Set(hops.flatMap(({ address }) => address ?? []))];
  const repeated = addresses.filter((address) => times(address, hops) >= often);
  const alone = repeated.some((address) => times(address, hops) >= oftenAlone);
  return repeated.length >= 2 || alone ? repeated : null;
}

function times(of: string, hops: readonly HopFact[]): number {
  const ttls = hops.filter(({ address }) => address === of).map(({ ttl }) => ttl);
  return ttls.filter((ttl, index) => index === 0 || ttl - (ttls[index - 1] ?? 0) > 1).length;
}
