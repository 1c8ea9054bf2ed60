import type { Duplex } from 'node:stream';
import type { LiveCounters, System } from '../../model/system.js';
import { belowOf } from '../tls/below.js';

/**
 * So many copies have gone 0.9 s after the first packet on a short way (a probe, then after TCP_RTO_MIN twice and four times
 * that), later on a longer one. Where a third of all packets gets lost, one in eighty is lost with three copies.
 */
const unheard = { lookMs: 50, copies: 3, unsentMs: 1_000 };

/**
 * The other side's kernel acknowledges what came in, however busy its program is. Where it has not, after so many copies,
 * what was said does not arrive, and longer silence shows nothing new. Never resolves otherwise.
 */
export async function untilUnheard(stream: Duplex, system: System, signal: AbortSignal): Promise<'timed-out'> {
  const look = (): LiveCounters | null => system.sockets.counters?.(stream) ?? null;
  const begun = system.clock.now();
  const before = look()?.totalRetransmitted ?? 0;
  for (let now = look(); now && !signal.aborted; now = look()) {
    if (now.unacknowledged > 0 && now.totalRetransmitted - before >= unheard.copies) return 'timed-out';
    // Never sent at all: held back on this device.
    if ((now.unsent ?? 0) > 0 && now.unacknowledged === 0 && system.clock.now() - begun >= unheard.unsentMs)
      return 'timed-out';
    await system.clock.sleep(unheard.lookMs, signal);
  }
  return new Promise(() => undefined);
}

/** What was said on it, where nothing came, lies here still: nothing is on its way, and the other side has room for it. */
export function keptOn(stream: Duplex, { sockets }: System): { readonly unsent?: true } {
  const now = sockets.counters?.(belowOf(stream));
  const unsent = now?.unsent ?? 0;
  return unsent > 0 && now?.unacknowledged === 0 && (now.sendWindow ?? 0) >= unsent ? { unsent: true } : {};
}
