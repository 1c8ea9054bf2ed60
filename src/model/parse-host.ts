import { domainToASCII } from 'node:url';
import { bytesOf, canonical, familyOf } from './address.js';

export interface Host {
  readonly host: string;
  readonly literal: 0 | 4 | 6;
}

/** A parsed part, or why it is none: one short line that repeats nothing that could be a secret. */
export type Parsed<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: string };

export function wrong(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why };
}

/** A host as typed, without brackets and port: a name in any script, or an address. */
export function parseHost(typed: string): Parsed<Host> {
  if (typed === '') return wrong('The host is missing: write for example example.com or localhost:8080.');
  if (typed.startsWith('-')) return wrong('That looks like an option, not like a host.');
  const plain = typed.endsWith('.') ? typed.slice(0, -1) : typed;
  if (familyOf(plain) === 4) return { ok: true, host: plain, literal: 4 };
  if (plain.includes(':')) return parseAddress6(plain);
  if (endsInNumber(plain)) return wrong(otherSpelling(plain));
  return parseName(plain);
}

/** An IPv6 address without brackets, perhaps with a zone (`fe80::1%eth0`; in URLs `%25eth0`, RFC 6874). */
export function parseAddress6(typed: string): Parsed<Host> {
  const [address = '', zone, more] = typed.replace('%25', '%').split('%');
  if (familyOf(address) !== 6 || more !== undefined) return wrong('That is not a valid IPv6 address.');
  if (zone !== undefined && !/^[\w.-]{1,15}$/.test(zone)) return wrong('The part behind % is not a network interface.');
  return { ok: true, host: spelled(address) + (zone === undefined ? '' : `%${zone}`), literal: 6 };
}

/** RFC 5952: addresses that carry an IPv4 one show it in dots. */
function spelled(address: string): string {
  const bytes = bytesOf(address);
  const mapped = bytes?.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
  return bytes && mapped ? `::ffff:${bytes.slice(12).join('.')}` : canonical(address);
}

/** Programs read such a host as an IPv4 address, not as a name (WHATWG URL, "ends in a number"). */
function endsInNumber(host: string): boolean {
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i.test(host);
}

/** Octal, hexadecimal or shortened IPv4: programs differ in how they read it, so say what to type instead. */
function otherSpelling(host: string): string {
  const four = 'An IPv4 address is four numbers from 0 to 255, such as 192.0.2.7.';
  if (host.length > 64) return four;
  if (/^\d{1,5}$/.test(host) && Number(host) >= 1 && Number(host) <= 65_535) {
    return `That is only a number: for a port write the host too, such as localhost:${Number(host)}.`;
  }
  const meant = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : '';
  if (familyOf(meant) !== 4) return four;
  const decimal = host.split('.').map(Number).join('.');
  return familyOf(decimal) === 4 && decimal !== meant
    ? `Programs read zeros in front as octal: type ${decimal}, or ${meant} if octal is meant.`
    : `That is an unusual spelling of an IPv4 address: type ${meant}.`;
}

function parseName(plain: string): Parsed<Host> {
  // Checked before the conversion, which drops some of these and fails on others without a reason.
  if (/[\s"#%/<>?@\\^`{|}[\]]/.test(plain)) return wrong('A host name cannot hold spaces or any of "#%/<>?@\\^`{|}[].');
  if (/^\.|\.\.|\.$|^$/.test(plain))
    return wrong('The host name has an empty part: two dots in a row, or one in front.');
  const ascii = domainToASCII(plain).toLowerCase();
  if (ascii === '')
    return wrong('That is not a valid host name (its non-ASCII letters or its xn-- part do not decode).');
  if (familyOf(ascii) !== 0) return wrong(`Those are other signs for an address: type ${ascii}.`);
  const labels = ascii.split('.');
  if (ascii.length > 253 || labels.some((label) => label.length > 63)) {
    return wrong('The host name is too long: at most 253 characters, 63 between dots.');
  }
  if (!/^[\w.-]+$/.test(ascii)) return wrong('A host name holds letters, digits, dots, hyphens and underscores only.');
  return { ok: true, host: ascii, literal: 0 };
}
