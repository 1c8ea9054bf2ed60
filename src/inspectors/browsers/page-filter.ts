/**
 * Filters of URLBlocklist and URLAllowlist (chromeenterprise.google, "URL blocklist filter format"), as Chromium holds them
 * against a page. What docs/browsers.md says was measured is followed where the format's description says something else.
 */
interface PageFilter {
  readonly entry: string;
  /** Holds for that host alone, not for those below it. */
  readonly exact: boolean;
  readonly host: string;
  readonly path: string;
  readonly pairs: readonly string[];
}

const longestEntry = 2_000;

/** Of all entries that are about the page the one that decides; null where none is. */
export function mostExact(entries: readonly string[], url: URL): string | null {
  return best(entries, url)?.entry ?? null;
}

/** What both lists say together: an allowed entry wins against a blocked one that is as exact. */
export function verdictOfLists(
  blocked: readonly string[],
  allowed: readonly string[],
  url: URL,
): { readonly effect: 'blocks' | 'allows'; readonly entry: string } | null {
  const [blocks, allows] = [best(blocked, url), best(allowed, url)];
  if (!blocks) return null;
  return allows && !isMoreExact(blocks, allows)
    ? { effect: 'allows', entry: allows.entry }
    : { effect: 'blocks', entry: blocks.entry };
}

function best(entries: readonly string[], url: URL): PageFilter | null {
  let found: PageFilter | null = null;
  for (const entry of entries) {
    const filter = filterFor(entry, url);
    if (filter && (!found || isMoreExact(filter, found))) found = filter;
  }
  return found;
}

/** Scheme and port do not count (URLBlocklist::FilterTakesPrecedence). */
function isMoreExact(one: PageFilter, other: PageFilter): boolean {
  if (one.exact !== other.exact) return one.exact;
  if (one.host.length !== other.host.length) return one.host.length > other.host.length;
  if (one.path.length !== other.path.length) return one.path.length > other.path.length;
  return one.pairs.length > other.pairs.length;
}

/** `[scheme://][.]host[:port][/path][?query]`; the host `*` is every one. Null where it is about other pages, or no filter. */
function filterFor(entry: string, url: URL): PageFilter | null {
  const text = entry.trim().replace(/#.*$/s, '');
  if (text.length > longestEntry) return null;
  const [, before, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/|https?:\/?)?(.*)$/is.exec(text) ?? [];
  const scheme = before ?? /^(https?):/i.exec(text)?.[1];
  const [, dot = '', given = '', port, path = '', query = ''] =
    /^(?:[^/?@]*@)?(\.?)(\[[^\]]*\]|[^/:?\\\s]+)(?::(\d+))?(\/[^?]*)?(?:\?(.*))?$/s.exec(rest) ?? [];
  const host = given === '*' ? '' : withoutDot(given.toLowerCase());
  if (given === '' || host.includes('*') || (given !== '*' && host === '')) return null;
  if (scheme !== undefined && `${scheme.toLowerCase()}:` !== url.protocol) return null;
  if (port !== undefined && Number(port) !== portOf(url)) return null;
  if (!hostHolds(host, dot !== '', withoutDot(url.hostname))) return null;
  if (!url.pathname.startsWith(path)) return null;
  const pairs = query.split('&').filter((pair) => pair !== '');
  const asked = url.search.slice(1).split('&');
  if (!pairs.every((pair) => asked.some((one) => pairHolds(pair, one)))) return null;
  return { entry, exact: dot !== '', host, path, pairs };
}

function hostHolds(wanted: string, exact: boolean, host: string): boolean {
  if (wanted === '' || host === wanted) return true;
  // An address has no names below it.
  const isAddress = /^[\d.]+$|^\[/.test(host);
  return !exact && !isAddress && host.endsWith(`.${wanted}`);
}

/** Chromium asks for a plain page by HTTPS first (HTTPS upgrades): what its policies must allow as well. Else null. */
export function upgraded(url: URL): URL | null {
  return url.protocol === 'http:' && url.port === '' ? new URL(url.href.replace(/^http:/, 'https:')) : null;
}

/** `v=1`, `v=1*`, `v`. */
function pairHolds(wanted: string, given: string): boolean {
  return wanted.endsWith('*') ? given.startsWith(wanted.slice(0, -1)) : given === wanted;
}

export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

function withoutDot(host: string): string {
  return host.replace(/\.$/, '');
}
