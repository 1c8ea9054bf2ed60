// The one answer of QUIC that needs no key: which versions are spoken (RFC 9000, 17.2.1).
import dgram from 'node:dgram';
import type { QuicService } from './description.js';
import { addressesOf } from './tcp.js';

const VERSION_1 = 1;

function versions(packet: Buffer): Buffer | null {
  if (packet.length < 1200 || (packet[0] ?? 0) < 0x80 || packet.readUInt32BE(1) === VERSION_1) return null;
  const destination = packet.subarray(6, 6 + (packet[5] ?? 0));
  const at = 6 + destination.length;
  const source = packet.subarray(at + 1, at + 1 + (packet[at] ?? 0));
  return Buffer.concat([
    Buffer.of(0x80, 0, 0, 0, 0, source.length),
    source,
    Buffer.of(destination.length),
    destination,
    Buffer.of(0, 0, 0, VERSION_1),
  ]);
}

export async function serveQuic(service: QuicService): Promise<void> {
  for (const address of addressesOf(service)) {
    const six = address.includes(':');
    const socket = dgram.createSocket({ type: six ? 'udp6' : 'udp4', ipv6Only: six });
    socket.on('message', (packet, from) => {
      const answer = versions(packet);
      if (answer) socket.send(answer, from.port, from.address);
    });
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.bind(service.port, address, resolve));
  }
}
