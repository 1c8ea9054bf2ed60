import { bytesOf, canonical, familyOf, scopeOf } from '../model/address.js';

/**
 * Stand-ins that keep what a judgement needs: equal stays equal, an address keeps its family and kind and (where it is
 * private) which prefixes it shares with others, a name keeps its depth and what it shares with its parents. Numbered in
 * order of appearance, so the same report always gives the same stand-ins, and nothing can be computed back.
 */
export interface Pseudonyms {
  address(address: string): string;
  name(name: string): string;
  user(user: string): string;
  mac(mac: string): string;
  /** Anything else of that kind: `fingerprint-1`. */
  other(kind: string, value: string): string;
}

/** Well-known public resolvers: they say nothing about anybody. */
const publicKnowledge = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9', '149.112.112.112']);
const publicNames = new Set(['www.wikipedia.org', 'www.cloudflare.com', 'detectportal.firefox.com', 'localhost']);
/** Accounts that every computer has; one of them is a word of its own in many a sentence. */
const everybodys = new Set(['root', 'nobody', 'daemon']);
const plainLabels = new Set([
  'www',
  '*',
  'localhost',
  'local',
  'internal',
  'home',
  'lan',
  'arpa',
  'in-addr',
  'ip6',
  'invalid',
]);

export function pseudonyms(): Pseudonyms {
  const numbers = new Map<string, Map<string, number>>();
  const number = (kind: string, value: string): number => {
    const seen = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, seen);
    const next = seen.get(value) ?? seen.size + 1;
    seen.set(value, next);
    return next;
  };
  const label = (text: string): string =>
    plainLabels.has(text) ? text : `${text.startsWith('_') ? '_' : ''}n${number('label', text)}`;
  return {
    address: (text) => {
      const [plain = '', zone] = text.split('%');
      if (publicKnowledge.has(plain)) return text;
      const mapped = familyOf(plain) === 4 ? address4(plain, number) : address6(plain, number);
      return zone === undefined ? mapped : `${mapped}%${zone}`;
    },
    name: (text) => {
      const lower = text.toLowerCase().replace(/\.$/, '');
      if (lower === '' || publicNames.has(lower)) return text;
      const labels = lower.split('.');
      // The last label of a longer name is a public one: .com, .example.
      return labels.map((one, i) => (i === labels.length - 1 && labels.length > 1 ? one : label(one))).join('.');
    },
    user: (text) => (everybodys.has(text) ? text : `user-${number('user', text)}`),
    mac: (text) => {
      const n = number('mac', text.toLowerCase());
      return `02:00:00:00:${hex(n >> 8)}:${hex(n & 255)}`;
    },
    other: (kind, value) => `${kind}-${number(kind, value)}`,
  };
}

type Numbering = (kind: string, value: string) => number;

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Bits that say which kind of address it is: these stay as they are. */
const kept: Readonly<Record<string, number>> = { '10': 8, '172': 12, '192': 16, '100': 10, '169': 16 };

function address4(text: string, number: Numbering): string {
  const bytes = bytesOf(text);
  const scope = scopeOf(text);
  if (!bytes || scope === 'loopback' || scope === 'unspecified' || scope === 'multicast') return text;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (scope === 'public') {
    // Documentation networks (RFC 5737); the fourth network and all after it share the last of them.
    const network =
      ['198.51.100', '203.0.113', '192.0.2'][Math.min(number('net4', `${a}.${b}.${c}`), 3) - 1] ?? '192.0.2';
    return `${network}.${1 + ((number(`host4 ${network}`, text) - 1) % 254)}`;
  }
  // The last byte stays: `.1` and `.0` mean something to readers and nothing about anybody.
  return [...permuted(Uint8Array.of(a, b, c), kept[String(a)] ?? 8, number, 'v4'), d].join('.');
}

function address6(text: string, number: Numbering): string {
  const bytes = bytesOf(text);
  const scope = scopeOf(text);
  if (!bytes || scope === 'loopback' || scope === 'unspecified' || scope === 'multicast') return text;
  const mapped = bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
  if (mapped) return `::ffff:${address4(bytes.slice(12).join('.'), number)}`;
  const ending = bytes.slice(8);
  const small = ending.subarray(0, 6).every((byte) => byte === 0);
  const host = small ? ending : Uint8Array.of(0, 0, 0, 0, 0, 1, ...twoBytes(number('host6', ending.join('.'))));
  const prefix =
    scope === 'public'
      ? Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0, 0, ...twoBytes(number('net6', bytes.slice(0, 8).join('.'))))
      : permuted(bytes.slice(0, 8), scope === 'link-local' ? 64 : 8, number, 'v6');
  const all = [...prefix, ...host];
  return canonical(Array.from({ length: 8 }, (_, i) => hex(all[2 * i] ?? 0) + hex(all[2 * i + 1] ?? 0)).join(':'));
}

function twoBytes(n: number): [number, number] {
  return [(n >> 8) & 255, n & 255];
}

/**
 * Prefix-preserving: two inputs share as many leading bits as their outputs do. At each fork the branch that came first
 * gets 0. The first `keep` bits stay.
 */
function permuted(bytes: Uint8Array, keep: number, number: Numbering, kind: string): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let prefix = '';
  for (let i = 0; i < bytes.length * 8; i++) {
    const bit = ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
    const mapped = i < keep ? bit : number(`fork ${kind} ${prefix}`, String(bit)) - 1;
    out[i >> 3] = (out[i >> 3] ?? 0) | (mapped << (7 - (i & 7)));
    prefix += bit;
  }
  return out;
}
