import type { Clock } from '../../../model/system.js';
import { SocketPoll } from './socket-poll.js';
import type { Watched } from './strace-log.js';

const lookEveryMs = 50;

/** Connections of a process that runs already, and of its descendants, seen within that time. */
export async function watchSockets(
  pid: number,
  forMs: number,
  clock: Pick<Clock, 'now' | 'sleep'>,
  signal: AbortSignal,
): Promise<readonly Watched[]> {
  const poll = new SocketPoll();
  const until = clock.now() + forMs;
  while (clock.now() < until && !signal.aborted) {
    poll.look(pid, clock.now());
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await clock.sleep(lookEveryMs, signal);
  }
  return poll.connections;
}
