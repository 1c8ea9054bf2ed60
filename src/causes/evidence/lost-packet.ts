import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { neverLeft, traceOf, triesOf } from './connection-evidence.js';

export type LostFor = 'BPF_CGROUP_EGRESS' | 'TC_EGRESS';

/**
 * Behind all rules the kernel itself threw our packet away each time, and said why; null where it did not. That no copy
 * of it left is asked too: of a container on this very device the kernel may have thrown the answer away.
 */
export function lostFor(attempt: FailedAttempt, scene: Scene): LostFor | null {
  const lost = traceOf(attempt, scene)?.lost ?? [];
  const isSure =
    attempt.outcome.code === 'not-permitted' || (attempt.stage === 'connect' && neverLeft(triesOf(attempt, scene)));
  if (!isSure) return null;
  return (['BPF_CGROUP_EGRESS', 'TC_EGRESS'] as const).find((reason) => lost.includes(reason)) ?? null;
}

/**
 * The kernel threw the answer away at our own socket, which has no filter of its own. `policy`: our control group has a
 * BPF program on what comes in. `module`: it has none, or that is not known; then a security module may have done it.
 */
export function answerLostFor(attempt: FailedAttempt, scene: Scene): 'policy' | 'module' | null {
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out') return null;
  const lost = traceOf(attempt, scene)?.answerLost;
  if (!lost || lost.dropped === 0) return null;
  return (lost.groupPrograms ?? 0) > 0 ? 'policy' : 'module';
}
