import { canonical, familyOf, inPrefix } from './address.js';

const longest = 16 * 1024;
const mostEntries = 1000;

/**
 * The entry of a no_proxy list that takes a host out of the proxy, or null. Suffixes with and without a leading dot,
 * whole labels only; addresses and CIDR prefixes for a host that is written as an address; a port behind a host counts
 * for that port alone; `*` alone for everything. As curl (lib/noproxy.c), with ports and `*.` as Go and browsers read
 * them.
 */
export function exemptBy(list: string, host: string, port: number): string | null {
  const trimmed = list.slice(0, longest).trim();
  if (trimmed === '*') return '*';
  const entries = trimmed.split(/[\s,]+/, mostEntries).filter((entry) => entry !== '');
  return entries.find((entry) => matches(entry.toLowerCase(), host.toLowerCase(), port)) ?? null;
}

function matches(entry: string, host: string, port: number): boolean {
  const { place, only } = split(entry);
  if (only !== null && only !== port) return false;
  if (familyOf(host) !== 0) return matchesAddress(place, host);
  const wanted = place.replace(/\.$/, '');
  const below = wanted.startsWith('*.') ? wanted.slice(2) : null;
  if (below !== null) return below !== '' && host.endsWith(`.${below}`);
  const plain = wanted.startsWith('.') ? wanted.slice(1) : wanted;
  return plain !== '' && (host === plain || host.endsWith(`.${plain}`));
}

/** `host:port` and `[v6]:port`; more than one colon without brackets is an IPv6 address. */
function split(entry: string): { readonly place: string; readonly only: number | null } {
  const [, inBrackets, plain = '', digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const place = inBrackets ?? plain;
  if (place === '') return { place: entry, only: null };
  return { place, only: digits === undefined ? null : Number(digits) };
}

function matchesAddress(place: string, host: string): boolean {
  const [bare = host] = host.split('%');
  if (!place.includes('/')) return familyOf(place) !== 0 && canonical(place) === canonical(bare);
  const [network = '', bits = ''] = place.split('/');
  return familyOf(network) !== 0 && /^\d{1,3}$/.test(bits) && inPrefix(bare, place);
}
