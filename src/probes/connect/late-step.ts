import type { Duplex } from 'node:stream';
import type { Context, LateStep, LateWait } from '../../model/gatherer.js';
import type { LiveCounters } from '../../model/system.js';
import { openedSlowly, unaskedBytes } from '../../model/pace.js';
import { belowOf } from '../tls/below.js';

/**
 * Silence is looked into after so long, and some round trips. A handshake is answered without any other program; a page, or
 * what a service says to a client's first words, may take its time, and those who make it are spared.
 */
const patience = { tls: 350, http: 1_000, greeting: 1_000 };
const roundTrips = 4;
/** So many copies nobody acknowledged (some 250 ms on a short way): that does not come of a program that is busy. */
const copies = 2;
const unasked = { tls: 0, http: unaskedBytes, greeting: 0 };
const lookMs = 50;

export interface LatenessWatch {
  /** Ends the waiting: the diagnosis is over, or the silence explained. */
  readonly signal: AbortSignal;
  end(stayedSilent: boolean): void;
}

/** Watches an answer that is being waited for, and tells once it is late. */
export function watchLateness(
  step: Omit<LateStep, 'taken' | 'isSlow'>,
  stream: Duplex,
  context: Context,
  onLate?: () => void,
  patienceMs = patience[step.step],
): LatenessWatch {
  const { clock, sockets } = context.system;
  const enough = new AbortController();
  const over = new AbortController();
  const stop = AbortSignal.any([context.signal, over.signal]);
  const look = (): LiveCounters | null => sockets.counters?.(stream) ?? null;
  const came = (): number => sockets.counters?.(belowOf(stream))?.receivedBytes ?? 0;
  let wait: LateWait | undefined;
  const watch = async (): Promise<void> => {
    const first = look();
    const cameBefore = came();
    const before = first?.totalRetransmitted ?? 0;
    const patient = patienceMs + (roundTrips * (first?.rttUs ?? 0)) / 1000;
    let waited = 0;
    while (waited < patient) {
      const at = clock.now();
      await clock.sleep(lookMs, stop);
      if (stop.aborted) return;
      // Where this program itself was kept from running, an answer may lie there unread.
      waited += Math.min(clock.now() - at, 2 * lookMs);
      const now = look();
      if (now && now.unacknowledged > 0 && now.totalRetransmitted - before >= copies) break;
    }
    onLate?.();
    const last = look();
    const taken = last && last.unacknowledged === 0 && !last.unsent;
    const isSlow = (): boolean =>
      came() - cameBefore > unasked[step.step] || (step.step === 'http' && openedSlowly(context.latest(), step));
    wait = context.late?.({ ...step, taken, isSlow });
    wait?.explained.addEventListener('abort', () => enough.abort(), { once: true });
  };
  void watch();
  return {
    signal: AbortSignal.any([context.signal, enough.signal]),
    end: (stayedSilent) => {
      over.abort();
      wait?.end(stayedSilent);
    },
  };
}
