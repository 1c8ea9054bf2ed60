import { hostPort } from './address.js';
import { fact, type Facts, type HttpTry } from './facts.js';
import type { ProxyServer, ProxySetting, ProxyWay } from './proxy-facts.js';

/** The setting by which the target goes through a proxy, or null when it goes directly (as far as is known). */
export function proxyOf(facts: Facts): ProxySetting | null {
  return fact(facts, 'proxy.way')?.setting ?? fact(facts, 'proxy.choice')?.setting ?? null;
}

/** A page without encryption and without a proxy, which anybody between may have answered. */
export function isAskedInTheClear(facts: Facts): boolean {
  const { protocol, transport } = facts.target;
  return protocol === 'http' && transport === 'plain' && proxyOf(facts) === null;
}

/** These protocols carry an address, which this device has to find; all others carry the name. */
export function resolvesHere({ scheme }: ProxyServer): boolean {
  return scheme === 'socks4' || scheme === 'socks5';
}

/** Whether this device itself has to find an address for the target's name. */
export function needsOwnName(facts: Facts): boolean {
  const setting = proxyOf(facts);
  return setting === null || (setting.server !== null && resolvesHere(setting.server));
}

/** `http://proxy.example:3128`, without user and password. */
export function proxyUrl({ scheme, host, port }: ProxyServer): string {
  return `${scheme}://${hostPort(host, port)}`;
}

/** Every proxy that is set on this device, those that a script names for the target too. */
export function settingsOf(facts: Facts): readonly ProxySetting[] {
  const scripted = (fact(facts, 'proxy.pac') ?? []).flatMap(({ settings }) => settings ?? []);
  return [...(fact(facts, 'proxy.settings')?.settings ?? []), ...scripted];
}

/**
 * A refusal that a proxy passed on, or its own: what forwards requests names itself in Via (RFC 9110 7.6.3), and a web
 * server that is taken for a proxy answers just so.
 */
export function mayBeProxysOwn(facts: Facts): boolean {
  if (fact(facts, 'proxy.way')?.forwards !== true) return false;
  const answers = fact(facts, 'http')?.filter(({ status }) => status !== undefined && status >= 400) ?? [];
  return answers.some(({ headers }) => headers['via'] === undefined);
}

/** What a web server says of a page that it has not, or of a request for another's: no proxy says that of every host. */
const ofWebServers: ReadonlySet<number> = new Set([400, 404, 405, 421, 501]);

/** The answer that the proxy gives whatever host it is asked for, down to the last byte; null where it differs. */
export function sameForNobody(facts: Facts): HttpTry | null {
  const other = fact(facts, 'proxy.nobody')?.http;
  const own = fact(facts, 'http')?.[0];
  if (!other || !own || !mayBeProxysOwn(facts) || other.headers['via'] !== undefined) return null;
  const same = own.status === other.status && own.bodyBytes === other.bodyBytes && own.bodyHead === other.bodyHead;
  return same && ofWebServers.has(own.status ?? 0) ? own : null;
}

/**
 * The words of HTTP in which a connection was refused that no proxy says no with: a page, or a method that is not known. Null:
 * it was refused otherwise, or not. A filter may give a page of its own for this one host in the same words.
 */
export function wordsOfNoProxy(way: ProxyWay | undefined): string | null {
  const refused = way?.tunnels.find(({ failure }) => failure?.code === 'not-a-proxy')?.failure?.raw;
  return refused !== undefined && /^[1-5]\d\d /.test(refused) ? refused : null;
}

/** The same words in another tunnel. Whoever leads everybody on to one host says the same of each. */
export function saysAlike(way: ProxyWay | undefined, raw: string): boolean {
  return way?.tunnels.some(({ failure }) => failure?.raw === raw) ?? false;
}

/** What only proxies send, or programs that are nothing else. */
export function writtenByProxy(headers: Readonly<Record<string, string>>): boolean {
  const { server = '' } = headers;
  return (
    ['via', 'proxy-agent', 'proxy-authenticate', 'x-squid-error', 'x-cache-lookup', 'x-bluecoat-via'].some(
      (name) => headers[name] !== undefined,
    ) ||
    /^(squid|tinyproxy|privoxy|mitmproxy|bluecoat|zscaler|mwg|mcafee web gateway|fortiproxy|swproxy|ccproxy|wingate|3proxy|polipo)\b/i.test(
      server,
    )
  );
}
