import { familyOf, scopeOf } from './address.js';
import { byApt, byBrowsers, byCurl, byGo, byNpm, byPip, byWget, type Exemptions } from './exempt-hosts.js';

/** How a program reads variables and lists of hosts. Each row was measured on the program (docs/kernel-facts.md). */
export interface Dialect {
  readonly http: readonly string[];
  readonly https: readonly string[];
  readonly without: readonly string[];
  readonly exempts: Exemptions;
  /** This computer itself is never asked of a proxy. */
  readonly notHere?: true;
}

const lower = { http: ['http_proxy'], https: ['https_proxy'], without: ['no_proxy'] } as const;
export const curl: Dialect = {
  // Not HTTP_PROXY: under CGI it is a header of whoever asks (libcurl-env(3)).
  http: ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  without: ['no_proxy', 'NO_PROXY'],
  exempts: byCurl,
};
/** net/http of Go, in which Docker, kubectl and many others are written. */
export const go: Dialect = {
  http: ['HTTP_PROXY', 'http_proxy'],
  https: ['HTTPS_PROXY', 'https_proxy'],
  without: ['NO_PROXY', 'no_proxy'],
  exempts: byGo,
  notHere: true,
};
export const inBrowsers: Dialect = { ...go, exempts: byBrowsers };

export const programs = {
  curl,
  git: curl,
  wget: { ...lower, exempts: byWget },
  apt: { ...lower, https: ['https_proxy', 'http_proxy'], exempts: byApt },
  pip: {
    http: ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
    https: ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
    without: ['no_proxy', 'NO_PROXY'],
    exempts: byPip,
  },
  npm: {
    http: ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'],
    https: ['https_proxy', 'HTTPS_PROXY'],
    without: ['no_proxy', 'NO_PROXY'],
    exempts: byNpm,
  },
  'programs in Go': go,
} satisfies Readonly<Record<string, Dialect>>;

/** This computer itself, where that is asked of no proxy. */
export function isNotForProxies(host: string, { notHere }: Dialect): boolean {
  return notHere === true && (host === 'localhost' || (familyOf(host) !== 0 && scopeOf(host) === 'loopback'));
}
