/** Reads DER (X.690), bounded: what a certificate or an OCSP answer holds is anybody's bytes. */

export class DerError extends Error {}

export interface DerNode {
  readonly bytes: Uint8Array;
  readonly tag: number;
  /** Where the header begins, the content begins, the content ends. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A context-specific tag: `[number]`, constructed unless said otherwise. */
export const context = (number: number, constructed = true): number => (constructed ? 0xa0 : 0x80) + number;

const mostChildren = 4096;

/** The element at an offset. Lengths are definite and have at most four bytes, tags one. */
export function derAt(bytes: Uint8Array, from = 0, limit = bytes.length): DerNode {
  const first = bytes[from + 1];
  if (first === undefined || from + 2 > limit) throw new DerError('truncated');
  let length = first;
  let start = from + 2;
  if (first & 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? 0);
  }
  if (start + length > limit) throw new DerError('truncated');
  return { bytes, tag: bytes[from] ?? 0, from, start, end: start + length };
}

export function children(node: DerNode): DerNode[] {
  const found: DerNode[] = [];
  for (let at = node.start; at < node.end && found.length < mostChildren;) {
    const child = derAt(node.bytes, at, node.end);
    found.push(child);
    at = child.end;
  }
  return found;
}

export const contentOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.start, node.end);
export const wholeOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.from, node.end);

/** The element, when it is one of that tag. */
export function expect(node: DerNode | undefined, wanted: number): DerNode {
  if (node?.tag !== wanted) throw new DerError(`tag ${node?.tag} instead of ${wanted}`);
  return node;
}

/** An object identifier in dotted form. */
export function oidOf(node: DerNode): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of contentOf(node)) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 256) throw new DerError('oid');
    if (byte & 0x80) continue;
    if (parts.length === 0)
      parts.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}

/** A small non-negative INTEGER or ENUMERATED. */
export function numberOf(node: DerNode): number {
  const content = contentOf(node);
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) & 0x80) throw new DerError('integer');
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** UTCTime or GeneralizedTime, in milliseconds since 1970 (RFC 5280 4.1.2.5: always in UTC, with seconds). */
export function timeOf(node: DerNode): number {
  const text = textOf(contentOf(node));
  const full = node.tag === tag.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(full) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(at)) throw new DerError('time');
  return at;
}

/** Bytes as Latin-1 text. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bits of a BIT STRING without its count of unused bits. */
export function bitsOf(node: DerNode): Uint8Array {
  return node.bytes.subarray(node.start + 1, node.end);
}
