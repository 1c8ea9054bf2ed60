import { familyOf, hostPort } from './address.js';
import { parseAddress6, parseHost, wrong } from './parse-host.js';
import type { Host, Parsed } from './parse-host.js';
import { isKnownPort, schemeMeant, schemeOf } from './schemes.js';
import type { Scheme } from './schemes.js';
import type { Target } from './target.js';

export type ParsedTarget =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly why: string };

/** Longer than any URL that browsers and servers agree on; the limit keeps a pasted file from being read as a name. */
const longest = 8192;

const onlyTcp = 'Only TCP can be diagnosed, not UDP: write host:port, without udp, to try TCP there, or a URL.';

const secretUnclear =
  'User name and password cannot be told from the rest: leave them out, they are not needed for this.';

/**
 * What the user typed, as a target: a URL, a connection string, `host`, `host:port`, `[v6]:port` or `unix:/path`.
 * User name, password, query and fragment end here. `why` is one short line that repeats nothing that could be secret.
 */
export function parseTarget(input: string): ParsedTarget {
  const typed = withoutQuotes(input.replace(/^ +| +$/g, ''));
  if (typed === '') return wrong('The target is empty: write for example https://example.com or example.com:22.');
  if (typed.length > longest) return wrong(`The target is too long: at most ${longest} characters.`);
  // Control characters, and the marks that reorder or hide text (UTS 55): none belongs into a target.
  if (/[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u.test(typed)) {
    return wrong('The target holds control characters or invisible ones: type it anew.');
  }
  if (typed.startsWith('-')) return wrong('That looks like an option, not like a target.');
  if (/^unix:/i.test(typed)) return parseUnix(typed.slice('unix:'.length));
  const [, spelling, rest] = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(typed) ?? [];
  return spelling === undefined || rest === undefined
    ? parseBare(typed.replace(/^\/\//, ''))
    : parseUrl(spelling, rest);
}

/** What is copied out of a text often comes in its quotes, or between < and >. Nothing that is meant begins so. */
function withoutQuotes(typed: string): string {
  return /^["'`<«»‘-‟]/.test(typed) ? typed.replace(/^["'`<«»‘-‟]+ */, '').replace(/ *["'`>«»‘-‟]+$/, '') : typed;
}

function parseUnix(rest: string): ParsedTarget {
  const path = rest.replace(/^\/\/(?=\/)/, '').replace(/[?#].*$/s, '');
  if (!path.startsWith('/')) return wrong('A unix socket is given by its full path: unix:/run/app.sock.');
  // sun_path holds 108 bytes with its end (unix(7)).
  if (Buffer.byteLength(path) > 107) return wrong('The path of a unix socket has at most 107 bytes.');
  const target: Target = {
    input: `unix:${path}`,
    scheme: 'unix',
    host: '',
    port: 0,
    portGiven: true,
    path,
    transport: 'plain',
    protocol: 'service',
    literal: 0,
  };
  return { ok: true, target };
}

function parseUrl(spelling: string, rest: string): ParsedTarget {
  if (/\+srv$/i.test(spelling)) {
    return wrong('A +srv address is looked up to find the real hosts: give one of them, such as mongodb://host:27017.');
  }
  const scheme = schemeOf(spelling);
  if (!scheme) return wrong(unknownScheme(spelling));
  const http = scheme.protocol === 'http';
  // NATS takes a list of whole URLs.
  const cut = cutSecrets(http ? rest : rest.replace(/,[a-z]+:\/\/.*$/is, ''), http);
  if (!cut.ok) return cut;
  const place = parsePlace(cut.authority);
  if (!place.ok) return place;
  if (place.port === null && scheme.port === 0) {
    return wrong(`${scheme.name}:// has no port of its own: write ${scheme.name}://host:port.`);
  }
  return { ok: true, target: build(scheme, `${spelling.toLowerCase()}://`, place, cut.path) };
}

function unknownScheme(spelling: string): string {
  if (/^(?:file|data|about|blob|javascript|view-source|chrome|mailto)$/i.test(spelling)) {
    return 'That address does not lead over the network.';
  }
  if (/^(?:udp|quic|h3|dns|tftp|ntp|snmp)$/i.test(spelling)) return onlyTcp;
  const meant = schemeMeant(spelling);
  return meant === undefined
    ? 'The part before :// is not known here: write host:port, or a URL such as https://, ssh://, postgres://.'
    : `The part before :// is not known here: is ${meant}:// meant?`;
}

/** `host`, `host:port`, `host/path`, `user@host`, `git@host:path`, an IPv6 address: without a scheme. */
function parseBare(typed: string): ParsedTarget {
  const slips =
    /^([a-z][a-z0-9+.-]*)(?::\/|\/\/)/i.exec(typed)?.[1] ??
    /^([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?#]|$))[^@\s]+$/i.exec(typed)?.[1];
  if (slips !== undefined && schemeOf(slips))
    return wrong(`Write ${slips.toLowerCase()}:// with a colon and two slashes.`);
  if (/^(?:mailto|file|data|javascript|about|tel):/i.test(typed))
    return wrong('That address does not lead over the network.');
  // As firewalls, Docker and nmap write ports.
  if (/(?::\d{1,5}|^[^/:@]+)\/udp$/i.test(typed) || /^udp:/i.test(typed)) return wrong(onlyTcp);
  const asTcp = /^([^/]*:\d{1,5})\/tcp$/i.exec(typed)?.[1];
  if (asTcp !== undefined) return parseBare(asTcp);
  const unbracketed = portWithoutBrackets(typed);
  if (unbracketed !== null) return wrong(`Put brackets around the IPv6 address: ${unbracketed}.`);
  if (familyOf(typed.split('%')[0] ?? '') === 6) {
    const place = parseAddress6(typed);
    return place.ok ? { ok: true, target: build(known('https'), '', { ...place, port: null }, '') } : place;
  }
  const [, network = '', bits] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(typed) ?? [];
  const family = familyOf(network);
  if (family !== 0 && Number(bits) <= (family === 4 ? 32 : 128))
    return wrong('That names a whole network: give one address of it, as 192.0.2.7 or 192.0.2.7:443.');
  const copied = /^[^@:/?#\s]+@([^@:/?#\s]+)(?::(?!\d+(?:\/|$))[^@]*)?$/.exec(typed)?.[1];
  if (copied !== undefined) return parseUrl('ssh', copied);
  const cut = cutSecrets(typed, true);
  if (!cut.ok) return cut;
  const place = parsePlace(cut.authority);
  if (!place.ok) return place;
  const secure = place.port === null || place.port === 443 || place.port === 8443;
  // A port alone asks for no protocol; a path can only be HTTP's.
  const scheme = place.port !== null && cut.path === '' ? known('tcp') : known(secure ? 'https' : 'http');
  return { ok: true, target: build(scheme, '', place, cut.path) };
}

function known(name: string): Scheme {
  const scheme = schemeOf(name);
  if (!scheme) throw new Error(`no such scheme: ${name}`);
  return scheme;
}

/**
 * Authority and path, without user name, password, query and fragment. Passwords are often pasted without the percent
 * signs they need; then a slash in one would put half of it into the path. Where that could be, the target is refused.
 */
function cutSecrets(rest: string, http: boolean): Parsed<{ readonly authority: string; readonly path: string }> {
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const tail = end < 0 ? '' : rest.slice(end);
  const path = /^[^?#]*/.exec(tail)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const place = authority.slice(at + 1);
  if (tail.includes('@')) {
    const local = /^localhost(?::|$)/i.test(place) || place.includes('.') || place.startsWith('[');
    const password = authority.slice(0, Math.max(at, 0)).includes(':');
    const unclear = http ? !local && /:\d/.test(place) && /[^/]@/.test(path) : path.includes('@') || /:\d/.test(place);
    if (password || unclear) return wrong(secretUnclear);
  }
  // Session ids that old servers put into the path are secrets as well.
  return { ok: true, authority: place, path: path.replace(/;(?:jsessionid|phpsessid|sid|token)=[^/]*/gi, '') };
}

type Place = Host & { readonly port: number | null };

/** An address and a port that cannot be meant as one address: it would be none, or (`::1:80`) one that nobody has (RFC 4291 2.5.5). */
function portWithoutBrackets(typed: string): string | null {
  const [, address = '', port = ''] = /^([\da-f:.]*:[\da-f:.]*):(\d{1,5})$/i.exec(typed) ?? [];
  if (familyOf(address) !== 6 || (familyOf(typed) === 6 && address !== '::1')) return null;
  return `[${address.toLowerCase()}]:${port}`;
}

/**
 * `2001:db8::7:443` is an address, and the way many write an address with a port. What would be meant then, or null: only
 * where the last group is the known port of something and the rest an address by itself.
 */
export function portPerhapsMeant({ literal, portGiven, scheme, host }: Target): string | null {
  if (literal !== 6 || portGiven || scheme !== 'https') return null;
  const [, address = '', port = ''] = /^(.*):([1-9]\d{1,3})$/.exec(host) ?? [];
  return familyOf(address) === 6 && isKnownPort(Number(port)) ? `[${address}]:${port}` : null;
}

/** `host:port` or `[v6]:port`; of a list of hosts, as database drivers take it, the first. */
function parsePlace(authority: string): Parsed<Place> {
  const first = authority.split(',')[0] ?? '';
  if (familyOf(first) === 6) return wrong(`Put brackets around the IPv6 address: [${first.toLowerCase()}].`);
  const [, inBrackets, host = '', colon, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?:(:)(.*))?$/s.exec(first) ?? [];
  if (colon === undefined && inBrackets === undefined && first !== host)
    return wrong('That is no host, and no host:port.');
  const parsed = inBrackets === undefined ? parseHost(host) : parseAddress6(inBrackets);
  if (!parsed.ok) return parsed;
  if (colon === undefined) return { ...parsed, port: null };
  if (digits === undefined || !/^\d{1,5}$/.test(digits)) {
    return wrong('Behind the colon belongs a port, a number from 1 to 65535.');
  }
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? { ...parsed, port } : wrong('Ports go from 1 to 65535.');
}

function build(scheme: Scheme, prefix: string, place: Place, path: string): Target {
  const host = place.literal === 6 && (prefix !== '' || place.port !== null) ? `[${place.host}]` : place.host;
  const where = place.port === null ? host : hostPort(place.host, place.port);
  return {
    input: `${prefix}${where}${path}`,
    scheme: scheme.name,
    host: place.host,
    port: place.port ?? scheme.port,
    portGiven: place.port !== null,
    path: requestPath(path),
    transport: scheme.transport,
    protocol: scheme.protocol,
    literal: place.literal,
  };
}

/** As it goes over the wire: non-ASCII and spaces percent-encoded, `.` and `..` resolved. */
function requestPath(path: string): string {
  const url = `http://path.invalid${path.replace(/^(?!\/)/, '/')}`;
  return URL.canParse(url) ? new URL(url).pathname : '/';
}
