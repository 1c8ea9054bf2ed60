import { fact, type Facts, type TlsTry } from '../../model/facts.js';
import type { GathererHead } from '../../model/gatherer.js';
import { proxyOf } from '../../model/proxied.js';

/** One connection more, and its silence has to be waited for: only where all is to be known, or a browser is tried as well. */
export const largeHelloHead: GathererHead<'tls.largeHello'> = {
  fact: 'tls.largeHello',
  needs: ['tls', 'http'],
  base: true,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { options, system }) => {
    if (!options.thorough && !options.browser) return 'neither --thorough nor --browser was asked for';
    if (!system.sockets.converse) return 'needs system calls';
    if (facts.target.transport !== 'tls' || facts.target.protocol !== 'http') return 'it is no web page by TLS';
    if (proxyOf(facts) !== null) return 'it goes through a proxy';
    return openedTls(facts) === null ? 'TLS does not work with a small hello either' : null;
  },
};

/** Where TLS was opened with the usual hello. */
export function openedTls(facts: Facts): TlsTry | null {
  return fact(facts, 'tls')?.find(({ failure }) => !failure) ?? null;
}
