import { type Facts, fact, type HttpTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { measureTls } from '../tls/measure-tls.js';
import { dialAgain, isOpen } from '../tls/open-connection.js';
import { usualRequest } from '../tls/tls.js';
import { exchange } from './exchange.js';
import { usualHttpRequest } from './http.js';
import { httpTry } from './http-try.js';

/** Failures that may be gone a moment later. A refusal by status 403 or 451 is a decision, and 429 asks not to come back. */
const fleeting = new Set<string>([
  'closed',
  'reset',
  'timed-out',
  'not-http',
  'server-error',
  'bad-gateway',
  'unavailable',
  'gateway-timeout',
]);
const repeats = 2;
const pauseMs = 250;
const longestMs = 4000;

/** The same request again, twice, on new connections: whether a failure lasts. */
export const httpAgainGatherer: Gatherer<'http.again'> = {
  fact: 'http.again',
  needs: ['http'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (failedTry(facts) ? null : 'no answer failed in a way that may pass'),
  async gather(facts, context) {
    const first = failedTry(facts);
    if (!first) return skipped('no answer failed in a way that may pass');
    const tries: HttpTry[] = [];
    for (let i = 0; i < repeats && !context.signal.aborted; i++) {
      await context.system.clock.sleep(pauseMs, context.signal);
      const again = await once(first, facts, context);
      if (again && !context.signal.aborted) tries.push(again);
    }
    return tries.length > 0 ? known(tries, 'request') : skipped('no second connection could be opened');
  },
};

function failedTry(facts: Facts): HttpTry | undefined {
  return fact(facts, 'http')?.find((one) => one.failure?.operation === 'http' && fleeting.has(one.failure.code));
}

async function once(first: HttpTry, { target }: Facts, context: Context): Promise<HttpTry | null> {
  const connection = await dialAgain({ address: first.address, port: first.port }, context);
  if (!isOpen(connection)) return null;
  const { system, signal } = context;
  const request = { ...usualHttpRequest(target, context), timeoutMs: Math.max(1, Math.min(longestMs, context.remaining() / 3)) };
  if (!request.secure) return httpTry(await exchange(connection, request, system, signal), request, first.address);
  const { entry, stream } = await measureTls(connection, { address: first.address, port: first.port }, target.host, usualRequest(target, context), system, signal);
  if (stream && !entry.failure) return httpTry(await exchange(stream, request, system, signal), request, first.address);
  stream?.destroy();
  return null;
}
