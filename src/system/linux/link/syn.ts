import { bytesOf } from '../../../model/address.js';
import type { KnockOutcome } from '../../../model/links.js';
import { onesComplement } from './bytes.js';
import { ethernetLength, ETH_P_IP, ETH_P_IPV6 } from './frames.js';

const tcpLength = 24; // with one option: the largest segment
const hopLimit = 64;
const flag = { syn: 0x02, reset: 0x04, ack: 0x10 };

export interface Ends {
  readonly source: string;
  readonly sourcePort: number;
  readonly address: string;
  readonly port: number;
  readonly sequence: number;
}

/** The first packet of a connection from its IP header on (RFC 9293). Null where the two addresses are of different kinds. */
export function synPacket({ source, sourcePort, address, port, sequence }: Ends): Uint8Array | null {
  const from = bytesOf(source);
  const to = bytesOf(address);
  if (!from || from.length !== to?.length) return null;
  const header = from.length === 4 ? 20 : 40;
  const packet = new Uint8Array(new ArrayBuffer(header + tcpLength));
  const view = new DataView(packet.buffer);
  if (from.length === 4) {
    packet.set([0x45, 0, 0, packet.length, 0, 0, 0x40, 0, hopLimit, 6]);
    packet.set(from, 12);
    packet.set(to, 16);
    view.setUint16(10, onesComplement([packet.subarray(0, header)]));
  } else {
    packet.set([0x60, 0, 0, 0, 0, tcpLength, 6, hopLimit]);
    packet.set(from, 8);
    packet.set(to, 24);
  }
  view.setUint16(header, sourcePort);
  view.setUint16(header + 2, port);
  view.setUint32(header + 4, sequence);
  packet.set([(tcpLength / 4) << 4, flag.syn, 0xfa, 0xf0], header + 12);
  packet.set([2, 4, 5, 0xb4], header + 20); // 1460 bytes
  const pseudo = from.length === 4 ? [0, 6, 0, tcpLength] : [0, 0, 0, tcpLength, 0, 0, 0, 6];
  view.setUint16(header + 16, onesComplement([from, to, Uint8Array.from(pseudo), packet.subarray(header)]));
  return packet;
}

/** Whether a whole frame is the first packet of a TCP connection to that address and port. */
export function opensTo(frame: Uint8Array, address: string, port: number): boolean {
  const tcp = tcpIn(frame, address, 'to');
  return tcp !== null && tcp.getUint16(2) === port && (tcp.getUint8(13) & (flag.syn | flag.ack)) === flag.syn;
}

/** Whether it accepts or refuses such a connection, from there. */
export function answersFrom(frame: Uint8Array, address: string, port: number): boolean {
  const tcp = tcpIn(frame, address, 'from');
  if (tcp === null || tcp.getUint16(0) !== port) return false;
  const flags = tcp.getUint8(13);
  return (flags & flag.reset) !== 0 || (flags & (flag.syn | flag.ack)) === (flag.syn | flag.ack);
}

/** The TCP header of a frame to, or from, that address; null of any other. */
function tcpIn(frame: Uint8Array, address: string, way: 'from' | 'to'): DataView | null {
  const whose = bytesOf(address);
  const packet = frame.subarray(ethernetLength);
  if (!whose) return null;
  const four = whose.length === 4;
  const kind = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
  const header = four ? ((packet[0] ?? 0) & 15) * 4 : 40;
  if (kind !== (four ? ETH_P_IP : ETH_P_IPV6) || packet.length < header + 14 || packet[four ? 9 : 6] !== 6) return null;
  const at = way === 'to' ? (four ? 16 : 24) : four ? 12 : 8;
  if (!whose.every((byte, i) => packet[at + i] === byte)) return null;
  return new DataView(packet.buffer, packet.byteOffset + header, packet.length - header);
}

/** What a packet, from its IP header on, answers to that first one. Null when it is about something else. */
export function answerTo(
  { source, sourcePort, address, port, sequence }: Ends,
  packet: Uint8Array,
): KnockOutcome | null {
  const from = bytesOf(address);
  const to = bytesOf(source);
  if (!from || !to) return null;
  const four = from.length === 4;
  const header = four ? ((packet[0] ?? 0) & 15) * 4 : 40;
  if (packet.length < header + 20 || packet[four ? 9 : 6] !== 6) return null;
  const [sourceAt, targetAt] = four ? [12, 16] : [8, 24];
  if (!from.every((byte, i) => packet[sourceAt + i] === byte) || !to.every((byte, i) => packet[targetAt + i] === byte))
    return null;
  const view = new DataView(packet.buffer, packet.byteOffset + header, packet.length - header);
  if (view.getUint16(0) !== port || view.getUint16(2) !== sourcePort) return null;
  const flags = view.getUint8(13);
  if ((flags & flag.ack) === 0 || view.getUint32(8) !== (sequence + 1) >>> 0) return null;
  if ((flags & flag.reset) !== 0) return 'refused';
  return (flags & flag.syn) !== 0 ? 'open' : null;
}
