import { canonical } from '../../../model/address.js';
import type { TraceFlow } from '../../../model/system.js';
import type { TracedPacket, TraceMessage } from './trace-message.js';

export interface Placed {
  readonly localPort: number;
  readonly direction: 'out' | 'in';
  /** Which packet it is, where it carries something. */
  readonly said?: number;
}

const protocols = { tcp: 6, udp: 17 } as const;
/** Forget the oldest packets beyond this. */
const maxPackets = 4096;

/** Tells which flow a trace message belongs to, and whether its packet went to the target or came from it. */
export interface Flows {
  add(flow: TraceFlow): void;
  /** Null for packets that somebody else traces. */
  place(message: TraceMessage): Placed | null;
}

export function flowsOf(): Flows {
  const flows = new Map<string, Placed>();
  const packets = new Map<number, Placed>();
  return {
    add: ({ protocol, address, port, localPort }) => {
      const target = `${canonical(address)} ${port}`;
      flows.set(`${protocols[protocol]} to ${target} ${localPort}`, { localPort, direction: 'out' });
      flows.set(`${protocols[protocol]} from ${target} ${localPort}`, { localPort, direction: 'in' });
    },
    place: ({ id, packet }) => {
      const placed = packet ? find(flows, packet) : undefined;
      const carries = (packet?.carries ?? 0) > 0;
      // Behind a translation of addresses the headers differ, but it is the same packet.
      if (!placed) return packets.get(id) ?? null;
      const which = carries ? { ...placed, said: id } : placed;
      packets.delete(id);
      packets.set(id, which);
      const oldest = packets.keys().next();
      if (packets.size > maxPackets && !oldest.done) packets.delete(oldest.value);
      return which;
    },
  };
}

function find(flows: ReadonlyMap<string, Placed>, packet: TracedPacket): Placed | undefined {
  const { protocol, source, destination, sourcePort, destinationPort } = packet;
  return (
    flows.get(`${protocol} to ${destination} ${destinationPort} ${sourcePort}`) ??
    flows.get(`${protocol} from ${source} ${sourcePort} ${destinationPort}`)
  );
}
