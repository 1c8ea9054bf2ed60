import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { traceOf } from './connection-evidence.js';

/** How that was seen. */
export const noSocketSays =
  'our packet passed all rules; then the kernel itself refused it, and gave NO_SOCKET as the reason';

/**
 * The kernel was seen to refuse by itself: the reset left from the very port that was asked, so that nothing was led
 * elsewhere, and the packet was thrown away each time because no socket is there. A rule that sends a reset (REJECT) throws
 * it away before.
 */
export function refusedByOwnStack(attempt: FailedAttempt, scene: Scene): boolean {
  const traced = traceOf(attempt, scene);
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'refused' || !traced) return false;
  const again = typeof traced.outcome === 'object' && traced.outcome.code === 'refused';
  return again && traced.stoppedBy === null && traced.lost?.includes('NO_SOCKET') === true;
}

/** Of causes that keep a packet from its place, or lead it to another one. */
export function notReached(attempt: FailedAttempt, scene: Scene): Finding | null {
  return refusedByOwnStack(attempt, scene)
    ? { says: 'ruledOut', because: noSocketSays, facts: ['kernel.trace'] }
    : null;
}
