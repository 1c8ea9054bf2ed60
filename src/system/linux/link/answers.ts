import { bytesOf } from '../../../model/address.js';
import type { AnswerHead } from '../../../model/links.js';
import { errnoName } from '../../errno-names.js';
import { AF_PACKET, EINTR, EPOLLIN, SOCK_CLOEXEC, SOCK_DGRAM, SOCK_NONBLOCK } from '../constants.js';
import type { Kernel } from '../kernel.js';
import type { Readiness } from '../readiness.js';
import { attachFilter, type Instruction } from '../socket-filter.js';
import { ETH_P_IP, ETH_P_IPV6 } from './frames.js';

const mostHeads = 256;
/** At one event: a busy link must not hold up everything else. */
const mostReads = 64;
const tcp = 6;
const flag = { syn: 0x02, reset: 0x04, ack: 0x10 };

/**
 * Packets of TCP from one address, from their IP header on, whatever the interface is (packet(7), SOCK_DGRAM). The kernel
 * sorts out the others.
 */
export async function hearAnswers(
  kernel: Kernel,
  readiness: Readiness,
  address: string,
  signal: AbortSignal,
  ready: () => void,
): Promise<readonly AnswerHead[] | string> {
  const from = bytesOf(address);
  if (!from) return 'no address';
  const protocol = from.length === 4 ? ETH_P_IP : ETH_P_IPV6;
  const { libc } = kernel;
  // Of no kind at first: nothing comes before the filter is in force.
  const fd = libc.socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return errnoName(libc.errno());
  const heads: AnswerHead[] = [];
  const read = (): void => {
    for (let i = 0; i < mostReads; i++) {
      const packet = kernel.receive(fd);
      if (packet === EINTR) continue;
      if (typeof packet === 'number') return;
      const head = headOf(packet, from);
      if (head && heads.length < mostHeads) heads.push(head);
    }
  };
  try {
    const refused = attachFilter(kernel, fd, onlyFrom(from));
    if (refused !== null) return refused;
    const bound = kernel.bind(fd, anyInterface(protocol));
    if (bound !== 0) return errnoName(bound);
    const unwatched = readiness.watch(fd, EPOLLIN, read);
    if (unwatched !== 0) return errnoName(unwatched);
    ready();
    if (!signal.aborted)
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    read();
    return heads;
  } finally {
    readiness.forget(fd);
    kernel.close(fd);
  }
}

/** struct sockaddr_ll: family 0, protocol 2 (network order), ifindex 4 (0: all), hatype 8, pkttype 10, halen 11, addr 12. */
function anyInterface(protocol: number): Uint8Array {
  const place = new Uint8Array(new ArrayBuffer(20));
  const view = new DataView(place.buffer);
  view.setUint16(0, AF_PACKET, true);
  view.setUint16(2, protocol);
  return place;
}

/** TCP from that address: compares each word of it, and then the protocol. */
function onlyFrom(address: Uint8Array): Instruction[] {
  const four = address.length === 4;
  const view = new DataView(address.buffer, address.byteOffset, address.length);
  const words = Array.from({ length: address.length / 4 }, (_, i) => view.getUint32(4 * i));
  const checks = [
    ...words.map((value, i) => ({ load: 0x20, at: (four ? 12 : 8) + 4 * i, value })),
    { load: 0x30, at: four ? 9 : 6, value: tcp },
  ];
  const length = 2 * checks.length + 2;
  return [
    ...checks.flatMap(({ load, at, value }, i): Instruction[] => [
      [load, 0, 0, at],
      [0x15, 0, length - 1 - (2 * i + 2), value], // else on to the last one
    ]),
    [0x06, 0, 0, 0xffff],
    [0x06, 0, 0, 0],
  ];
}

/** Null for what is no whole TCP header from that address. */
export function headOf(packet: Uint8Array, from: Uint8Array): AnswerHead | null {
  const four = from.length === 4;
  const header = four ? ((packet[0] ?? 0) & 15) * 4 : 40;
  if (packet.length < header + 20 || header < 20 || (packet[0] ?? 0) >> 4 !== (four ? 4 : 6)) return null;
  if (packet[four ? 9 : 6] !== tcp) return null;
  if (!from.every((byte, i) => packet[(four ? 12 : 8) + i] === byte)) return null;
  const ip = new DataView(packet.buffer, packet.byteOffset, header);
  // A later piece of a packet has no TCP header.
  if (four && (ip.getUint16(6) & 0x1fff) !== 0) return null;
  const view = new DataView(packet.buffer, packet.byteOffset + header, packet.length - header);
  const flags = view.getUint8(13);
  const accepts = (flags & (flag.syn | flag.ack)) === (flag.syn | flag.ack);
  return {
    port: view.getUint16(0),
    localPort: view.getUint16(2),
    kind: (flags & flag.reset) !== 0 ? 'reset' : accepts ? 'accepts' : 'other',
    ttl: packet[four ? 8 : 7] ?? 0,
    id: four ? ip.getUint16(4) : null,
    whole: four ? (ip.getUint16(6) & 0x4000) !== 0 : null,
    window: view.getUint16(14),
    optionBytes: Math.max(0, (view.getUint8(12) >> 4) * 4 - 20),
  };
}
