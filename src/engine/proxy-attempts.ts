import type { Attempt } from '../model/attempt.js';
import { familyOf } from '../model/address.js';
import type { TlsTry } from '../model/facts.js';
import type { ProxyWay } from '../model/proxy-facts.js';
import { connectAttempts, hostId, place } from './attempts.js';

/**
 * The steps to and through a proxy, each on the one before: its setting, its name, its addresses, TLS with it, and what it
 * said to the wish for the target.
 */
export function proxyAttempts(way: ProxyWay, host: string, hop: number): Attempt[] {
  const { server, problem = '' } = way.setting;
  if (!server) {
    const outcome = { operation: 'proxy', code: 'unusable', raw: problem } as const;
    return [{ ...place(hop, 'proxy:setting', host), stage: 'proxy', protocol: 'proxy', outcome }];
  }
  const attempts: Attempt[] = [];
  const named = familyOf(server.host) === 0;
  if (named) {
    const name = place(hop, 'proxy:name', server.host);
    const outcome = way.nameFailure ?? 'ok';
    attempts.push({ ...name, stage: 'name', protocol: 'getaddrinfo', toProxy: true, outcome });
  }
  for (const one of connectAttempts(way.connect, server.host, hop, null)) {
    const id = `proxy:connect:${hostId(one.address ?? '', one.port ?? 0)}`;
    const here = place(hop, id, server.host, one.address, one.port, named ? 'proxy:name' : null);
    attempts.push({ ...one, ...here, toProxy: true });
  }
  if (way.tls) attempts.push(tlsAttempt(way.tls, server.host, hop));
  for (const { address, port, failure } of way.tunnels) {
    const at = hostId(address, port);
    attempts.push({
      ...place(hop, `proxy:tunnel:${at}`, host, address, port, `proxy:${way.tls ? 'tls' : 'connect'}:${at}`),
      stage: 'proxy',
      protocol: 'proxy',
      outcome: failure ?? 'ok',
    });
  }
  return attempts;
}

function tlsAttempt({ address, port, failure }: TlsTry, host: string, hop: number): Attempt {
  const at = hostId(address, port);
  return {
    ...place(hop, `proxy:tls:${at}`, host, address, port, `proxy:connect:${at}`),
    stage: 'tls',
    protocol: 'tls',
    toProxy: true,
    outcome: failure ?? 'ok',
  };
}
