import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { type FactKey, fact, type HttpTry } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';

/** The answer that failed: of the target itself or of a step of its redirects. */
export function failedAnswer(attempt: FailedAttempt, { facts }: Scene): HttpTry | undefined {
  if (attempt.hop > 0) return fact(facts, 'redirects')?.[attempt.hop - 1]?.http;
  const own = (fact(facts, 'http') ?? []).filter((one) => one.address === attempt.address && one.port === attempt.port);
  return own.find((one) => one.failure?.code === attempt.outcome.code) ?? own.find((one) => one.failure !== undefined);
}

export function httpFact(attempt: Attempt): FactKey {
  return attempt.hop > 0 ? 'redirects' : 'http';
}

export function httpEvidence(attempt: Attempt, says: string): Evidence[] {
  return [{ fact: httpFact(attempt), says }];
}

/** Who wrote an answer, as far as its headers tell. */
export function author(one: HttpTry | undefined): string | undefined {
  const server = one?.headers['server'];
  return server === undefined ? undefined : /^[A-Za-z0-9_.-]+/.exec(server)?.[0];
}

/** Signs that the answer came through, or from, somebody who stands before the server itself (RFC 9110 7.6.3, and the products' own). */
const gatewayHeaders = ['via', 'x-cache', 'x-served-by', 'x-varnish', 'cf-ray', 'x-amz-cf-id', 'x-iinfo'];
const gatewayNames =
  /^(cloudflare|cloudfront|akamaighost|fastly|varnish|nginx|openresty|envoy|haproxy|traefik|istio-envoy|awselb|google frontend|gws|kong|caddy|litespeed|tengine|azurefd|bunnycdn|sucuri)/i;

export function behindGateway(one: HttpTry | undefined): boolean {
  if (!one) return false;
  return (
    gatewayHeaders.some((name) => one.headers[name] !== undefined) || gatewayNames.test(one.headers['server'] ?? '')
  );
}

/** Words by which gateways say that what is behind them does not answer (their own error pages). */
const upstreamWords = [
  'no server is available to handle this request', // HAProxy
  'upstream connect error', // Envoy
  'no healthy upstream', // Envoy
  'upstream request timeout', // Envoy
  'backend fetch failed', // Varnish
  'the proxy server received an invalid response from an upstream server', // Apache
  'error reading from remote server', // Apache
  'no available server', // Traefik
  'failure to get a peer from the ring-balancer', // Kong
  'could not find any healthy', // load balancers
  'cannotforward', // Google
  'origin dns error',
  'web server is down', // Cloudflare 521
];

export function namesUpstream(one: HttpTry | undefined): boolean {
  const body = (one?.bodyHead ?? '').toLowerCase();
  return upstreamWords.some((words) => body.includes(words));
}

/** Words of a page that stands in while the service starts. */
const startingWords =
  /\b(starting up|is starting|warming up|initiali[sz]ing|is loading|being deployed|booting|getting ready|please wait while .{0,40}(start|load|wak))/i;

export function saysStarting(one: HttpTry | undefined): boolean {
  return startingWords.test(`${one?.reason ?? ''} ${one?.bodyHead ?? ''}`);
}

export function serverCulprit(attempt: Attempt, one: HttpTry | undefined): Culprit {
  const name = one?.status === undefined ? undefined : `HTTP ${one.status}`;
  const owner = author(one);
  return {
    kind: 'server',
    ...(name !== undefined && { name }),
    ...(attempt.address !== null && { address: attempt.address }),
    ...(owner !== undefined && { owner }),
  };
}

export const statusOf = (one: HttpTry | undefined): string => `HTTP ${one?.status ?? '?'}`;
