import type { ProxyScheme, ProxyServer } from './proxy-facts.js';
import { familyOf } from './address.js';
import { type Parsed, parseAddress6, parseHost, wrong } from './parse-host.js';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Longer than any that programs take. */
const longest = 2048;

/** As curl reads them (lib/url.c, parse_proxy): `socks` is version 4, and without a scheme it is an HTTP proxy. */
const schemes: Readonly<Record<string, ProxyScheme>> = {
  http: 'http',
  https: 'https',
  socks: 'socks4',
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5',
  socks5h: 'socks5h',
};

/** curl's own (CURL_DEFAULT_PROXY_PORT, CURL_DEFAULT_HTTPS_PROXY_PORT); browsers and others take 80 for http. */
const defaultPort = (scheme: ProxyScheme): number => (scheme === 'https' ? 443 : 1080);

/** User names and passwords are kept beside the fact's own object: they never become part of it. */
const secrets = new WeakMap<ProxyServer, Credentials>();

export function credentialsOf(server: ProxyServer): Credentials | undefined {
  return secrets.get(server);
}

/** The same proxy spoken to in another scheme, with the same login. */
export function withScheme(server: ProxyServer, scheme: ProxyScheme): ProxyServer {
  const other = { ...server, scheme };
  const secret = secrets.get(server);
  if (secret) secrets.set(other, secret);
  return other;
}

/**
 * `http://proxy:3128`, `socks5h://user:password@[2001:db8::1]:1080`, `proxy:3128`. What stands behind the port is
 * ignored, and one slash behind the scheme will do, as with curl, which takes no blanks. `why` is a clause without the
 * text itself, which may hold a password.
 */
export function parseProxy(text: string): Parsed<{ readonly server: ProxyServer }> {
  const fault = faultOf(text);
  if (fault !== null) return wrong(fault);
  const [, spelling, rest = text] = /^([a-z][a-z0-9+.-]*):\/{1,3}(.*)$/is.exec(text) ?? [];
  const scheme = spelling === undefined ? 'http' : schemes[spelling.toLowerCase()];
  if (scheme === undefined) return wrong('its scheme is none of http, https, socks4, socks4a, socks5, socks5h');
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  if (at !== authority.indexOf('@')) return wrong('an @ in its user name or password has to be written as %40');
  if (at < 0 && rest.includes('@'))
    return wrong('a /, ? or # in its user name or password has to be written as %2F, %3F or %23');
  const place = placeOf(authority.slice(at + 1));
  if (!place.ok) return place;
  const login = at < 0 ? null : credentialsIn(authority.slice(0, at));
  const server: ProxyServer = {
    scheme,
    host: place.host,
    port: place.port ?? defaultPort(scheme),
    portGiven: place.port !== null,
    authentication: login !== null,
  };
  if (login) secrets.set(server, login);
  return { ok: true, server };
}

/** What makes a URL of it impossible before it is taken apart. */
function faultOf(text: string): string | null {
  if (text.length > longest) return 'it is too long';
  if (text.trim() === '') return 'it holds nothing but blanks';
  if (/[\r\n]$/.test(text)) return 'the end of a line is part of it, as in a file that was written on Windows';
  if (/\p{Cc}/u.test(text)) return 'it holds control characters';
  if (/^\s|\s$/.test(text)) return 'a blank stands before or behind it';
  if (/\s/.test(text)) return 'a blank is part of it';
  return /^["'“”‘’]|["'“”‘’]$/.test(text) ? 'quotation marks are part of it' : null;
}

function placeOf(text: string): Parsed<{ readonly host: string; readonly port: number | null }> {
  if (text === '') return wrong('its host is missing');
  const [, inBrackets, plain = '', colon, digits = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?:(:)(.*))?$/s.exec(text) ?? [];
  if (inBrackets === undefined && text.split(':').length > 2 && familyOf(text) === 6)
    return wrong('brackets belong around an IPv6 address, as in http://[2001:db8::1]:3128');
  if (inBrackets === undefined && plain === '') return wrong('its host is missing');
  const parsed = inBrackets === undefined ? parseHost(inFourNumbers(plain)) : parseAddress6(inBrackets);
  if (!parsed.ok) return wrong('its host is no valid name or address');
  // `http://proxy:` means the default port, in URLs as in curl.
  if (colon === undefined || digits === '') return { ok: true, host: parsed.host, port: null };
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  if (port < 1 || port > 65_535) return wrong('its port is no number from 1 to 65535');
  return { ok: true, host: parsed.host, port };
}

/** `127.1` and `2130706433` are 127.0.0.1, for curl as for URLs. */
function inFourNumbers(host: string): string {
  const isNumber = /^(?:\d+|0x[\da-f]+)(?:\.(?:\d+|0x[\da-f]+)){0,3}$/i.test(host) && host.length < 64;
  return isNumber && URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : host;
}

function credentialsIn(text: string): Credentials | null {
  const colon = text.indexOf(':');
  const user = decoded(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? '' : decoded(text.slice(colon + 1));
  return user === '' && password === '' ? null : { user, password };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no escape: passwords are often pasted as they are.
    return text;
  }
}
