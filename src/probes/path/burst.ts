import { familyOf } from '../../model/address.js';
import type { HopFact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { Dialling, DialResult } from '../../model/system.js';

/** Hop limits that are tried. */
export const longestWay = 24;
/** A hop that has not answered by then does not answer: a way by satellite takes 600 to 700 ms. */
export const silenceMs = 900;
/** After the last answer: so many times the slowest one, but no less than this. */
const patience = { roundTrips: 4, leastMs: 150 };
/** Once the target has answered, whoever stands before it has had its time: half a way more, and some for a busy device. */
const behindTarget = { share: 0.45, leastMs: 12 };

export interface Burst {
  readonly hops: readonly HopFact[];
  /** The lowest hop limit with which the target itself answered. */
  readonly reachedAt: number | null;
}

/**
 * One SYN for each hop limit, all at once, each from a port of its own (the kernel holds one of each pair of ends).
 * `leastMs` is how long the first answer is waited for at least: where an answer of the target's took that long already.
 */
export async function burst(
  to: { readonly address: string; readonly port: number },
  limits: { readonly from: number; readonly to: number },
  { system, signal, remaining, options }: Context,
  leastMs = 0,
): Promise<Burst> {
  const shortest = Math.max(patience.leastMs, leastMs);
  const { clock, sockets } = system;
  const bound = Math.max(50, Math.min(silenceMs, remaining() - 100));
  const began = clock.now();
  const dials: Dialling[] = [];
  for (let ttl = limits.from; ttl <= limits.to; ttl++) {
    const request = { ...to, timeoutMs: bound, discard: true, ttl, timed: true, interface: options.interface } as const;
    dials.push(sockets.dial(request, signal));
  }
  const results: (DialResult | null)[] = dials.map(() => null);
  const last = new AbortController();
  let slowest = 0;
  let generation = 0;
  let reached = false;
  const endAfter = async (ms: number): Promise<void> => {
    const mine = ++generation;
    await clock.sleep(ms, last.signal);
    if (mine === generation) for (const dialling of dials) dialling.giveUp();
  };
  void endAfter(shortest);
  await Promise.all(
    dials.map(async (dialling, index) => {
      const result = await dialling.done;
      result.stream?.destroy();
      results[index] = result;
      if (reached || (result.failure?.code === 'timed-out' && (result.icmp ?? []).length === 0)) return;
      reached = fromTarget(result, to.address);
      slowest = Math.max(slowest, msOf(result));
      void endAfter(
        reached
          ? Math.max(behindTarget.leastMs, (clock.now() - began) * behindTarget.share)
          : Math.max(shortest, slowest * patience.roundTrips),
      );
    }),
  );
  last.abort();
  const hops = results.flatMap((result, at) => (result ? [hopOf(result, limits.from + at, to.address)] : []));
  const first = results.findIndex((result) => result !== null && fromTarget(result, to.address));
  return { hops, reachedAt: first < 0 ? null : limits.from + first };
}

function hopOf(result: DialResult, ttl: number, target: string): HopFact {
  const icmp = result.icmp?.at(-1);
  const ms = Math.round(msOf(result) * 100) / 100;
  if (icmp?.from) return { ttl, address: icmp.from, icmp: { type: icmp.type, code: icmp.code }, ms };
  const own = fromTarget(result, target);
  return { ttl, address: own ? target : null, icmp: null, ms: own ? ms : null };
}

/** By the kernel's clock where it tells: this process's own goes on while it is busy elsewhere. */
function msOf({ heardMs, failure, tcp, ms }: DialResult): number {
  if (heardMs !== undefined && heardMs >= 0) return Math.min(heardMs, ms);
  return !failure && tcp && tcp.rttUs > 0 ? tcp.rttUs / 1000 : ms;
}

/** The target itself, or somebody who writes in its name, answered by TCP or by an ICMP error of its own. */
export function fromTarget(result: DialResult, target: string): boolean {
  if (!result.failure) return true;
  const icmp = result.icmp ?? [];
  if (icmp.length > 0) return icmp.some((one) => one.from === target && one.type !== exceededFor(target));
  return result.failure.code === 'refused' || result.failure.code === 'reset';
}

/** "Time exceeded" (RFC 792, 4443). */
export function exceededFor(target: string): number {
  return familyOf(target) === 6 ? 3 : 11;
}
