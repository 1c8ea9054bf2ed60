import { familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { NearTry } from '../../model/way-facts.js';

/** Who catches connections stands with this network or its provider. */
const farthest = 6;
/** discard (RFC 863): nobody serves it, and nobody catches it. */
const uncaught = [9, 13];
const leastWaitMs = 120;
const longestWaitMs = 900;

type Place = Pick<NearTry, 'address' | 'port' | 'as'>;

/**
 * Whether somebody on the way accepts connections in the name of others. Its opening packet goes only so many hops: who
 * answers is no farther away. Controls with the same hop limit: another port of the same address, whose packets a router
 * must turn back there; and both at a host that has nothing to do with the target, for a server's own front stands before
 * it alone.
 */
export const near: Gatherer<'connect.near'> = {
  fact: 'connect.near',
  needs: ['connect', 'tls', 'http'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 1_600, greets: true },
  when: (facts, { system }) => {
    if (system.identity.sockets !== 'ffi') return 'needs system calls';
    return subjectOf(facts) === null ? 'no connection to a public address was opened' : null;
  },
  async gather(facts, context) {
    const subject = subjectOf(facts);
    if (!subject) return skipped('no connection to a public address was opened');
    const { address, port, roundTripMs } = subject;
    const waitMs = Math.min(longestWaitMs, Math.max(leastWaitMs, 4 * roundTripMs), context.remaining() / 3);
    const ask = (place: Place, hopLimit: number): Promise<NearTry> => tryNear(place, hopLimit, waitMs, context);
    const at: Place = { address, port, as: 'target' };
    const ladder: NearTry[] = [];
    // Two at a time: whatever opens takes three packets of those that may go to one address.
    for (let hops = 1; hops < farthest && !ladder.some(({ opened }) => opened); hops += 2)
      ladder.push(...(await Promise.all([ask(at, hops), ask(at, hops + 1)])));
    const found = (more: readonly NearTry[] = []) => known({ address, port, tries: [...ladder, ...more] }, 'IP_TTL');
    const hopLimit = ladder.find(({ opened }) => opened)?.hopLimit;
    if (hopLimit === undefined || context.signal.aborted) return found();
    const control = (place: Place, as: NearTry['as']): Place[] =>
      uncaught.filter((one) => one !== port).map((one) => ({ ...place, port: one, as }));
    const again = await Promise.all([at, ...control(at, 'control')].map((place) => ask(place, hopLimit)));
    if (!again.some(({ expiredFrom }) => expiredFrom !== undefined && expiredFrom !== address)) return found(again);
    const others = await othersOf(address, context);
    const elsewhere = await Promise.all(
      others.flatMap((other) => {
        const place: Place = { address: other, port, as: 'elsewhere' };
        return [place, place, ...control(place, 'elsewhere-control')].map((one) => ask(one, hopLimit));
      }),
    );
    return context.signal.aborted ? skipped('ended before the controls were made') : found([...again, ...elsewhere]);
  },
};

/** The connection that was opened and then failed, or answered. */
function subjectOf(facts: Facts): { address: string; port: number; roundTripMs: number } | null {
  if (proxyOf(facts) !== null) return null;
  const probe = (fact(facts, 'connect') ?? []).find(
    ({ address, first }) => !first.failure && scopeOf(address) === 'public',
  );
  if (!probe || probe.port === 0) return null;
  return { address: probe.address, port: probe.port, roundTripMs: (probe.first.tcp?.rttUs ?? 0) / 1000 };
}

const mostOthers = 2;

/**
 * Hosts that have nothing to do with the target: references, where something failed or is late and they may be asked; else this
 * device's own resolvers, as far as they are outside.
 */
async function othersOf(target: string, context: Context): Promise<string[]> {
  const facts = context.latest();
  const failed =
    Boolean(context.lateStep?.()) ||
    [...(fact(facts, 'http') ?? []), ...(fact(facts, 'tls') ?? [])].some(({ failure }) => failure);
  if (failed && context.options.references) await context.wanted?.('references');
  const latest = context.latest();
  const references = (fact(latest, 'references') ?? []).flatMap(({ kind, address }) =>
    kind === 'gateway' || address === null ? [] : [address],
  );
  const resolvers = (fact(latest, 'name.config')?.resolvers ?? []).map(({ address }) => address);
  return [...new Set([...references, ...resolvers])]
    .filter((one) => scopeOf(one) === 'public' && familyOf(one) === familyOf(target) && one !== target)
    .slice(0, mostOthers);
}

async function tryNear(place: Place, hopLimit: number, waitMs: number, context: Context): Promise<NearTry> {
  const { address, port } = place;
  const { failure, icmp, ms } = await context.system.sockets.dial(
    {
      address,
      port,
      timeoutMs: Math.max(1, waitMs),
      ttl: hopLimit,
      discard: true,
      interface: context.options.interface,
    },
    context.signal,
  ).done;
  // "Time exceeded" (RFC 792, 4443).
  const expired = icmp?.find(({ type }) => type === (familyOf(address) === 6 ? 3 : 11))?.from ?? null;
  return {
    ...place,
    hopLimit,
    opened: failure === undefined,
    ...(expired !== null && { expiredFrom: expired }),
    ms: Math.round(ms * 10) / 10,
  };
}
