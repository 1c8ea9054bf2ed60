import type { FailedAttempt } from '../model/attempt.js';
import type { CatalogueEntry } from '../model/cause.js';

/** They judge by what resolvers, asked for the target's name, say of it. Of the proxy's own name that is no word. */
const aboutTargetName: ReadonlySet<string> = new Set([
  'name-filtered',
  'dns-answer-forged',
  'stale-dns-cache',
  'hosts-file-override',
  'dnssec-bogus',
]);

/** Where the way to a proxy is cut is what `proxy-unreachable` says already. */
const aboutTheWay: ReadonlySet<string> = new Set(['dropped-on-path', 'port-blocked-everywhere']);

/**
 * Whether an entry has a say on a step to a proxy. Whatever is wrong with the proxy itself (nothing listens, the host is
 * down, its certificate does not hold) is for the causes about proxies; what stops this device's packets is for the same
 * causes as everywhere.
 */
export function concernsProxy(entry: CatalogueEntry, attempt: FailedAttempt): boolean {
  if (entry.stage === 'proxy') return entry.id !== 'proxy-required';
  if (entry.side === 'server' || entry.side === 'target') return false;
  return !aboutTheWay.has(entry.id) && !(attempt.stage === 'name' && aboutTargetName.has(entry.id));
}
