import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { ProxyServer } from '../../model/proxy-facts.js';
import { streamKey } from '../tls/open-connection.js';
import type { Opened } from './open-way.js';

/**
 * HTTP proxies answer only when they have reached the target, or given it up; one that looks up the caller's name at a dead
 * resolver first waits 5 s (resolv.conf(5), timeout).
 */
const answerMs = 5_400;

/** The way to the proxy that was chosen, and through it; the connection is left open for the next step. */
export const proxyWay: Gatherer<'proxy.way'> = {
  fact: 'proxy.way',
  needs: ['proxy.connect', 'name.system'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (proxyOf(facts) === null ? 'no proxy is used' : null),
  async gather(facts, context) {
    const setting = proxyOf(facts);
    if (!setting) return skipped('no proxy is used');
    // Most targets go directly: this is loaded only here.
    const [{ openThrough }, { goalOf }] = await Promise.all([import('./open-way.js'), import('./proxy-goal.js')]);
    const goal = goalOf(facts.target, fact(facts, 'name.system')?.addresses ?? []);
    const { server } = setting;
    const found = fact(facts, 'proxy.addresses') ?? { addresses: [] };
    const probes = fact(facts, 'proxy.connect') ?? [];
    const opened = server && openedOf(server, found.addresses, context);
    const { way, stream } = await openThrough({ setting, found, probes, opened, waitMs: answerMs }, goal, context);
    const ended = context.signal.aborted && !stream;
    if (ended) return skipped('ended before the proxy was reached');
    if (stream) context.streams.set(streamKey('connect', goal), stream);
    return known(way, 'proxy');
  },
};

/** The connection that the step before left open. */
function openedOf({ port }: ProxyServer, addresses: readonly string[], { streams }: Context): Opened | null {
  for (const address of addresses) {
    const key = streamKey('proxy', { address, port });
    const stream = streams.get(key);
    if (!stream) continue;
    streams.delete(key);
    return { address, stream };
  }
  return null;
}
