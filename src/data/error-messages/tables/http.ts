import type { MeaningId } from '../meanings/index.js';
import type { MessageTable } from '../types.js';

/** Status codes and their phrases (RFC 9110, 6585, 7725; 52x of Cloudflare; nginx's 499). */
const statuses: readonly (readonly [code: number, meaning: MeaningId, ...phrases: string[]])[] = [
  [400, 'http-bad-request', 'Bad Request'],
  [401, 'http-login', 'Unauthorized', 'Authorization Required'],
  [403, 'http-forbidden', 'Forbidden'],
  [404, 'http-not-found', 'Not Found'],
  [405, 'http-bad-request', 'Method Not Allowed', 'Not Allowed'],
  [407, 'proxy-login', 'Proxy Authentication Required'],
  [408, 'response-timeout', 'Request Timeout', 'Request Time-out'],
  [410, 'http-not-found', 'Gone'],
  [413, 'http-bad-request', 'Payload Too Large', 'Request Entity Too Large'],
  [421, 'tls-name-unknown', 'Misdirected Request'],
  [426, 'http-bad-request', 'Upgrade Required'],
  [429, 'http-rate', 'Too Many Requests'],
  [451, 'http-legal', 'Unavailable For Legal Reasons'],
  [500, 'http-server-error', 'Internal Server Error'],
  [501, 'http-server-error', 'Not Implemented'],
  [502, 'http-gateway', 'Bad Gateway', 'Proxy Error'],
  [503, 'http-unavailable', 'Service Unavailable', 'Service Temporarily Unavailable', 'Backend fetch failed'],
  [504, 'http-gateway-timeout', 'Gateway Timeout', 'Gateway Time-out'],
  [505, 'http-server-error', 'HTTP Version Not Supported'],
  [507, 'http-server-error', 'Insufficient Storage'],
  [508, 'redirect-loop', 'Loop Detected'],
  [511, 'http-portal', 'Network Authentication Required'],
  [520, 'origin-down', 'Web server is returning an unknown error'],
  [521, 'origin-down', 'Web server is down'],
  [522, 'origin-down', 'Connection timed out'],
  [523, 'origin-down', 'Origin is unreachable'],
  [524, 'http-gateway-timeout', 'A timeout occurred'],
  [525, 'origin-down', 'SSL handshake failed'],
  [526, 'origin-down', 'Invalid SSL certificate'],
  [530, 'origin-down', 'Origin DNS error'],
];

/** How programs write a status down. */
const forms: readonly ((code: number, phrase: string) => string)[] = [
  (code, phrase) => `${code} ${phrase}`,
  (code, phrase) => `${code}: ${phrase}`,
  (code) => `HTTP/1.1 ${code}`,
  (code) => `HTTP/1.0 ${code}`,
  (code) => `HTTP/2 ${code}`,
  (code) => `HTTP/3 ${code}`,
  (code) => `HTTP/2.0 ${code}`,
  (code) => `HTTP ERROR ${code}`,
  (code) => `HTTP ${code}`,
  (code) => `HTTP status ${code}`,
  (code) => `HTTP status code ${code}`,
  (code) => `HTTP status code: ${code}`,
  (code) => `HTTP status: ${code}`,
  (code) => `returned error: ${code}`,
  (code) => `status code ${code}`,
  (code) => `status code: ${code}`,
  (code) => `statusCode: ${code}`,
  (code) => `statusCode=${code}`,
  (code) => `response code ${code}`,
  (code) => `response code: ${code}`,
  (code) => `returned an error: (${code})`,
  (code) => `does not indicate success: ${code}`,
  (code) => `Error code: ${code}`,
  (code) => `${code} Client Error`,
  (code) => `${code} Server Error`,
  (code) => `ERROR ${code}:`,
  (code) => `status: ${code}`,
  (code) => `status of ${code}`,
  (code) => `Error ${code}`,
];

function patterns(): Partial<Record<MeaningId, string[]>> {
  const rows: Partial<Record<MeaningId, string[]>> = {};
  for (const [code, meaning, ...phrases] of statuses) {
    const texts = (rows[meaning] ??= []);
    for (const [at, form] of forms.entries()) {
      // Only the first two forms hold the phrase; a phrase alone ("Forbidden") is too common a word to go by.
      if (at < 2) texts.push(...phrases.map((phrase) => form(code, phrase)));
      else texts.push(form(code, ''));
    }
  }
  return rows;
}

const status = patterns();

export const http: MessageTable = {
  from: 'http',
  layer: 'system',
  source:
    'RFC 9110 section 15, RFC 6585, RFC 7725; status pages of nginx, Apache, HAProxy, Cloudflare, Varnish and squid',
  messages: {
    ...status,
    'http-gateway': [
      ...(status['http-gateway'] ?? []),
      'upstream connect error or disconnect/reset before headers',
      'no healthy upstream',
      'The server returned an invalid or incomplete response',
      'upstream prematurely closed connection',
    ],
    'http-gateway-timeout': [
      ...(status['http-gateway-timeout'] ?? []),
      'upstream timed out',
      "The server didn't respond in time",
      'upstream request timeout',
    ],
    'http-unavailable': [
      ...(status['http-unavailable'] ?? []),
      'No server is available to handle this request',
      'default backend - 404',
      'The service is unavailable',
    ],
    'http-rate': [
      ...(status['http-rate'] ?? []),
      'Error 1015 You are being rate limited',
      'API rate limit exceeded',
      'rate limit exceeded',
      'error code: 1015',
    ],
    'http-forbidden': [
      ...(status['http-forbidden'] ?? []),
      'Error 1020 Access denied',
      'Error 1020 {any} Access denied',
      "You don't have permission to access {url} on this server",
      'Sorry, you have been blocked',
      "You don't have permission to access this resource",
      "Access Denied You don't have permission to access",
      'error code: 1020',
      'error code: 1006',
    ],
    'origin-down': [...(status['origin-down'] ?? []), 'Error 1016 Origin DNS error', 'error code: 1016'],
    'proxy-login': [...(status['proxy-login'] ?? []), 'Cache Access Denied', 'Proxy Authentication Required'],
    'plain-to-tls': [
      'The plain HTTP request was sent to HTTPS port',
      'Client sent an HTTP request to an HTTPS server',
      "You're speaking plain HTTP to an SSL-enabled server port",
    ],
    'redirect-loop': [...(status['redirect-loop'] ?? []), 'too many redirects'],
  },
  marks: ['for url: {url}', 'Failed to load resource: the server responded with a status of {number}'],
};
