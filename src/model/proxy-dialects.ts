import { canonical, familyOf, inPrefix, scopeOf } from './address.js';

/** How a program reads variables and lists of hosts. Each row was measured on the program (docs/kernel-facts.md). */
export interface Dialect {
  readonly http: readonly string[];
  readonly https: readonly string[];
  readonly without: readonly string[];
  readonly split: RegExp;
  /** Between entries only a comma counts: blanks are taken out (pip), or belong to the entry (apt). */
  readonly blanks?: 'removed' | 'kept';
  /** `*` alone is everything. */
  readonly star?: true;
  /** `*.example` is what lies below. */
  readonly starDot?: true;
  /** `.example` is `example` too. */
  readonly dotIsSelf?: true;
  /** `ample.org` is `example.org` too. */
  readonly anyTail?: true;
  /** `example.` is `example`. */
  readonly dotAtEnd?: true;
  readonly prefixes?: true;
  readonly ports?: true;
  readonly caseMatters?: true;
  /** Addresses of IPv6 stand in brackets. */
  readonly brackets?: true;
  /** This computer itself is never asked of a proxy. */
  readonly notHere?: true;
}

const lower = { http: ['http_proxy'], https: ['https_proxy'], without: ['no_proxy'] } as const;
const comma = /,/;
export const curl: Dialect = {
  // Not HTTP_PROXY: under CGI it is a header of whoever asks (libcurl-env(3)).
  http: ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  without: ['no_proxy', 'NO_PROXY'],
  split: /[\s,]+/,
  star: true,
  dotIsSelf: true,
  dotAtEnd: true,
  prefixes: true,
};
/** net/http of Go, in which Docker, kubectl and many others are written. */
export const go: Dialect = {
  http: ['HTTP_PROXY', 'http_proxy'],
  https: ['HTTPS_PROXY', 'https_proxy'],
  without: ['NO_PROXY', 'no_proxy'],
  split: comma,
  star: true,
  starDot: true,
  prefixes: true,
  ports: true,
  notHere: true,
};
export const inBrowsers: Dialect = { ...go, dotIsSelf: true };

export const programs = {
  curl,
  git: curl,
  wget: { ...lower, split: comma },
  apt: { ...lower, https: ['https_proxy', 'http_proxy'], split: comma, blanks: 'kept', anyTail: true },
  pip: {
    http: ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
    https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
    without: ['no_proxy', 'NO_PROXY'],
    split: comma,
    blanks: 'removed',
    star: true,
    dotIsSelf: true,
    anyTail: true,
    prefixes: true,
  },
  npm: {
    http: ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'],
    https: ['https_proxy', 'HTTPS_PROXY'],
    without: ['no_proxy', 'NO_PROXY'],
    split: comma,
    dotIsSelf: true,
    dotAtEnd: true,
    caseMatters: true,
    brackets: true,
  },
  'programs in Go': go,
} satisfies Readonly<Record<string, Dialect>>;

const mostEntries = 1000;

/** The entry of a list that takes the host out, as that program reads it; null where none does. */
export function exemptIn(list: string, host: string, port: number, dialect: Dialect): string | null {
  const whole = dialect.blanks === 'removed' ? list.replaceAll(/\s+/g, '') : list;
  if (dialect.star && whole.trim() === '*') return '*';
  const entries = whole.split(dialect.split, mostEntries).map((one) => (dialect.blanks === 'kept' ? one : one.trim()));
  return entries.find((entry) => entry !== '' && holds(entry, host, port, dialect)) ?? null;
}

function holds(written: string, host: string, port: number, dialect: Dialect): boolean {
  const entry = dialect.caseMatters ? written : written.toLowerCase();
  const [, place = entry, digits] = (dialect.ports ? /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/ : /^$^/).exec(entry) ?? [];
  if (digits !== undefined && Number(digits) !== port) return false;
  if (familyOf(host) !== 0) return holdsAddress(place, host, dialect);
  const plain = dialect.dotAtEnd ? place.replace(/\.$/, '') : place;
  const below = dialect.starDot && plain.startsWith('*.') ? plain.slice(1) : plain;
  if (below === '') return false;
  if (below.startsWith('.')) return host.endsWith(below) || (dialect.dotIsSelf === true && host === below.slice(1));
  return host === below || host.endsWith(dialect.anyTail ? below : `.${below}`);
}

function holdsAddress(place: string, zoned: string, { prefixes, brackets }: Dialect): boolean {
  const [host = zoned] = zoned.split('%');
  if (place.includes('/')) return prefixes === true && /^[0-9a-f.:]+\/\d{1,3}$/.test(place) && inPrefix(host, place);
  const bare = brackets && host.includes(':') ? (/^\[(.*)\]$/.exec(place)?.[1] ?? '') : place;
  return familyOf(bare) !== 0 && canonical(bare) === canonical(host);
}

/** This computer itself, where that is asked of no proxy. */
export function isNotForProxies(host: string, { notHere }: Dialect): boolean {
  return notHere === true && (host === 'localhost' || (familyOf(host) !== 0 && scopeOf(host) === 'loopback'));
}
