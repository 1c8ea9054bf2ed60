import type { Duplex } from 'node:stream';
import { type Facts, fact, type HttpTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { Target } from '../../model/target.js';
import { mayBeForAnyName, mayBeInstead } from '../../model/page-instead.js';
import { proxyOf } from '../../model/proxied.js';
import { inTurn } from '../connect/in-turn.js';
import { watchLateness } from '../connect/late-step.js';
import { connectionTo, type Endpoint, isOpen, streamKey, waitForEndpoints } from '../tls/open-connection.js';
import { connectionAgain, isFleeting } from './again.js';
import { exchange } from './exchange.js';
import { httpHead } from './http-head.js';
import { httpTry } from './http-try.js';
import { usualHttpRequest } from './usual-request.js';

const mostAddresses = 3;
const mostTries = 3;
/** Two questions to name servers that have just answered. */
const soonMs = 400;

/** One request on the connection that the step before left open; on other addresses only when that failed. */
export const httpGatherer: Gatherer<'http'> = {
  ...httpHead,
  async gather(facts, context) {
    const { target } = facts;
    const endpoints =
      target.transport === 'tls' ? await secured(facts, context) : await waitForEndpoints(facts, context);
    if (endpoints.length === 0) return skipped('there is no connection to ask on');
    const each: HttpTry[][] = [];
    await inTurn(endpoints.slice(0, mostAddresses), context, async (endpoint, at, own, onLate) => {
      const stream = await streamFor(endpoint, target, own);
      return stream !== null && tryEndpoint(endpoint, stream, target, own, (each[at] = []), onLate);
    });
    const tries = each.flat();
    // Whose page this is, only a comparison tells: whether the same comes for others.
    if (mayBeInstead(context.latest(), tries)) await context.wanted?.('references');
    if (mayBeForAnyName(context.latest(), tries)) await soon(context.wanted?.('name.others'), context);
    return tries.length > 0 ? known(tries, 'request') : skipped('ended before an answer came');
  },
};

/** Nobody whose page came waits longer for what might be wrong with it. */
async function soon(measured: Promise<void> | undefined, { system, signal }: Context): Promise<void> {
  const done = new AbortController();
  await Promise.race([measured, system.clock.sleep(soonMs, AbortSignal.any([signal, done.signal]))]);
  done.abort();
}

/** Adds what was tried; true when the address has given an answer that holds. */
async function tryEndpoint(
  endpoint: Endpoint,
  first: Duplex,
  target: Target,
  context: Context,
  tries: HttpTry[],
  onLate: () => void,
): Promise<boolean> {
  let stream: Duplex | null = first;
  for (let failures = 0, count = 0; stream && count < mostTries; count++) {
    const request = usualHttpRequest(target, context);
    const here = endpoint.port > 0 && proxyOf(context.latest()) === null;
    const watch = here ? watchLateness({ ...endpoint, step: 'http' }, stream, context, onLate) : null;
    const done = await exchange(stream, request, context.system, watch?.signal ?? context.signal);
    const entry: HttpTry = httpTry(done, request, endpoint.address);
    watch?.end(entry.failure?.code === 'timed-out');
    if (entry.failure && context.signal.aborted) return false;
    tries.push(entry);
    if (entry.failure) failures++;
    if (failures > 1 || (entry.failure && !isFleeting(entry))) return false;
    // It failed once and held once: a glitch is what holds each time after that.
    if (!entry.failure && (failures === 0 || count === mostTries - 1)) return true;
    stream = await connectionAgain(endpoint, target, context);
  }
  return false;
}

/** Where TLS is done and the certificate holds. */
async function secured(facts: Facts, context: Context): Promise<Endpoint[]> {
  if (facts.tls === undefined) await context.settled('tls');
  const held = (fact(facts.tls === undefined ? context.latest() : facts, 'tls') ?? []).filter(
    (one) => one.failure === undefined,
  );
  const open = [...context.streams.keys()].flatMap((key) => {
    const [, address, port] = /^tls:(.*):(\d+)$/.exec(key) ?? [];
    return address === undefined ? [] : [{ address, port: Number(port) }];
  });
  const all = [...held.map(({ address, port }) => ({ address, port })), ...open];
  return all.filter((one, i) => all.findIndex((other) => streamKey('tls', other) === streamKey('tls', one)) === i);
}

async function streamFor(endpoint: Endpoint, target: Target, context: Context): Promise<Duplex | null> {
  if (target.transport === 'tls') {
    const key = streamKey('tls', endpoint);
    const stream = context.streams.get(key) ?? null;
    context.streams.delete(key);
    return stream;
  }
  const connection = await connectionTo(endpoint, context);
  return isOpen(connection) ? connection : null;
}
