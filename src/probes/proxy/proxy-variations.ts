import { fact, type Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { withScheme } from '../../model/parse-proxy.js';
import { proxyOf } from '../../model/proxied.js';
import { isOpen } from '../../model/proxy-trial.js';
import type { ProxyScheme, ProxySetting, ProxyTrial } from '../../model/proxy-facts.js';
import { tryThrough } from './try-target.js';

const schemes: readonly ProxyScheme[] = ['http', 'https', 'socks5h'];
const alike: Readonly<Record<ProxyScheme, ProxyScheme>> = {
  http: 'http',
  https: 'https',
  // Another protocol than version 5: who speaks that one alone hangs up.
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5h',
  socks5h: 'socks5h',
};
/** What somebody who speaks another protocol would do. */
const strange: ReadonlySet<string> = new Set(['not-a-proxy', 'closed', 'reset', 'timed-out']);
const strangeTls: ReadonlySet<string> = new Set([
  'not-tls',
  'closed',
  'reset',
  'timed-out',
  'alert',
  'failed',
  'protocol-version',
]);

/** The same proxy spoken to in the other schemes, all at once: only the scheme changes. */
export const proxyVariations: Gatherer<'proxy.variations'> = {
  fact: 'proxy.variations',
  needs: ['proxy.connect'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  // Each scheme may end in silence, after 4 s: all at once, and done by the time that the silence of the first is one.
  hedge: { fact: 'proxy.way', afterMs: 1_300 },
  when: (facts) => (misunderstood(facts) ? null : 'the proxy speaks what it is spoken to in'),
  async gather(facts, context) {
    const setting = misunderstood(facts);
    const server = setting?.server;
    if (!server) return skipped('the proxy speaks what it is spoken to in');
    const others = schemes.filter((scheme) => scheme !== alike[server.scheme]);
    // Who does not understand is silent for long: nobody is waited for once one has understood.
    const found = new AbortController();
    const signal = AbortSignal.any([context.signal, found.signal]);
    const trials = await Promise.all(
      others.map(async (scheme) => {
        const other = { ...setting, server: withScheme(server, scheme) };
        const trial = await tryThrough(other, facts.target, { ...context, signal });
        if (found.signal.aborted) return [];
        if (hasPassed(trial)) found.abort();
        return [trial];
      }),
    );
    return context.signal.aborted ? skipped('ended before it was done') : known(trials.flat(), 'proxy');
  },
};

function hasPassed({ way, tls, http }: ProxyTrial): boolean {
  if (tls?.failure) return false;
  return http !== undefined ? !http.failure : way.tunnels.some((tunnel) => !tunnel.failure);
}

/** The setting of a proxy that answers strangely, or has taken the connection and has said nothing so far. */
function misunderstood(facts: Facts): ProxySetting | null {
  if (facts['proxy.way'] === undefined) return hasConnected(facts) ? proxyOf(facts) : null;
  const way = fact(facts, 'proxy.way');
  const refused = way?.tunnels.some((tunnel) => tunnel.failure && strange.has(tunnel.failure.code));
  const secured = way?.tls?.failure && strangeTls.has(way.tls.failure.code);
  const answered =
    way?.forwards && fact(facts, 'http')?.some((one) => one.failure && strangeHttp.has(one.failure.code));
  return way && (refused || secured || answered) ? way.setting : null;
}

function hasConnected(facts: Facts): boolean {
  return fact(facts, 'proxy.connect')?.some(isOpen) === true;
}

const strangeHttp: ReadonlySet<string> = new Set(['not-http', 'closed', 'reset', 'timed-out', 'tls-expected']);
