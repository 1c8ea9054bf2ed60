import type { Duplex } from 'node:stream';
import { type Facts, fact, type HttpTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { Target } from '../../model/target.js';
import { measureTls } from '../tls/measure-later.js';
import { dialAgain, type Endpoint, isOpen } from '../tls/open-connection.js';
import { usualRequest } from '../tls/usual-request.js';
import { exchange } from './exchange.js';
import { httpTry } from './http-try.js';
import { usualHttpRequest } from './usual-request.js';

/** Failures that may be gone a moment later. A refusal by status 403 or 451 is a decision, and 429 asks not to come back. */
const fleeting = new Set<string>(['closed', 'reset', 'server-error', 'bad-gateway', 'unavailable', 'gateway-timeout']);
/** Those, and silence, which is too dear to wait for again without being asked. */
const repeatable = new Set<string>([...fleeting, 'timed-out', 'not-http']);
const repeats = 2;
const pauseMs = 250;
const longestMs = 4000;

export function isFleeting({ failure }: HttpTry): boolean {
  return failure?.operation === 'http' && fleeting.has(failure.code);
}

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
  const last = fact(facts, 'http')?.at(-1);
  return last?.failure?.operation === 'http' && repeatable.has(last.failure.code) ? last : undefined;
}

async function once(first: HttpTry, { target }: Facts, context: Context): Promise<HttpTry | null> {
  const connection = await connectionAgain({ address: first.address, port: first.port }, target, context);
  if (!connection) return null;
  const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() / 3));
  const request = { ...usualHttpRequest(target, context), timeoutMs };
  return httpTry(await exchange(connection, request, context.system, context.signal), request, first.address);
}

/** A new connection, ready for a request: with TLS and a certificate that holds, where the target wants it. */
export async function connectionAgain(endpoint: Endpoint, target: Target, context: Context): Promise<Duplex | null> {
  const connection = await dialAgain(endpoint, context);
  if (!isOpen(connection)) return null;
  if (target.transport === 'plain') return connection;
  const { system, signal } = context;
  const { entry, stream } = await measureTls(
    connection,
    endpoint,
    target.host,
    usualRequest(target, context),
    system,
    signal,
  );
  if (stream && !entry.failure) return stream;
  stream?.destroy();
  return null;
}
