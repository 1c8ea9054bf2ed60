import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer, LateStep } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { dependsOnName, hasNameToCompare, openedSlowly, type Pace, type PaceTry, trickled } from '../../model/pace.js';
import type { Target } from '../../model/target.js';
import { controlName } from '../interference/payloads.js';
import { headOf } from '../http/exchange.js';
import { usualHttpRequest } from '../http/usual-request.js';
import { handshake } from './handshake.js';
import { dialAgain, type Endpoint, isOpen } from './open-connection.js';
import { usualRequest } from './usual-request.js';

const mostRounds = 3;
/** What a trickle has time for: once the other connection is done, so many times as long as that one took. */
const longestMs = 1_500;
const leastMs = 600;
const patience = 3;
const copyMs = 300;
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
  whenLate: { afterMs: 0, slow: { orAfterMs: 1_000 } },
  when: ({ target, ...facts }, { lateStep, system }) =>
    !system.sockets.counters
      ? 'needs system calls'
      : !hasNameToCompare(target)
        ? 'no page by TLS in a name'
        : slowStep({ target, ...facts }, lateStep?.() ?? null)
          ? null
          : 'nothing comes slowly',
  async gather({ target, ...facts }, context) {
    const slow = slowStep({ target, ...facts }, context.lateStep?.() ?? null);
    if (!slow) return skipped('it was answered after all');
    const { address, port, step } = slow;
    const done: Pace['rounds'][number][] = [];
    while (done.length < mostRounds && !context.signal.aborted) {
      const over = new AbortController();
      const ask = (asked: PaceTry['asked']): Promise<PaceTry | null> =>
        paceOf(asked, { address, port }, target, over.signal, context);
      const others = ask('other').finally(() => over.abort());
      const [same, other] = await Promise.all([ask('same'), others]);
      if (!same || !other) break;
      done.push({ same, other });
      if (dependsOnName(done) !== null) break;
    }
    if (context.signal.aborted || done.length === 0) return skipped('ended before it was compared');
    if (dependsOnName(done)) context.explained?.({ address, port, step });
    return known({ address, port, rounds: done }, 'TCP_INFO');
  },
};

/** The step that is waited for still, or the page that was waited for in vain: of what comes slowly, or came so before. */
function slowStep(facts: Facts, late: LateStep | null): Pick<LateStep, 'address' | 'port' | 'step'> | null {
  if (late && facts[late.step] === undefined) return late.isSlow() ? late : null;
  const page = fact(facts, 'http')?.find(
    (one) => trickled(one) || (one.failure?.code === 'timed-out' && openedSlowly(facts, one)),
  );
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
  let handshakeMs: number | null = null;
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
    handshakeMs = Math.round(clock.now() - begun);
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
  const waiting = AbortSignal.any([signal, enough.signal]);
  let otherMs: number | null = null;
  if (asked === 'same') otherDone.addEventListener('abort', () => (otherMs = clock.now() - begun), { once: true });
  const until = (): number => {
    // Of a trickle the first drop tells how slow it is.
    const soon = otherMs === null || bytes === 0 ? longestMs : Math.max(leastMs, patience * otherMs + copyMs);
    return begun + Math.min(longestMs, soon);
  };
  while (!waiting.aborted && look() < 2 * enoughBytes && clock.now() < until()) await clock.sleep(lookMs, waiting);
  look();
  const ms = Math.round(clock.now() - begun);
  stop.abort();
  connection.destroy();
  await talking.catch(() => undefined);
  return { asked, name, bytes, ms, handshakeMs, whole };
}
