import type { ProxyServer, ProxyWay } from '../../model/proxy-facts.js';
import { credentialsOf } from '../../model/parse-proxy.js';
import type { Request } from './exchange.js';

/** What a request must hold when a proxy is to carry it out. */
export function proxiedBy(way: ProxyWay | undefined): Pick<Request, 'proxied'> {
  const server = way?.setting.server;
  return way?.forwards && server ? { proxied: { login: basicLogin(server) } } : {};
}

/** `Basic …` (RFC 7617), the one scheme that needs no exchange of secrets; null without a login. */
export function basicLogin(server: ProxyServer): string | null {
  const login = credentialsOf(server);
  return login ? `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` : null;
}
