import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { familyOf } from '../../model/address.js';
import { sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { circleOf } from './circle.js';
import { classOf } from './icmp-words.js';
import { pastMissing } from './passing.js';

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
    const circle = circleOf(attempt, scene);
    if (circle === 'only-mixed')
      return { says: 'unknown', missing: [], because: 'routers come again, but not on one and the same flow' };
    if (!circle) {
      if (way.reachedAt !== null)
        return { says: 'ruledOut', because: 'the way to the target has no circle', facts: ['path'] };
      return exceeded
        ? { says: 'unknown', missing: [], because: 'the packet passed too many routers, the way shows no circle' }
        : { says: 'ruledOut', because: 'no router comes twice on the way', facts: ['path'] };
    }
    const { routers, alone, onOneFlow } = circle;
    return {
      says: 'fits',
      weight: 0.95,
      missing: pastMissing(scene),
      // One that answers whatever the hop limit, as often as it may, looks much the same.
      ...(alone ? { atMost: 'likely' as const } : {}),
      culprit: { kind: 'hop', address: routers[0] ?? '', name: routers.join(', ') },
      summary: `Routers on the way send the packets in a circle: ${routers.join(' and ')}${alone ? ' and one that does not say who it is' : ''}.`,
      advice: 'only whoever runs these routers can mend it; tell your provider these addresses',
      evidence: [
        {
          fact: 'path',
          says: `${routers.join(' and ')} ${alone ? 'comes' : 'come'} again and again on the way to ${address}`,
        },
        ...(onOneFlow ? [{ fact: 'path.past' as const, says: 'the same for one and the same flow' }] : []),
        ...(exceeded ? [{ fact: 'connect' as const, says: `${exceeded.from} said "time exceeded"` }] : []),
      ],
    };
  },
};
