import type { PathFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { failedOrSilent } from '../connect/connect.js';
import { burst, longestWay } from './burst.js';
import { patienceRoundTrips, roundTripTo } from './known-round-trip.js';

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
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 1_150 },
  when: (facts, context) =>
    context.system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : facts.target.scheme === 'unix'
        ? 'a socket file'
        : null,
  async gather(facts, context) {
    const failed = failedOrSilent(facts, context);
    return known(
      await Promise.all(
        failed
          .slice(0, 2)
          .map(({ address, port }) => trace(address, port, context, roundTripTo(address, facts) * patienceRoundTrips)),
      ),
      'IP_TTL',
    );
  },
};

/** `leastMs`: how long the first answer is waited for, where it is known how long the way takes. */
export async function trace(address: string, port: number, context: Context, leastMs = 0): Promise<PathFact> {
  const { hops, reachedAt } = await burst({ address, port }, { from: 1, to: longestWay }, context, leastMs);
  const lastAnswer = hops.findLastIndex((hop) => hop.address !== null);
  return { address, port, hops: hops.slice(0, reachedAt ?? lastAnswer + 2), reachedAt };
}
