import { bytesOf, canonical, familyOf, inPrefix } from './address.js';

/**
 * The entry of a no_proxy list that takes a host out of the proxy, or null, as one program reads it.
 * @param host as targets hold it: in small letters, an IPv6 address without brackets.
 */
export type Exemptions = (list: string, host: string, port: number) => string | null;

const mostEntries = 1000;

/**
 * lib/noproxy.c of curl 7.88. A star counts where nothing else stands beside it, not even a blank; `/0` is no prefix, and
 * for IPv6 there are none: such a host is compared as a name. (From 8.9 on a blank ends the list.)
 */
export const byCurl: Exemptions = (list, host) => {
  if (list === '*') return '*';
  const isFour = familyOf(host) === 4;
  return first(list, /[ \t,]+/, (entry) => {
    if (isFour) return isInFour(entry, host);
    const name = entry.replace(/\.$/, '').replace(/^\./, '').toLowerCase();
    return name !== '' && (host === name || host.endsWith(`.${name}`));
  });
};

function isInFour(entry: string, host: string): boolean {
  const [network = '', length = ''] = entry.split(/\/(.*)/s, 2);
  const bits = Number(/^\+?(\d{1,3})/.exec(length)?.[1] ?? 0);
  if (familyOf(network) !== 4) return false;
  return bits === 0 ? network === host : inPrefix(host, `${network}/${bits}`);
}

/** sepstring() and sufmatch() of Wget 1.21: blanks behind a comma are skipped, all others belong to the entry. */
export const byWget: Exemptions = (list, host) =>
  first(list, /,\s*/, (written) => {
    const entry = written.toLowerCase();
    return host === entry || host.endsWith(entry.startsWith('.') ? entry : `.${entry}`);
  });

/** CheckDomainList() of apt 2.6: any tail, and blanks belong to the entry. */
export const byApt: Exemptions = (list, host) => first(list, /,/, (entry) => host.endsWith(entry.toLowerCase()));

/** isNoProxy() of @npmcli/agent: label by label from the end, capitals count, an IPv6 address stands in brackets. */
export const byNpm: Exemptions = (list, host) => {
  const labels = (familyOf(host) === 6 ? `[${host}]` : host).split('.').toReversed();
  return first(list, /,/, (entry) => {
    const wanted = entry
      .trim()
      .split('.')
      .filter((label) => label !== '')
      .toReversed();
    return wanted.length > 0 && wanted.every((label, at) => label === labels[at]);
  });
};

/**
 * should_bypass_proxies() of requests 2.31, on which pip stands, and behind it proxy_bypass_environment() of Python's own:
 * any tail of the name, or of name and port where the URL has one; prefixes for IPv4 alone.
 */
export const byPip: Exemptions = (list, host, port) => {
  if (list === '*') return '*';
  const withPort = port === 80 || port === 443 ? host : `${host}:${port}`;
  const isFour = familyOf(host) === 4;
  return first(list, /,/, (entry) => {
    const tail = entry.replaceAll(' ', '');
    const [network = '', bits = ''] = tail.split('/');
    if (isFour && familyOf(network) === 4 && isFourBits(bits)) return inPrefix(host, `${network}/${Number(bits)}`);
    if (tail !== '' && (isFour ? host === tail : host.endsWith(tail) || withPort.endsWith(tail))) return true;
    const name = entry.trim().replace(/^\.+/, '').toLowerCase();
    const bare = /^(.*):\d*$/s.exec(host)?.[1] ?? host;
    return name !== '' && [host, bare].some((one) => one === name || one.endsWith(`.${name}`));
  });
};

function isFourBits(bits: string): boolean {
  return /^\+?\d{1,2}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= 32;
}

/** golang.org/x/net/http/httpproxy: a star anywhere is everything, ports count, `.name` and `*.name` are what lies below. */
export const byGo: Exemptions = (list, host, port) => asInGo(list, host, port, false);

/** Browsers' own lists, read as Go does but that `.name` is `name` too. */
export const byBrowsers: Exemptions = (list, host, port) => asInGo(list, host, port, true);

function asInGo(list: string, host: string, port: number, isDotSelf: boolean): string | null {
  const star = first(list, /,/, (entry) => entry.trim() === '*');
  if (star !== null) return star.trim();
  const found = first(list, /,/, (written) => {
    const entry = written.trim().toLowerCase();
    if (entry.includes('/') && familyOf(entry.split('/')[0] ?? '') !== 0)
      return familyOf(host) !== 0 && /\/\d{1,3}$/.test(entry) && inPrefix(withoutMapping(host), entry);
    const [, inBrackets, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d*)$/.exec(entry) ?? [];
    if (digits !== undefined && digits !== '' && Number(digits) !== port) return false;
    const place = inBrackets ?? plain ?? entry;
    if (familyOf(place) !== 0) return familyOf(host) !== 0 && sameAddress(place, host);
    const name = place.startsWith('*.') ? place.slice(1) : place;
    if (name === '') return false;
    if (name.startsWith('.')) return host.endsWith(name) || (isDotSelf && host === name.slice(1));
    return host === name || host.endsWith(`.${name}`);
  });
  return found === null ? null : found.trim();
}

function sameAddress(one: string, other: string): boolean {
  return canonical(withoutMapping(one)) === canonical(withoutMapping(other));
}

/** `::ffff:192.0.2.7` is 192.0.2.7. */
function withoutMapping(zoned: string): string {
  const [address = zoned] = zoned.split('%');
  const bytes = familyOf(address) === 6 ? bytesOf(address) : null;
  return bytes?.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 0xff)) ? bytes.slice(12).join('.') : address;
}

function first(list: string, between: RegExp, holds: (entry: string) => boolean): string | null {
  return list.split(between, mostEntries).find((entry) => entry !== '' && holds(entry)) ?? null;
}
