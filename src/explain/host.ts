import { familyOf } from '../model/address.js';
import { notHosts, schemePorts } from '../data/error-messages/schemes.js';

/** A server as a text names it; never with a user name, password, path or query. */
export interface Place {
  /** Lower case; an address without brackets; empty for a socket file. */
  readonly host: string;
  readonly port: number | null;
  /** Path of a socket file. */
  readonly socket?: string;
  /** Taken from a URL: what the person wanted, rather than what the program tried. */
  readonly fromUrl?: true;
}

export interface Read {
  readonly place: Place;
  readonly end: number;
}

const maxToken = 400;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isStop = (char: string): boolean => char === '' || ' \'"<>`()|,;{}\\=*'.includes(char);

/** The index after the token that begins at `at`: up to a space, quotation mark or bracket. */
function tokenEnd(folded: string, at: number): number {
  const limit = Math.min(folded.length, at + maxToken);
  let end = at;
  while (end < limit && !isStop(folded.charAt(end))) end++;
  return end;
}

/**
 * Skips `user:password@`. The last `@` counts, since a careless password may hold one; `/@` is a path (npm's scopes)
 * and no login.
 */
function afterLogin(token: string): number {
  for (let at = token.lastIndexOf('@'); at > 0; at = token.lastIndexOf('@', at - 1))
    if (token.charAt(at - 1) !== '/') return at + 1;
  return 0;
}

function isNameCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || isDigit(code) || code === 0x2d || code === 0x5f || code === 0x2e || code >= 0xc0
  );
}

function readPort(folded: string, at: number): { port: number; end: number } | null {
  let end = at;
  while (end < at + 6 && isDigit(folded.charCodeAt(end))) end++;
  const port = Number(folded.slice(at, end));
  return end > at && end <= at + 5 && port >= 1 && port <= 65_535 ? { port, end } : null;
}

/** `::ffff:127.0.0.1` is 127.0.0.1 as a dual-stack socket shows it. */
const unmapped = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? address;

function readBracketed(folded: string, at: number): Read | null {
  const close = folded.slice(at, at + 64).indexOf(']');
  if (close < 0) return null;
  const host = folded.slice(at + 1, at + close);
  if (familyOf(host) !== 6) return null;
  const end = at + close + 1;
  const port = folded.charAt(end) === ':' ? readPort(folded, end + 1) : null;
  return { place: { host: unmapped(host), port: port?.port ?? null }, end: port?.end ?? end };
}

/** An IPv6 address without brackets; Node writes `::1:5432` for port 5432 of ::1. */
function readBareV6(folded: string, at: number, withPort: boolean): Read | null {
  let end = at;
  while (end < at + 64 && /[0-9a-f:.%]/.test(folded.charAt(end))) end++;
  let run = folded.slice(at, end);
  while (run.endsWith('.') || (run.endsWith(':') && !run.endsWith('::'))) run = run.slice(0, -1);
  if (run.split(':').length < 3) return null;
  const colon = run.lastIndexOf(':');
  const port = withPort ? readPort(run, colon + 1) : null;
  if (port && port.end === run.length && familyOf(run.slice(0, colon)) === 6) {
    return { place: { host: unmapped(run.slice(0, colon)), port: port.port }, end: at + run.length };
  }
  return familyOf(run) === 6 ? { place: { host: unmapped(run), port: null }, end: at + run.length } : null;
}

function isHostName(name: string): boolean {
  if (name.length === 0 || name.length > 253 || notHosts.includes(name) || name.includes('..')) return false;
  if (/^[\d.]+$/.test(name)) return familyOf(name) === 4;
  return /[a-z0-9\u0080-\uffff]/.test(name.charAt(0)) || name.startsWith('_');
}

/** A host with no port after it, or with one when `withPort`. */
function readPlain(folded: string, at: number, withPort: boolean): Read | null {
  if (folded.charAt(at) === '[') return readBracketed(folded, at);
  const v6 = readBareV6(folded, at, withPort);
  if (v6) return v6;
  let end = at;
  while (end < at + 254 && isNameCode(folded.charCodeAt(end))) end++;
  while (end > at && '.-_'.includes(folded.charAt(end - 1))) end--;
  const name = folded.slice(at, end);
  if (!isHostName(name)) return null;
  const port = withPort && folded.charAt(end) === ':' ? readPort(folded, end + 1) : null;
  return { place: { host: name, port: port?.port ?? null }, end: port?.end ?? end };
}

/** Java's `name/198.51.100.7:443` and `/127.0.0.1:8080`: the name, with the address's port. */
function readNameSlashAddress(folded: string, at: number): Read | null {
  const name = folded.charAt(at) === '/' ? null : readPlain(folded, at, false);
  const slash = name?.end ?? at;
  if (folded.charAt(slash) !== '/') return null;
  const address = readPlain(folded, slash + 1, true);
  if (!address || familyOf(address.place.host) === 0) return null;
  return { place: { host: name?.place.host ?? address.place.host, port: address.place.port }, end: address.end };
}

export function readHost(folded: string, at: number): Read | null {
  const start = at + afterLogin(folded.slice(at, tokenEnd(folded, at)));
  return readPlain(folded, start, false);
}

/** Host and port together, or a host that cannot be mistaken for a word. */
export function readEndpoint(clean: string, folded: string, at: number, quoted: boolean): Read | null {
  const token = folded.slice(at, tokenEnd(folded, at));
  if (token.includes('://')) return readUrl(clean, folded, at);
  const start = at + afterLogin(token);
  const found = readNameSlashAddress(folded, start) ?? readPlain(folded, start, true);
  if (!found) return null;
  const { host, port } = found.place;
  return quoted || port !== null || start > at || isUnmistakable(host) ? found : null;
}

/** Has a dot, is an address, or is localhost. */
export function isUnmistakable(host: string): boolean {
  return host === 'localhost' || familyOf(host) !== 0 || /[^.]\.[^.]/.test(host);
}

/** A host that is no word of prose: "{site} refused to connect". */
export function readSite(folded: string, at: number): Read | null {
  const found = readPlain(folded, at, true);
  return found && isUnmistakable(found.place.host) ? found : null;
}

/** `scheme://…`; the end is that of the whole URL, the place only its host and port. */
export function readUrl(clean: string, folded: string, at: number): Read | null {
  const separator = folded.slice(at, at + 24).indexOf('://');
  if (separator < 1) return null;
  const scheme = folded.slice(at, at + separator);
  if (!(scheme in schemePorts)) return null;
  const start = at + separator + 3;
  let end = start;
  while (end < Math.min(folded.length, start + 2_048) && !' \'"<>`'.includes(folded.charAt(end))) end++;
  if (scheme === 'unix') return readSocketPath(clean, folded, start);
  const place = readAuthority(folded.slice(start, end), scheme);
  return place && { place, end: trimmedEnd(folded, start, end) };
}

/** Punctuation after a URL belongs to the sentence. */
function trimmedEnd(folded: string, start: number, end: number): number {
  while (end > start + 1 && '.,:;)]}!?'.includes(folded.charAt(end - 1))) end--;
  return end;
}

/** Host and port of what follows `scheme://`; the scheme's own port when none is given. */
function readAuthority(rest: string, scheme: string): Place | null {
  const fallback = schemePorts[scheme] ?? null;
  const authority = rest.slice(0, Math.max(0, rest.search(/[/?#]|$/)));
  const own = parseAuthority(authority.slice(authority.lastIndexOf('@') + 1));
  // A password with a slash in it cuts the authority short; what follows the last `@` is the host then.
  const web = scheme.startsWith('http') || scheme.startsWith('ws') || scheme.startsWith('git');
  const careless = afterLogin(rest);
  const place =
    careless > authority.length && (!own || !web) ? parseAuthority(rest.slice(careless).replace(/[/?#].*$/, '')) : own;
  if (!place) return null;
  return { ...place, port: place.port ?? fallback, fromUrl: true };
}

function parseAuthority(text: string): Place | null {
  // Docker writes its socket file as a host name.
  if (text.startsWith('%2f'))
    return text.startsWith('%2f%2f') ? null : { host: '', port: null, socket: text.replaceAll('%2f', '/') };
  const found = readPlain(text, 0, true);
  if (!found) return null;
  const rest = text.slice(found.end);
  // Several hosts (`mongodb://a:1,b:2`), or a sentence's punctuation, may follow; anything else is no host.
  return rest === '' || rest === ':' || ',;)].!'.includes(rest.charAt(0)) ? found.place : null;
}

/** `/run/postgresql/.s.PGSQL.5432`; case is kept. */
export function readSocketPath(clean: string, folded: string, at: number): Read | null {
  if (folded.charAt(at) !== '/') return null;
  let end = tokenEnd(folded, at);
  while (end > at + 1 && ':.,'.includes(folded.charAt(end - 1))) end--;
  return end > at + 1 && end - at <= 200
    ? { place: { host: '', port: null, socket: clean.slice(at, end) }, end }
    : null;
}
