/** 4 or 6, or 0 when the text is no address. As net.isIP, whose regular expression for IPv6 takes 5 ms to compile. */
export function familyOf(address: string): 0 | 4 | 6 {
  if (!address.includes(':')) return bytesOf4(address) ? 4 : 0;
  const zone = address.indexOf('%');
  if (zone >= 0 && !/^[0-9A-Za-z.:-]+$/.test(address.slice(zone + 1))) return 0;
  return bytesOf6(zone < 0 ? address : address.slice(0, zone)) ? 6 : 0;
}

/** As in URLs and in lists of listeners: IPv6 in brackets (RFC 3986 3.2.2), without them. */
export function unbracketed(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** The address as 4 or 16 bytes, or null when it is none. A zone (`%eth0`) is ignored. IPv4-mapped stays 16 bytes. */
export function bytesOf(address: string): Uint8Array | null {
  const zone = address.indexOf('%');
  const plain = zone < 0 ? address : address.slice(0, zone);
  return plain.includes(':') ? bytesOf6(plain) : bytesOf4(plain);
}

/** Four decimal numbers without leading zeros: `0177.1` and its like are no addresses here. */
function bytesOf4(text: string): Uint8Array | null {
  const bytes = new Uint8Array(4);
  let start = 0;
  for (let i = 0; i < 4; i++) {
    const dot = i === 3 ? text.length : text.indexOf('.', start);
    const digits = dot - start;
    if (digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(start) === 48)) return null;
    let value = 0;
    for (; start < dot; start++) {
      const digit = text.charCodeAt(start) - 48;
      if (digit < 0 || digit > 9) return null;
      value = value * 10 + digit;
    }
    if (value > 255) return null;
    bytes[i] = value;
    start++;
  }
  return bytes;
}

/** RFC 4291, section 2.2: at most one `::`, which stands for at least one group; the last two groups may be IPv4. */
function bytesOf6(text: string): Uint8Array | null {
  if (text.length > 45) return null;
  const gap = text.indexOf('::');
  const head = groups(gap < 0 ? text : text.slice(0, gap), gap < 0);
  const tail = gap < 0 ? [] : groups(text.slice(gap + 2), true);
  if (!head || !tail) return null;
  const missing = 16 - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 2) return null;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

function groups(text: string, last: boolean): number[] | null {
  const bytes: number[] = [];
  if (text === '') return bytes;
  const parts = text.split(':', 9);
  for (const [index, part] of parts.entries()) {
    if (last && index === parts.length - 1 && part.includes('.')) {
      const four = bytesOf4(part);
      if (!four) return null;
      bytes.push(...four);
      continue;
    }
    if (!/^[0-9A-Fa-f]{1,4}$/.test(part)) return null;
    const value = Number.parseInt(part, 16);
    bytes.push(value >> 8, value & 255);
  }
  return bytes;
}

/** One spelling per address (RFC 5952 for IPv6), so that addresses can be compared as text. */
export function canonical(address: string): string {
  const [plain = '', zone] = address.split('%');
  const bytes = plain.includes(':') ? bytesOf6(plain) : null;
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

interface Prefix {
  readonly network: Uint8Array;
  readonly bits: number;
}

/** Whether an address lies in a prefix such as `10.0.0.0/8` or `fe80::/10`. False for another family or a bad prefix. */
export function inPrefix(address: string, prefix: string): boolean {
  const parsed = prefixOf(prefix);
  return parsed !== null && holds(parsed, bytesOf(address));
}

function prefixOf(text: string): Prefix | null {
  const [address = '', length = ''] = text.split('/');
  const network = bytesOf(address);
  if (!network) return null;
  const bits = length === '' ? network.length * 8 : Number(length);
  return bits >= 0 && bits <= network.length * 8 ? { network, bits } : null;
}

function holds({ network, bits }: Prefix, address: Uint8Array | null): boolean {
  if (address?.length !== network.length) return false;
  for (let i = 0; i < network.length && 8 * i < bits; i++) {
    const mask = (0xff << (8 - Math.min(8, bits - 8 * i))) & 0xff;
    if (((address[i] ?? 0) & mask) !== ((network[i] ?? 0) & mask)) return false;
  }
  return true;
}

export type AddressScope =
  | 'unspecified'
  | 'loopback'
  | 'link-local'
  | 'private'
  | 'shared'
  | 'multicast'
  | 'reserved'
  | 'public';

const scopes: readonly (readonly [AddressScope, readonly string[]])[] = [
  ['unspecified', ['0.0.0.0/8', '::/128']],
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
  ['shared', ['100.64.0.0/10']], // RFC 6598
  ['multicast', ['224.0.0.0/4', 'ff00::/8', '255.255.255.255/32']],
  ['reserved', ['240.0.0.0/4']], // RFC 1112, 4
];

let parsedScopes: readonly (readonly [AddressScope, readonly Prefix[]])[] | null = null;

/** Which kind of address it is (IANA special-purpose registries; documentation ranges count as public). */
export function scopeOf(address: string): AddressScope {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const bytes = bytesOf(mapped ?? address);
  parsedScopes ??= scopes.map(([scope, prefixes]) => [scope, prefixes.flatMap((prefix) => prefixOf(prefix) ?? [])]);
  return parsedScopes.find(([, prefixes]) => prefixes.some((prefix) => holds(prefix, bytes)))?.[0] ?? 'public';
}

/** `host:port`, with brackets where the host is an IPv6 address. */
export function hostPort(host: string, port: number): string {
  return familyOf(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * The IPv4 address inside of one of the well-known prefix 64:ff9b::/96 (RFC 6052, 2.1): a host of IPv4, to which only a translator
 * of this network (NAT64) leads, and by which it gives the sender of what comes back from there, routers' errors included
 * (RFC 6146, 3.5.2). Null for any other.
 */
export function translatedIpv4(address: string): string | null {
  const bytes = bytesOf(address);
  return bytes?.length === 16 && inPrefix(address, '64:ff9b::/96') ? bytes.subarray(12).join('.') : null;
}
