/** IP addresses between bytes and text: RFC 5952 out, what sockets and people write in. */
import { u16At } from './wire.js';

export function ipv4Text(bytes: Uint8Array, at = 0): string {
  return `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`;
}

export function ipv6Text(bytes: Uint8Array, at = 0): string {
  const groups = Array.from({ length: 8 }, (_, index) => u16At(bytes, at + index * 2));
  // RFC 5952 section 5: a mapped IPv4 address is written as one.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${ipv4Text(bytes, at + 12)}`;
  const zeros = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best.length) best = { start, length: index - start };
    start = index + 1;
  }
  return best;
}

/** 4 or 16 bytes, or null when it is no address. A scope (`%eth0`) is left out, a mapped address becomes IPv4. */
export function addressBytes(text: string): Uint8Array | null {
  const scope = text.indexOf('%');
  const bare = scope < 0 ? text : text.slice(0, scope);
  if (bare.length > 45) return null;
  if (!bare.includes(':')) return ipv4Bytes(bare);
  const bytes = ipv6Bytes(bare);
  if (!bytes) return null;
  const mapped = bytes.subarray(0, 10).every((byte) => byte === 0) && u16At(bytes, 10) === 0xffff;
  return mapped ? bytes.slice(12) : bytes;
}

export function sameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  const first = addressBytes(one);
  const second = addressBytes(other);
  return (
    first !== null &&
    second !== null &&
    first.length === second.length &&
    first.every((byte, at) => byte === second[at])
  );
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return Uint8Array.from(parts, Number);
}

function ipv6Bytes(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : groupsOf(half)));
  if (head === undefined || head === null || tail === null) return null;
  const known = head.length + (tail?.length ?? 0);
  if (tail === undefined ? known !== 8 : known > 7) return null;
  const groups = [...head, ...Array.from({ length: 8 - known }, () => 0), ...(tail ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] | null {
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const ipv4 = index === parts.length - 1 && part.includes('.') ? ipv4Bytes(part) : null;
    if (ipv4) groups.push(u16At(ipv4, 0), u16At(ipv4, 2));
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
