// One packet as a wiretap hears it: only the fields by which it is known again on another machine.

export interface TcpPart {
  readonly sport: number;
  readonly dport: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly length: number;
}

export interface Packet {
  readonly family: 4 | 6;
  readonly source: string;
  readonly destination: string;
  readonly hopLimit: number;
  readonly tcp?: TcpPart;
  readonly udp?: { readonly sport: number; readonly dport: number; readonly id: number; readonly rcode: number };
  readonly icmp?: { readonly type: number; readonly code: number; readonly about?: Packet };
}

/** Asked of everybody on the link: who has this address? (ARP, neighbour solicitation) */
export interface NeighbourTalk {
  readonly asks: boolean;
  readonly address: string;
}

export const SYN = 2;
export const RST = 4;
export const ACK = 16;

const text4 = (bytes: Buffer, at: number): string => bytes.subarray(at, at + 4).join('.');

/** As the kernel writes it (RFC 5952). */
function text6(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(at + 2 * i).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

function tcpOf(bytes: Buffer, total: number): TcpPart | undefined {
  if (bytes.length < 8) return undefined;
  const whole = bytes.length >= 14;
  return {
    sport: bytes.readUInt16BE(0),
    dport: bytes.readUInt16BE(2),
    seq: bytes.readUInt32BE(4),
    ack: whole ? bytes.readUInt32BE(8) : 0,
    flags: whole ? (bytes[13] ?? 0) : 0,
    length: whole ? Math.max(0, total - ((bytes[12] ?? 0) >> 4) * 4) : 0,
  };
}

/** What a packet in an ICMP error, or on the wire, holds above its addresses. */
function above(protocol: number, bytes: Buffer, total: number): Partial<Packet> {
  if (protocol === 6) {
    const tcp = tcpOf(bytes, total);
    return tcp === undefined ? {} : { tcp };
  }
  if (protocol === 17 && bytes.length >= 8) {
    const id = bytes.length >= 10 ? bytes.readUInt16BE(8) : 0;
    return {
      udp: { sport: bytes.readUInt16BE(0), dport: bytes.readUInt16BE(2), id, rcode: (bytes[11] ?? 0) & 15 },
    };
  }
  if ((protocol === 1 || protocol === 58) && bytes.length >= 8) {
    const [type = 0, code = 0] = bytes;
    const isError = protocol === 1 ? type === 3 || type === 11 : type < 128;
    const about = isError ? readPacket(bytes.subarray(8)) : null;
    return { icmp: { type, code, ...(about === null ? {} : { about }) } };
  }
  return {};
}

/** From the IP header on; null for what is no packet of either family. */
export function readPacket(bytes: Buffer): Packet | null {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4 && bytes.length >= 20) {
    const header = ((bytes[0] ?? 0) & 15) * 4;
    const fragment = bytes.readUInt16BE(6) & 0x1fff;
    return {
      family: 4,
      source: text4(bytes, 12),
      destination: text4(bytes, 16),
      hopLimit: bytes[8] ?? 0,
      ...(fragment === 0 ? above(bytes[9] ?? 0, bytes.subarray(header), bytes.readUInt16BE(2) - header) : {}),
    };
  }
  if (version === 6 && bytes.length >= 40) {
    return {
      family: 6,
      source: text6(bytes, 8),
      destination: text6(bytes, 24),
      hopLimit: bytes[7] ?? 0,
      ...above(bytes[6] ?? 0, bytes.subarray(40), bytes.readUInt16BE(4)),
    };
  }
  return null;
}

/** An ARP packet, after its link header (RFC 826). */
export function readArp(bytes: Buffer): NeighbourTalk | null {
  if (bytes.length < 28) return null;
  const operation = bytes.readUInt16BE(6);
  return { asks: operation === 1, address: text4(bytes, operation === 1 ? 24 : 14) };
}

/** A neighbour solicitation or advertisement (RFC 4861). */
export function readNeighbourDiscovery(bytes: Buffer): NeighbourTalk | null {
  if (bytes.length < 64 || bytes[6] !== 58) return null;
  const type = bytes[40];
  return type === 135 || type === 136 ? { asks: type === 135, address: text6(bytes, 48) } : null;
}
