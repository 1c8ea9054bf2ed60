import { fact, type Facts } from '../../model/facts.js';
import type { GathererHead } from '../../model/gatherer.js';
import { proxyOf } from '../../model/proxied.js';
import { http3Port } from './alt-svc.js';

export const quicHead: GathererHead<'quic'> = {
  fact: 'quic',
  needs: ['http', 'connect'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts, { options }) => {
    if (proxyOf(facts) !== null) return 'it goes through a proxy';
    if (facts.target.scheme !== 'https' || facts.http?.state !== 'known') return 'no page came by TLS';
    return advertised(facts) !== null || options.thorough ? null : 'the server offers no HTTP/3';
  },
};

/** Where the page that came says that HTTP/3 is spoken. */
export function advertised(facts: Facts): { readonly address: string; readonly port: number } | null {
  for (const { failure, address, headers } of fact(facts, 'http') ?? []) {
    const port = failure ? null : http3Port(headers['alt-svc']);
    if (port !== null) return { address, port };
  }
  return null;
}
