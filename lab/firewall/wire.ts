/** IPv4, IPv6, TCP, UDP and ICMP headers as bytes (RFC 791, 8200, 9293, 768, 792, 4443). */
export interface Shape {
  readonly family: 4 | 6;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly sport: number;
  readonly dport: number;
  readonly flags: number;
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly ttl: number;
  readonly dscp: number;
  readonly ecn: number;
  /** Bytes after the transport header. */
  readonly payload: number;
}

export function bytesOfAddress(text: string): Uint8Array {
  if (!text.includes(':')) return Uint8Array.from(text.split('.').map(Number));
  const [left = '', right] = text.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const head = words(left);
  const tail = right === undefined ? [] : words(right);
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 255]));
}

function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  const bytes = Buffer.concat(parts);
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function transport(shape: Shape): { readonly bytes: Buffer; readonly checksumAt: number } {
  const { protocol, payload } = shape;
  const fill = Buffer.alloc(payload, 0x61);
  if (protocol === 6) {
    const header = Buffer.alloc(20);
    header.writeUInt16BE(shape.sport, 0);
    header.writeUInt16BE(shape.dport, 2);
    header.writeUInt32BE(1000, 4);
    header[12] = 5 << 4;
    header[13] = shape.flags;
    header.writeUInt16BE(1024, 14);
    return { bytes: Buffer.concat([header, fill]), checksumAt: 16 };
  }
  if (protocol === 17) {
    const header = Buffer.alloc(8);
    header.writeUInt16BE(shape.sport, 0);
    header.writeUInt16BE(shape.dport, 2);
    header.writeUInt16BE(8 + payload, 4);
    return { bytes: Buffer.concat([header, fill]), checksumAt: 6 };
  }
  const header = Buffer.alloc(8);
  header[0] = shape.icmpType;
  header[1] = shape.icmpCode;
  header.writeUInt16BE(shape.sport, 4);
  header.writeUInt16BE(1, 6);
  return { bytes: Buffer.concat([header, fill]), checksumAt: 2 };
}

export function wire(shape: Shape): Buffer {
  const { bytes, checksumAt } = transport(shape);
  const source = bytesOfAddress(shape.source);
  const destination = bytesOfAddress(shape.destination);
  const pseudo = Buffer.alloc(shape.family === 4 ? 4 : 8);
  if (shape.family === 4) {
    pseudo[1] = shape.protocol;
    pseudo.writeUInt16BE(bytes.length, 2);
  } else {
    pseudo.writeUInt32BE(bytes.length, 0);
    pseudo[7] = shape.protocol;
  }
  const covered = shape.protocol === 1 ? [bytes] : [source, destination, pseudo, bytes];
  const sum = checksum(covered.map((part) => part));
  bytes.writeUInt16BE(shape.protocol === 17 && sum === 0 ? 0xffff : sum, checksumAt);
  return Buffer.concat([header(shape, source, destination, bytes.length), bytes]);
}

function header(shape: Shape, source: Uint8Array, destination: Uint8Array, length: number): Buffer {
  const tos = (shape.dscp << 2) | shape.ecn;
  if (shape.family === 6) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(((6 << 28) | (tos << 20)) >>> 0, 0);
    head.writeUInt16BE(length, 4);
    head[6] = shape.protocol;
    head[7] = shape.ttl;
    return Buffer.concat([head, source, destination]);
  }
  const head = Buffer.alloc(12);
  head[0] = 0x45;
  head[1] = tos;
  head.writeUInt16BE(20 + length, 2);
  head.writeUInt16BE(0x4000, 6);
  head[8] = shape.ttl;
  head[9] = shape.protocol;
  const all = Buffer.concat([head, source, destination]);
  all.writeUInt16BE(checksum([all]), 10);
  return all;
}
