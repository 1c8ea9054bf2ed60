import { fact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import { streamKey } from '../tls/open-connection.js';

/** The way to the proxy that was chosen, and through it; the connection is left open for the next step. */
export const proxyWay: Gatherer<'proxy.way'> = {
  fact: 'proxy.way',
  needs: ['proxy.choice', 'name.system'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (proxyOf(facts) === null ? 'no proxy is used' : null),
  async gather(facts, context) {
    const setting = proxyOf(facts);
    if (!setting) return skipped('no proxy is used');
    // Most targets go directly: this is loaded only here.
    const [{ openWay }, { goalOf }] = await Promise.all([import('./open-way.js'), import('./proxy-goal.js')]);
    const goal = goalOf(facts.target, fact(facts, 'name.system')?.addresses ?? []);
    const { way, stream } = await openWay(setting, goal, { thorough: true }, context);
    const ended = context.signal.aborted && !stream;
    if (ended) return skipped('ended before the proxy was reached');
    if (stream) context.streams.set(streamKey('connect', goal), stream);
    return known(way, 'proxy');
  },
};
