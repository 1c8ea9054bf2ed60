import type { HttpTry } from '../../model/facts.js';
import { classifyResponse } from './classify-response.js';
import type { Exchange, Request } from './exchange.js';

const longestValue = 300;
const longestLocation = 2000;

/** Headers that tell who wrote an answer, when, and what is wanted. All others, cookies first, are left where they are. */
const telling = new Set([
  'age',
  'alt-svc',
  'cf-mitigated',
  'cf-ray',
  'content-length',
  'content-type',
  'date',
  'link',
  'proxy-agent',
  'proxy-authenticate',
  'refresh',
  'retry-after',
  'server',
  'strict-transport-security',
  'via',
  'www-authenticate',
  'x-amz-cf-id',
  'x-amz-cf-pop',
  'x-amzn-errortype',
  'x-amzn-waf-action',
  'x-bluecoat-via',
  'x-cache',
  'x-cache-lookup',
  'x-iinfo',
  'x-infection-found',
  'x-powered-by',
  'x-served-by',
  'x-squid-error',
  'x-sucuri-block',
  'x-varnish',
]);

/**
 * The whole Location of an answer, for following it. Its query may hold a token that a server made up, so that it never
 * becomes a fact.
 */
const locations = new WeakMap<HttpTry, string>();

export function fullLocation(one: HttpTry): string | undefined {
  return locations.get(one) ?? one.location;
}

/** One exchange as a fact, without anything secret in it. */
export function httpTry(done: Exchange, request: Request, address: string): HttpTry {
  const failure = classifyResponse(done, request.secure, request.host, request.webSocket);
  const { response } = done;
  const location = response?.headers.get('location')?.slice(0, longestLocation);
  const entry: HttpTry = {
    address,
    port: request.port,
    url: withoutQuery(urlOf(request)),
    ms: done.ms,
    ...(failure && { failure }),
    ...(response && { status: response.status, reason: response.reason }),
    ...(failure?.code === 'timed-out' && { receivedBytes: done.receivedBytes }),
    headers: response ? tellingHeaders(response.headers) : {},
    bodyBytes: done.bodyBytes,
    ...(response && keepsBody(response.status, request.secure) && { bodyHead: done.bodyHead.toString('utf8') }),
    ...(response && !request.secure && speaksOfBlocking(done) && { ofBlocking: true }),
    ...(location !== undefined && { location: withoutQuery(location).slice(0, longestValue) }),
    ...(done.strange && { greeting: done.strange.toString('latin1') }),
  };
  if (location !== undefined) locations.set(entry, location);
  return entry;
}

/** A page by which somebody blocks is short, and says so. */
const shortPage = 2_048;
const ofBlocking =
  /\b(?:blocked|prohibited|forbidden|restricted|access (?:is |has been )?denied|not (?:available|permitted|allowed) (?:from|on|by|in) (?:this|your))\b/i;

function speaksOfBlocking({ bodyBytes, bodyHead }: Pick<Exchange, 'bodyBytes' | 'bodyHead'>): boolean {
  return bodyBytes < shortPage && ofBlocking.test(bodyHead.toString('utf8'));
}

function urlOf({ secure, host, port, path }: Request): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const shownPort = port === (secure ? 443 : 80) ? '' : `:${port}`;
  return `${secure ? 'https' : 'http'}://${name}${shownPort}${path.startsWith('/') ? path : `/${path}`}`;
}

/** Without query, fragment, user name and password. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/@]*@/i, '$1//');
}

/** Error pages tell who wrote them; a page that came in the clear may be a block page whatever its status. */
function keepsBody(status: number, secure: boolean): boolean {
  return status >= 400 || !secure;
}

export function tellingHeaders(headers: ReadonlyMap<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (telling.has(name)) kept[name] = bounded(name, value).slice(0, longestValue);
  }
  return kept;
}

/** Of several challenges in a row (RFC 9110 11.6.1) what no `=` follows; what is quoted may hold commas. */
function schemesIn(challenges: string): string[] {
  const parts = challenges
    .slice(0, 4_096)
    .replaceAll(/"[^"]*"/g, '""')
    .split(',');
  return parts.flatMap((part) => /^\s*([A-Za-z][\w-]*)(?=\s+[^\s=]|\s*$)/.exec(part)?.[1] ?? []);
}

function bounded(name: string, value: string): string {
  // A challenge's parameters can be tokens of this one visit: the schemes say enough.
  if (name.endsWith('-authenticate')) return schemesIn(value).join(', ');
  return name === 'link' || name === 'refresh' ? value.replace(/\?[^>;\s]*/g, '') : value;
}
