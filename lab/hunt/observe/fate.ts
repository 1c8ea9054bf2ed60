// What became of one attempt to connect: where its packets got to, and who answered. Read off the wiretaps alone.
import type { Machine } from '../../world/topology.js';
import { ACK, RST, SYN, type Packet } from './packet.js';
import type { Heard, Sighting } from './wiretap.js';

export interface Reply {
  readonly kind: 'accepts' | 'resets' | 'icmp';
  /** The machine that made it: it left there without having come in. */
  readonly madeBy: Machine;
  /** The address that it bears. */
  readonly source: string;
  readonly type: number;
  readonly code: number;
  readonly arrived: boolean;
  /** Where it came in and went no further. */
  readonly lostIn: readonly Machine[];
}

export interface Fate {
  /** Its first packet left the device. */
  readonly left: boolean;
  /** By the interface of this index; 0 where nothing left. */
  readonly leftBy: number;
  /** Machines that its first packet entered, in no order. */
  readonly entered: readonly Machine[];
  /** Machines that it entered more often than it left them, as copies: there some ended. */
  readonly endedIn: readonly Machine[];
  /** How many copies left the device, and how many of them a machine of the way let through. */
  readonly copies: number;
  /** It came by twice: it went in a circle. */
  readonly circled: boolean;
  /** Left the first and entered nowhere: the cable. */
  readonly vanishedBehind: readonly Machine[];
  readonly replies: readonly Reply[];
}

interface Passing {
  in: number;
  out: number;
}

function passings(sightings: readonly Sighting[], is: (packet: Packet) => boolean): Map<Machine, Passing> {
  const found = new Map<Machine, Passing>();
  for (const { machine, leaves, packet } of sightings) {
    if (!is(packet)) continue;
    const passing = found.get(machine) ?? { in: 0, out: 0 };
    if (leaves) passing.out += 1;
    else passing.in += 1;
    found.set(machine, passing);
  }
  return found;
}

function replyOf(kind: Reply['kind'], sightings: readonly Sighting[], is: (packet: Packet) => boolean): Reply[] {
  const found = passings(sightings, is);
  const first = sightings.find(({ packet }) => is(packet))?.packet;
  if (!first) return [];
  const makers = [...found].filter(([, passing]) => passing.out > passing.in).map(([machine]) => machine);
  const lostIn = [...found]
    .filter(([machine, passing]) => machine !== 'device' && passing.in > passing.out)
    .map(([machine]) => machine);
  const shared = {
    kind,
    source: first.source,
    type: first.icmp?.type ?? 0,
    code: first.icmp?.code ?? 0,
    arrived: (found.get('device')?.in ?? 0) > 0,
    lostIn,
  };
  return makers.map((madeBy) => ({ ...shared, madeBy }));
}

/** ICMP errors that quote one of these sequence numbers. */
export function errorsAbout(sightings: readonly Sighting[], seqs: ReadonlySet<number>): Reply[] {
  const keyOf = ({ icmp, source }: Packet): string | undefined => {
    const seq = icmp?.about?.tcp?.seq;
    return icmp && seq !== undefined && seqs.has(seq) ? `${source} ${icmp.type} ${icmp.code}` : undefined;
  };
  const keys = new Set(sightings.flatMap(({ packet }) => keyOf(packet) ?? []));
  return [...keys].flatMap((key) => replyOf('icmp', sightings, (packet) => keyOf(packet) === key));
}

const isFirst = ({ tcp }: Packet): boolean => tcp !== undefined && (tcp.flags & (SYN | ACK)) === SYN;

/** `port` is the one that the device's program dialled from. The sequence number tells the packet through translations. */
export function fateOf({ sightings }: Heard, port: number, to: { address: string; port: number }): Fate {
  const begun = sightings.find(
    ({ machine, leaves, packet }) =>
      machine === 'device' && leaves && isFirst(packet) && packet.tcp?.sport === port && isTo(packet, to),
  );
  const seq = begun?.packet.tcp?.seq;
  if (seq === undefined)
    return {
      left: false,
      leftBy: 0,
      entered: [],
      endedIn: [],
      copies: 0,
      circled: false,
      vanishedBehind: [],
      replies: [],
    };
  const way = passings(sightings, (packet) => isFirst(packet) && packet.tcp?.seq === seq);
  const next = (seq + 1) >>> 0;
  const answers = (packet: Packet): boolean => packet.tcp?.ack === next;
  const accepts = ({ tcp, ...packet }: Packet): boolean =>
    tcp !== undefined && answers({ tcp, ...packet }) && (tcp.flags & (SYN | ACK)) === (SYN | ACK);
  const resets = ({ tcp, ...packet }: Packet): boolean =>
    tcp !== undefined && answers({ tcp, ...packet }) && (tcp.flags & (RST | SYN)) === RST && tcp.length === 0;
  const icmp = errorsAbout(sightings, new Set([seq]));
  const entered = [...way].filter(([, passing]) => passing.in > 0).map(([machine]) => machine);
  const copies = way.get('device')?.out ?? 0;
  const outs = [...way].reduce((sum, [, passing]) => sum + passing.out, 0);
  const ins = [...way].reduce((sum, [, passing]) => sum + passing.in, 0);
  return {
    left: true,
    leftBy: begun?.interface ?? 0,
    entered,
    endedIn: [...way]
      .filter(([machine, passing]) => machine !== 'device' && passing.in > passing.out)
      .map(([machine]) => machine),
    copies,
    circled: [...way].some(([machine, passing]) => machine !== 'device' && passing.in >= copies + 6),
    vanishedBehind: outs > ins ? [...way].filter(([, passing]) => passing.out > 0).map(([machine]) => machine) : [],
    replies: [...replyOf('accepts', sightings, accepts), ...replyOf('resets', sightings, resets), ...icmp],
  };
}

function isTo(packet: Packet, to: { address: string; port: number }): boolean {
  return packet.destination === to.address && packet.tcp?.dport === to.port;
}
