import { fact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { mayBeProxysOwn, wordsOfNoProxy } from '../../model/proxied.js';
import { tryThrough } from './try-target.js';

/** Nobody can have it (RFC 6761 6.4), and it is longer than most: a page that names the host would differ. */
const nobody = 'a-host-that-nobody-has.whoblocked.invalid';

/**
 * The proxy asked for the same page of a host that cannot exist: only the host changes. What looks at the host cannot
 * answer the same; a web server that is taken for a proxy does.
 */
export const proxyNobody: Gatherer<'proxy.nobody'> = {
  fact: 'proxy.nobody',
  needs: ['proxy.way', 'http'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) =>
    mayBeProxysOwn(facts) || wordsOfNoProxy(fact(facts, 'proxy.way')) !== null
      ? null
      : 'no answer may be the own one of a proxy',
  async gather(facts, context) {
    const way = fact(facts, 'proxy.way');
    if (!way) return skipped('no proxy is used');
    const trial = await tryThrough(way.setting, { ...facts.target, host: nobody, literal: 0 }, context);
    return context.signal.aborted ? skipped('ended before it answered') : known(trial, 'proxy');
  },
};
