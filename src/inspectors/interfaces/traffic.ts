/** How many packets each interface has sent and received since it was made: /proc/net/dev (proc(5)). */
import type { Files } from '../../model/system.js';

export interface Traffic {
  readonly received: number;
  readonly sent: number;
}

const bound = 64 * 1024;

/** Two lines of heading, then `name: bytes packets errs drop fifo frame compressed multicast | bytes packets …`. */
export async function trafficOf(files: Files): Promise<ReadonlyMap<string, Traffic>> {
  const file = await files.read('/proc/net/dev', bound);
  const found = new Map<string, Traffic>();
  if (!file.ok) return found;
  for (const line of Buffer.from(file.bytes).toString('latin1').split('\n').slice(2)) {
    const [, name, rest] = /^\s*(\S+):\s*(.*)$/.exec(line) ?? [];
    const numbers = (rest ?? '').split(/\s+/).map(Number);
    const [received, sent] = [numbers[1], numbers[9]];
    if (name !== undefined && Number.isSafeInteger(received) && Number.isSafeInteger(sent))
      found.set(name, { received: received ?? 0, sent: sent ?? 0 });
  }
  return found;
}
