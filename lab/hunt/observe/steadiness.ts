// Whether the command's own attempts at the target fared alike. Of two ways side by side one may be dead, and chance
// decides which a connection takes: the hunt's client may have been lucky where the command was not.
import { RST, SYN, type TcpPart } from './packet.js';
import type { Heard } from './wiretap.js';

export interface Steadiness {
  readonly answered: number;
  /** Repeated by the kernel, so silent for a second at least. */
  readonly silent: number;
}

/** Probes of the way leave with a small hop limit, and are not meant to arrive. */
const LEAST_HOP_LIMIT = 60;

export function steadinessOf({ sightings }: Heard, addresses: readonly string[], port: number): Steadiness {
  const sent = new Map<number, number>();
  const replied = new Set<number>();
  const isReply = ({ flags }: TcpPart): boolean => (flags & (SYN | RST)) !== 0;
  for (const { machine, leaves, packet } of sightings) {
    const { tcp, icmp } = packet;
    if (machine !== 'device') continue;
    if (!leaves) {
      if (tcp && isReply(tcp)) replied.add((tcp.ack - 1) >>> 0);
      if (icmp?.about?.tcp) replied.add(icmp.about.tcp.seq);
    } else if (tcp && (tcp.flags & SYN) !== 0 && tcp.dport === port && addresses.includes(packet.destination)) {
      if (packet.hopLimit >= LEAST_HOP_LIMIT) sent.set(tcp.seq, (sent.get(tcp.seq) ?? 0) + 1);
    }
  }
  const all = [...sent];
  return {
    answered: all.filter(([seq]) => replied.has(seq)).length,
    silent: all.filter(([seq, copies]) => copies > 1 && !replied.has(seq)).length,
  };
}
