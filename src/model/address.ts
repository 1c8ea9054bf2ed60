import { isIP } from 'node:net';

/** 4 or 6, or 0 when the text is no address. */
export function familyOf(address: string): 0 | 4 | 6 {
  return isIP(address) as 0 | 4 | 6;
}

/** The address as 4 or 16 bytes, or null when it is none. A zone (`%eth0`) is ignored. IPv4-mapped stays 16 bytes. */
export function bytesOf(address: string): Uint8Array | null {
  const plain = address.split('%')[0] ?? '';
  if (isIP(plain) === 4) return Uint8Array.from(plain.split('.').map(Number));
  if (isIP(plain) !== 6) return null;
  const [left = '', right] = plain.split('::');
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').flatMap((part) => {
      if (!part.includes('.')) return [Number.parseInt(part, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
      return [a * 256 + b, c * 256 + d];
    });
  const head = words(left);
  const tail = right === undefined ? [] : words(right);
  const all = right === undefined ? head : [...head, ...Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 255]));
}

/** One spelling per address (RFC 5952 for IPv6), so that addresses can be compared as text. */
export function canonical(address: string): string {
  if (isIP(address.split('%')[0] ?? '') !== 6) return address;
  const [plain = '', zone] = address.split('%');
  const bytes = bytesOf(plain);
  if (!bytes) return address;
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && words[end] === 0) end++;
    if (end - i > best.length) best = { start: i, length: end - i };
  }
  const hex = words.map((word) => word.toString(16));
  const text =
    best.start < 0
      ? hex.join(':')
      : `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
  return zone === undefined ? text : `${text}%${zone}`;
}

/** Whether an address lies in a prefix such as `10.0.0.0/8` or `fe80::/10`. False for another family or a bad prefix. */
export function inPrefix(address: string, prefix: string): boolean {
  const [network = '', length = ''] = prefix.split('/');
  const a = bytesOf(address);
  const n = bytesOf(network);
  const bits = length === '' ? (n?.length ?? 0) * 8 : Number(length);
  if (!a || !n || a.length !== n.length || !(bits >= 0 && bits <= n.length * 8)) return false;
  for (let i = 0; i < n.length; i++) {
    const left = Math.min(8, Math.max(0, bits - 8 * i));
    const mask = (0xff << (8 - left)) & 0xff;
    if (((a[i] ?? 0) & mask) !== ((n[i] ?? 0) & mask)) return false;
  }
  return true;
}

export type AddressScope = 'unspecified' | 'loopback' | 'link-local' | 'private' | 'shared' | 'multicast' | 'public';

const scopes: readonly (readonly [AddressScope, readonly string[]])[] = [
  ['unspecified', ['0.0.0.0/8', '::/128']],
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
  ['shared', ['100.64.0.0/10']], // RFC 6598
  ['multicast', ['224.0.0.0/4', 'ff00::/8', '255.255.255.255/32']],
];

/** Which kind of address it is (IANA special-purpose registries; documentation ranges count as public). */
export function scopeOf(address: string): AddressScope {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return scopes.find(([, prefixes]) => prefixes.some((prefix) => inPrefix(plain, prefix)))?.[0] ?? 'public';
}

/** `host:port`, with brackets where the host is an IPv6 address. */
export function hostPort(host: string, port: number): string {
  return familyOf(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
