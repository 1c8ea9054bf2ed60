import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { triesOf } from './connection-evidence.js';

/**
 * connect() came back with EPERM before there was a packet. A dropped SYN never gives that (tcp_connect passes on
 * ECONNREFUSED alone; measured), and a dropped datagram gives it to send(): what refuses the call is a policy.
 */
export function refusedTheCall(attempt: FailedAttempt, scene: Scene): boolean {
  if (attempt.outcome.code !== 'not-permitted') return false;
  if (attempt.protocol === 'dns') return attempt.outcome.raw.endsWith('connect()');
  const tries = triesOf(attempt, scene);
  return tries.length > 0 && tries.every(({ synchronous, tcp }) => synchronous && tcp?.segmentsOut === 0);
}
