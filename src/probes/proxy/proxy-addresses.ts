import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';

/** Where the proxy is that was chosen. */
export const proxyAddresses: Gatherer<'proxy.addresses'> = {
  fact: 'proxy.addresses',
  needs: ['proxy.choice'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (proxyOf(facts)?.server ? null : 'no proxy is used'),
  async gather(facts, context) {
    const server = proxyOf(facts)?.server;
    if (!server) return skipped('no proxy is used');
    const { addressesOf } = await import('./open-way.js');
    return known(await addressesOf(server.host, context), 'getaddrinfo');
  },
};
