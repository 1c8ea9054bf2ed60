import { familyOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer, LateStep } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { isSlowed, type Pace, type PaceTry, trickled } from '../../model/pace.js';
import type { Target } from '../../model/target.js';
import { controlName } from '../interference/payloads.js';
import { headOf } from '../http/exchange.js';
import { usualHttpRequest } from '../http/usual-request.js';
import { handshake } from './handshake.js';
import { dialAgain, type Endpoint, isOpen } from './open-connection.js';
import { usualRequest } from './usual-request.js';

/** Once is chance. */
const rounds = 2;
/** What a trickle has time for: once the other connection is done, so many times as long as that one took. */
const longestMs = 1_500;
const leastMs = 600;
const patience = 3;
/** More is not needed to see that it is no trickle; each two packets of it are acknowledged by one of ours. */
const enoughBytes = 9_000;
const lookMs = 10;

/**
 * Bytes over time, for the name that was asked for and for another one of the same length at the same address: somebody on
 * the way who slows down a name does so by what it reads where TLS is opened, and nothing else differs. The request
 * behind it is the very same.
 */
export const pace: Gatherer<'tls.pace'> = {
  fact: 'tls.pace',
  needs: ['tls', 'http'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 1_000, trickles: true },
  when: ({ target, ...facts }, { lateStep, system }) =>
    !system.sockets.counters
      ? 'needs system calls'
      : target.transport !== 'tls' || target.protocol !== 'http' || familyOf(target.host) !== 0
        ? 'no page by TLS in a name'
        : slowStep({ target, ...facts }, lateStep?.() ?? null)
          ? null
          : 'nothing comes in a trickle',
  async gather({ target, ...facts }, context) {
    const slow = slowStep({ target, ...facts }, context.lateStep?.() ?? null);
    if (!slow) return skipped('it was answered after all');
    const { address, port, step } = slow;
    const done: Pace['rounds'][number][] = [];
    for (let round = 0; round < rounds; round++) {
      const over = new AbortController();
      const ask = (asked: PaceTry['asked']): Promise<PaceTry | null> =>
        paceOf(asked, { address, port }, target, over.signal, context);
      const others = ask('other').finally(() => over.abort());
      const [same, other] = await Promise.all([ask('same'), others]);
      if (same && other) done.push({ same, other });
    }
    if (context.signal.aborted || done.length === 0) return skipped('ended before it was compared');
    const found = { address, port, rounds: done };
    if (done.length === rounds && done.every(isSlowed)) context.explained?.({ address, port, step });
    return known(found, 'TCP_INFO');
  },
};

/** The step that is waited for still, or the page that was waited for in vain. */
function slowStep(facts: Facts, late: LateStep | null): Pick<LateStep, 'address' | 'port' | 'step'> | null {
  if (late && facts[late.step] === undefined) return late.trickles() ? late : null;
  const page = fact(facts, 'http')?.find(trickled);
  return page ? { address: page.address, port: page.port, step: 'http' } : null;
}

async function paceOf(
  asked: PaceTry['asked'],
  endpoint: Endpoint,
  target: Target,
  otherDone: AbortSignal,
  context: Context,
): Promise<PaceTry | null> {
  const { clock, sockets } = context.system;
  const connection = await dialAgain(endpoint, context);
  if (!isOpen(connection)) return null;
  const begun = clock.now();
  const name = asked === 'same' ? target.host : controlName(target.host);
  let bytes = 0;
  let whole = false;
  const look = (): number => (bytes = Math.max(bytes, sockets.counters?.(connection)?.receivedBytes ?? 0));
  const stop = new AbortController();
  const enough = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const talk = async (): Promise<void> => {
    const shake = await handshake(
      connection,
      { ...usualRequest(target, context), serverName: name },
      context.system,
      signal,
    );
    if (!shake.stream) return;
    const { stream } = shake;
    stream.on('error', () => undefined);
    stream.once('end', () => (whole = true));
    let read = 0;
    stream.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (read >= enoughBytes) enough.abort();
    });
    stream.write(headOf(usualHttpRequest(target, context)));
    await new Promise<void>((resolve) => stream.once('close', () => resolve()));
  };
  const talking = talk().then(() => stop.abort());
  let until = begun + longestMs;
  const shorten = (): void => {
    until = Math.min(until, begun + Math.max(leastMs, patience * (clock.now() - begun)));
  };
  if (asked === 'same') otherDone.addEventListener('abort', shorten, { once: true });
  const waiting = AbortSignal.any([signal, enough.signal]);
  while (!waiting.aborted && clock.now() < until && look() < 2 * enoughBytes) await clock.sleep(lookMs, waiting);
  look();
  const ms = Math.round(clock.now() - begun);
  stop.abort();
  connection.destroy();
  await talking.catch(() => undefined);
  return { asked, name, bytes, ms, whole };
}
