import { blockPageIn } from '../../data/block-pages.js';
import type { Failure } from '../../model/failure.js';
import type { Exchange } from './exchange.js';
import { notUpgraded } from './websocket.js';

/**
 * What an answer means for somebody who wants that page. Not failures:
 * - 404, 410: the server works and answers; that page is not there.
 * - 401 with a challenge: the server works and wants a login, which this program never has.
 * - 400, 405, 406, 415, 426 and the like: the server dislikes this request, which lacks the user's own query, method or
 *   protocol; the user's program would ask rightly.
 *   Of a WebSocket that was asked for, some of these say that there is none (`websocket.ts`).
 * - challenge pages of a content network ("checking your browser"): a browser passes them by itself.
 */
export function classifyResponse(
  exchange: Exchange,
  secure: boolean,
  host = '',
  webSocket?: string,
): Failure | undefined {
  if (exchange.strange && !secure && isTlsAlert(exchange.strange))
    return failure('tls-expected', 'a TLS alert came back');
  if (exchange.failure || !exchange.response) return exchange.failure;
  const { status, reason, headers } = exchange.response;
  const raw = `${status} ${reason}`.trimEnd();
  const body = exchange.bodyHead.toString('latin1');
  if (!secure && status === 400 && saysTlsExpected(body)) return failure('tls-expected', raw);
  if (secure && asksForCertificate(status, reason, body))
    return { operation: 'tls', code: 'client-certificate-required', raw };
  if (status < 400 && !secure) {
    // A long page that holds such words is about them.
    const words = exchange.bodyBytes <= longestBlockPage ? body : '';
    const page = blockPageIn({ location: headers.get('location'), body: words }, host);
    if (page) return failure('forbidden', `${raw}, a block page (${page.owner})`);
  }
  const refused = webSocket === undefined ? undefined : notUpgraded(exchange.response, webSocket);
  if (refused) return refused;
  // Of a redirect only its head counts. What a status says already is no less true when its page is not whole.
  if (status < 400) return status < 300 ? exchange.cut : undefined;
  if (isChallenge(headers, body)) return undefined;
  if (status === 401) return headers.has('www-authenticate') ? undefined : failure('forbidden', raw);
  const code = byStatus[status] ?? (status >= 500 ? 'server-error' : undefined);
  return code ? failure(code, raw) : exchange.cut;
}

const longestBlockPage = 8192;

const byStatus: Readonly<Record<number, Failure<'http'>['code']>> = {
  403: 'forbidden',
  407: 'proxy-authentication',
  408: 'client-error',
  421: 'client-error',
  429: 'rate-limited',
  451: 'legal-block',
  502: 'bad-gateway',
  503: 'unavailable',
  504: 'gateway-timeout',
  511: 'network-authentication',
};

function failure(code: Failure<'http'>['code'], raw: string): Failure<'http'> {
  return { operation: 'http', code, raw: raw.slice(0, 200) };
}

/** Record type 21, version 3.x: what OpenSSL and others send to somebody who speaks plainly. */
export function isTlsAlert(bytes: Uint8Array): boolean {
  return bytes[0] === 21 && bytes[1] === 3;
}

/** nginx; Apache; Go's net/http (Caddy, Traefik); Tomcat; HAProxy and lighttpd close or say it in like words. */
const tlsExpected = [
  'The plain HTTP request was sent to HTTPS port',
  'speaking plain HTTP to an SSL-enabled server port',
  'Client sent an HTTP request to an HTTPS server',
  'This combination of host and port requires TLS',
  'requires HTTPS',
];

function saysTlsExpected(body: string): boolean {
  return tlsExpected.some((words) => body.includes(words));
}

/** nginx answers a missing or unwelcome client certificate in HTTP (its statuses 495 and 496, shown as 400); IIS as 403.7. */
function asksForCertificate(status: number, reason: string, body: string): boolean {
  if (status === 400) return /No required SSL certificate was sent|The SSL certificate error/.test(body);
  return (
    status === 495 ||
    status === 496 ||
    (status === 403 && /403\.7\b|client certificate required/i.test(`${reason} ${body}`))
  );
}

/**
 * A page by which a content network asks the visitor to prove a browser: Cloudflare (documented header), AWS WAF
 * (documented header), and Cloudflare's older pages.
 */
function isChallenge(headers: ReadonlyMap<string, string>, body: string): boolean {
  if (headers.get('cf-mitigated') === 'challenge') return true;
  if (/^(challenge|captcha)$/.test(headers.get('x-amzn-waf-action') ?? '')) return true;
  return (
    headers.get('server') === 'cloudflare' && /\/cdn-cgi\/challenge-platform\/|<title>Just a moment\.\.\.</.test(body)
  );
}
