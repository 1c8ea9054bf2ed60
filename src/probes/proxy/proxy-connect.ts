import type { Duplex } from 'node:stream';
import { fact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import { hostIsAlive } from '../connect/connect.js';
import { probeAddresses } from '../connect/probe-addresses.js';
import { streamKey } from '../tls/open-connection.js';

/** One connection to each address of the proxy, as to those of a target; the first that opens is left for the way through. */
export const proxyConnect: Gatherer<'proxy.connect'> = {
  fact: 'proxy.connect',
  needs: ['proxy.addresses'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (proxyOf(facts)?.server ? null : 'no proxy is used'),
  async gather(facts, context) {
    const port = proxyOf(facts)?.server?.port;
    const addresses = fact(facts, 'proxy.addresses')?.addresses ?? [];
    if (port === undefined || addresses.length === 0) return skipped('there is no address to connect to');
    const keep = (address: string, stream: Duplex): void => {
      context.streams.set(streamKey('proxy', { address, port }), stream);
    };
    const { thorough } = context.options;
    const options = { port, keep, aliveSignal: hostIsAlive(context), repeat: true, thorough };
    return known(await probeAddresses(addresses, options, context), 'connect()');
  },
};
