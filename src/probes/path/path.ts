import type { HopFact, PathFact } from '../../model/facts.js';
import { familyOf } from '../../model/address.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { failedOrSilent } from '../connect/connect.js';
import type { Dialling, DialResult } from '../../model/system.js';

const longestWay = 24;
/** A hop that has not answered by then does not answer. */
const silenceMs = 900;
/** After the last answer: so many times the slowest one, but no less than this. */
const patience = { roundTrips: 4, leastMs: 150 };

/**
 * The routers on the way, by TCP to the target's own port: one SYN for each hop limit, all at once, without root (the
 * kernel hands "time exceeded" to the socket by IP_RECVERR).
 */
export const path: Gatherer<'path'> = {
  fact: 'path',
  needs: ['name.system'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  hedge: { fact: 'connect', afterMs: 1_150 },
  when: (facts, context) =>
    context.system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : facts.target.scheme === 'unix'
        ? 'a socket file'
        : null,
  async gather(facts, context) {
    const failed = failedOrSilent(facts, context);
    return known(
      await Promise.all(failed.slice(0, 2).map(({ address, port }) => trace(address, port, context))),
      'IP_TTL',
    );
  },
};

async function trace(address: string, port: number, context: Context): Promise<PathFact> {
  const { clock, sockets } = context.system;
  const bound = Math.max(50, Math.min(silenceMs, context.remaining() - 100));
  const dials: Dialling[] = [];
  for (let ttl = 1; ttl <= longestWay; ttl++) {
    dials.push(
      sockets.dial(
        { address, port, timeoutMs: bound, discard: true, ttl, interface: context.options.interface },
        context.signal,
      ),
    );
  }
  const results: (DialResult | null)[] = dials.map(() => null);
  let slowest = 0;
  let generation = 0;
  const endWhenQuiet = async (): Promise<void> => {
    const mine = ++generation;
    await clock.sleep(Math.max(patience.leastMs, slowest * patience.roundTrips), context.signal);
    if (mine === generation) for (const dialling of dials) dialling.giveUp();
  };
  void endWhenQuiet();
  await Promise.all(
    dials.map(async (dialling, index) => {
      const result = await dialling.done;
      result.stream?.destroy();
      results[index] = result;
      if (result.failure?.code === 'timed-out' && (result.icmp ?? []).length === 0) return;
      slowest = Math.max(slowest, result.ms);
      void endWhenQuiet();
    }),
  );
  const hops = results.flatMap((result, index) => (result ? [hopOf(result, index + 1, address)] : []));
  const reached = results.findIndex((result) => result !== null && fromTarget(result, address));
  const reachedAt = reached < 0 ? null : reached + 1;
  const lastAnswer = hops.findLastIndex((hop) => hop.address !== null);
  return { address, port, hops: hops.slice(0, reachedAt ?? lastAnswer + 2), reachedAt };
}

function hopOf(result: DialResult, ttl: number, target: string): HopFact {
  const icmp = result.icmp?.at(-1);
  if (icmp?.from) return { ttl, address: icmp.from, icmp: { type: icmp.type, code: icmp.code }, ms: round(result.ms) };
  return {
    ttl,
    address: fromTarget(result, target) ? target : null,
    icmp: null,
    ms: fromTarget(result, target) ? round(result.ms) : null,
  };
}

/** The target itself, or somebody who writes in its name, answered by TCP or by an ICMP error of its own. */
function fromTarget(result: DialResult, target: string): boolean {
  if (!result.failure) return true;
  const icmp = result.icmp ?? [];
  if (icmp.length > 0) {
    const exceeded = familyOf(target) === 6 ? 3 : 11;
    return icmp.some((one) => one.from === target && one.type !== exceeded);
  }
  return result.failure.code === 'refused' || result.failure.code === 'reset';
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
