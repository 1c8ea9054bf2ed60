export interface PacketCounts {
  readonly received: number;
  readonly sent: number;
}

/**
 * What each interface has sent and received since it was made, from the text of /proc/net/dev (proc(5)). Two lines of heading,
 * then `name: bytes packets errs drop fifo frame compressed multicast | bytes packets …`.
 */
export function packetCounts(text: string): ReadonlyMap<string, PacketCounts> {
  const found = new Map<string, PacketCounts>();
  for (const line of text.split('\n').slice(2)) {
    const [, name, rest] = /^\s*(\S+):\s*(.*)$/.exec(line) ?? [];
    const numbers = (rest ?? '').split(/\s+/).map(Number);
    const [received, sent] = [numbers[1], numbers[9]];
    if (name !== undefined && Number.isSafeInteger(received) && Number.isSafeInteger(sent))
      found.set(name, { received: received ?? 0, sent: sent ?? 0 });
  }
  return found;
}
