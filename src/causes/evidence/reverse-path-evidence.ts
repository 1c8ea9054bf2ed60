import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { isOwnAddress, routeOf } from './connection-evidence.js';
import { countersOf, courseOf, riseText } from './counter-evidence.js';

/**
 * The kernel drops an answer whose sender it would reach by another interface (reverse path filter, RFC 3704): the answers
 * come in, and no rule is to blame. `ask` when its counter has ever risen here and nobody has looked whether it rises with
 * our own packets; null when it is not that.
 */
export function reversePathDrop(attempt: FailedAttempt, scene: Scene): Finding | 'ask' | null {
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out' || isOwnAddress(attempt.address, scene))
    return null;
  const counters = countersOf(attempt, scene);
  if (!counters) {
    const dropped = fact(scene.facts, 'device.limits')?.reversePathDrops ?? 0;
    return dropped > 0 && scene.facts['device.counters'] === undefined ? 'ask' : null;
  }
  const course = courseOf(counters, 'IPReversePathFilter');
  const refusing = counters.answersBy?.find(({ taken }) => !taken);
  // On a strict device with two interfaces one of them always refuses: that alone, and a counter that others raise as well,
  // tell nothing about ours.
  const maybe = course === 'rises' && refusing !== undefined;
  if (course !== 'ours' && !maybe) return null;
  const device = routeOf(attempt, scene)?.device ?? null;
  const common = {
    culprit: { kind: 'setting', name: 'reverse path filter (net.ipv4.conf.*.rp_filter)', owner: 'the kernel' },
    summary: `This computer drops the answers of ${attempt.address ?? ''}: they come in by another network than the one it would use itself.`,
    advice: `look at the routes to ${attempt.address ?? ''} (ip route get${device === null ? '' : `; it would go out by ${device}`}), or loosen the filter: sysctl net.ipv4.conf.all.rp_filter=2`,
    evidence: [
      { fact: 'device.counters', says: riseText(counters, 'IPReversePathFilter') },
      ...(refusing
        ? [
            {
              fact: 'device.counters' as const,
              says: `asked, the kernel takes no answer of it that comes in by ${refusing.device}`,
            },
          ]
        : []),
    ],
  } as const;
  return course === 'ours' ? { says: 'proven', ...common } : { says: 'fits', weight: 0.3, atMost: 'likely', ...common };
}
