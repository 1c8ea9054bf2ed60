import { fact, type Facts, type HopFact, type PathFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { loginPorts } from '../../model/login-ports.js';
import { known, skipped } from '../../model/observed.js';
import { lastToAnswer, type PassFlow, type PassHop, type WayPast } from '../../model/way-facts.js';
import { answered } from '../connect/connect-try.js';
import { burst, silenceMs } from './burst.js';
import { askEnding, type Ended, type Kind } from './ending.js';
import { patienceRoundTrips, roundTripTo } from './known-round-trip.js';
import { OneFlow } from './one-flow.js';

/** So many hop limits behind the end are tried with what may get past it. */
const farther = 6;
/** Each in turn: the target's own port first, so that a router that answers so many a second has them left for it. */
const rounds = 5;
const wait = { leastMs: 80, mostMs: 250, roundTrips: 3 };
/** So many places behind the end are given all the time that a slow way may take, while the rest goes on. */
const placesBehind = 3;
/** Where traceroute begins: no service is meant (traceroute(8)). */
const udpPort = 33_434;

/**
 * Where a silent connection ends, and whether another port or another protocol gets past that place: the difference shows
 * that somebody there looks at what passes, and that it is not the server.
 */
export const past: Gatherer<'path.past'> = {
  fact: 'path.past',
  needs: ['path', 'connect.ports'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  // The comparison takes as long as a silence or two: it goes on while the connection is still waited for.
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 1_250 },
  when: (facts) => (silentWays(facts).length === 0 ? 'no way ends in silence' : null),
  async gather(facts, context) {
    const all = await Promise.all(silentWays(facts).map((way) => pastEnd(way, facts, context)));
    return context.signal.aborted ? skipped('ended before it was compared') : known(all, 'IP_TTL');
  },
};

function silentWays(facts: Facts): PathFact[] {
  return (fact(facts, 'path') ?? []).filter(({ reachedAt }) => reachedAt === null);
}

async function pastEnd(way: PathFact, facts: Facts, context: Context): Promise<WayPast> {
  const late = behindSlowly(way, context);
  return compareBehind(way, facts, context, async () => {
    const behind = await late;
    if (behind.length === 0) return null;
    return { ...way, hops: [...way.hops.filter(({ ttl }) => ttl <= endOf(way)), ...behind] };
  });
}

/** Routers right behind the end that answer when they are given all the time that a slow way may take. */
async function behindSlowly(way: PathFact, context: Context): Promise<readonly HopFact[]> {
  const from = endOf(way) + 1;
  const { hops, reachedAt } = await burst(way, { from, to: from + placesBehind - 1 }, context, silenceMs);
  return reachedAt === null ? hops.slice(0, hops.findLastIndex(({ address }) => address !== null) + 1) : [];
}

function endOf(way: PathFact): number {
  return lastToAnswer(way.hops)?.ttl ?? 0;
}

/** `longer`: the way with what answered late, or null; asked where nothing gets past its end. */
async function compareBehind(
  way: PathFact,
  facts: Facts,
  context: Context,
  longer: () => Promise<PathFact | null>,
): Promise<WayPast> {
  const { address, port } = way;
  const flow = new OneFlow(way, context);
  await flow.follow();
  // In a circle everything goes round alike.
  if (flow.endless) return { address, port, oneFlow: flow.fact, own: null, other: null, alike: [] };
  const { end } = flow;
  const alike: WayPast['alike'][number][] = [];
  let turns: { own: PassFlow; other: PassFlow } | null = null;
  const leastMs = roundTripTo(address, facts) * patienceRoundTrips;
  for (const kind of kindsToTry(address, port, facts)) {
    const beyond = await firstBeyond(address, kind, end?.ttl ?? 0, context, leastMs);
    if (beyond.router !== null || beyond.reachedAt !== null) {
      turns = await inTurns(way, kind, end, beyond, context);
      break;
    }
    alike.push({ protocol: kind.protocol, port: kind.port });
  }
  // Where a router behind the end has answered in turns to the one and not to the other, it had errors to give; and where
  // the target comes right behind it, there is no router left that might have had none.
  const nobodyBetween = turns?.other.reachedAt === (end?.ttl ?? 0) + 1;
  if (!nobodyBetween && (!turns || turns.other.hops.length === 0)) {
    const farther = await longer();
    if (farther) return compareBehind(farther, facts, context, async () => null);
    await flow.followAgain();
  }
  return { address, port, oneFlow: flow.fact, own: turns?.own ?? null, other: turns?.other ?? null, alike };
}

/** A port of the same server that answers; where none does, datagrams, and after these echoes. */
function kindsToTry(address: string, port: number, facts: Facts): Kind[] {
  const ports = fact(facts, 'connect.ports')?.find((one) => one.address === address)?.ports ?? [];
  const alive = ports.filter((one) => one.port !== port && answered(one));
  const [best] = alive.toSorted((a, b) => rankOf(a.port, !a.failure) - rankOf(b.port, !b.failure));
  if (best) return [{ protocol: 'tcp', port: best.port }];
  return [
    { protocol: 'udp', port: udpPort },
    { protocol: 'icmp', port: null },
  ];
}

/** Where a login is asked, connections are counted by others too. */
function rankOf(port: number, open: boolean): number {
  return loginPorts.has(port) ? 2 : open ? 0 : 1;
}

interface Beyond {
  /** The first router behind the end that answers to it. */
  readonly router: { readonly ttl: number; readonly address: string; readonly ms: number } | null;
  readonly reachedAt: number | null;
}

async function firstBeyond(
  address: string,
  kind: Kind,
  last: number,
  context: Context,
  leastMs: number,
): Promise<Beyond> {
  const most = last + (kind.port !== null && loginPorts.has(kind.port) ? 2 : farther);
  if (kind.protocol === 'tcp') {
    const to = { address, port: kind.port ?? 0 };
    const { hops, reachedAt } = await burst(to, { from: last + 1, to: most }, context, leastMs);
    return beyondOf(hops, reachedAt);
  }
  const limits = Array.from({ length: farther }, (_, i) => last + 1 + i);
  const ended = await Promise.all(
    limits.map((ttl) => askEnding(address, kind, ttl, { timeoutMs: wait.mostMs * 2 }, context)),
  );
  const reached = ended.findIndex((one) => one.byTarget);
  const hops = ended.map((one, i): HopFact => ({ ttl: limits[i] ?? 0, address: one.from, icmp: null, ms: one.ms }));
  const upTo = reached < 0 ? hops : hops.slice(0, reached + 1);
  return beyondOf(upTo, reached < 0 ? null : (limits[reached] ?? null));
}

function beyondOf(hops: readonly HopFact[], reachedAt: number | null): Beyond {
  const first = hops.find(({ ttl, address }) => address !== null && (reachedAt === null || ttl < reachedAt));
  return {
    router: first?.address ? { ttl: first.ttl, address: first.address, ms: first.ms ?? 0 } : null,
    reachedAt,
  };
}

/** Both as far as that router, again and again; the target's own port as far as its end too, from the same local ports. */
async function inTurns(
  { address, port }: { readonly address: string; readonly port: number },
  kind: Kind,
  end: HopFact | undefined,
  { router, reachedAt }: Beyond,
  context: Context,
): Promise<{ own: PassFlow; other: PassFlow }> {
  const mine: Kind = { protocol: 'tcp', port };
  const own = { ...mine, hops: [] as readonly PassHop[], reachedAt: null };
  const other = { ...kind, hops: [] as readonly PassHop[], reachedAt };
  if (!router) return { own, other };
  const mostMs = Math.max(wait.mostMs, router.ms * patienceRoundTrips);
  const waitMs = Math.min(mostMs, Math.max(wait.leastMs, router.ms * wait.roundTrips));
  const atEnd: Ended[] = [];
  const beyond: Ended[] = [];
  const passed: Ended[] = [];
  for (let round = 0; round < rounds && !context.signal.aborted; round++) {
    const to = { timeoutMs: waitMs };
    const tried = await askEnding(address, mine, router.ttl, to, context);
    beyond.push(tried);
    // The same flow as far as its end: it does come there. Not each time: that router may answer so many a second only.
    if (end && round % 2 === 0 && tried.localPort !== null)
      atEnd.push(await askEnding(address, mine, end.ttl, { ...to, localPort: tried.localPort }, context));
    passed.push(await askEnding(address, kind, router.ttl, to, context));
    if (beyond.some((one) => one.from !== null)) break;
  }
  return {
    own: {
      ...own,
      hops: [...(end ? [hopOf(end.ttl, atEnd)] : []), hopOf(router.ttl, beyond)],
    },
    other: { ...other, hops: [hopOf(router.ttl, passed)] },
  };
}

function hopOf(ttl: number, all: readonly Ended[]): PassHop {
  const sent = all.filter((one) => one.sent);
  const from = sent.flatMap((one) => one.from ?? []);
  return { ttl, address: from[0] ?? null, sent: sent.length, answered: from.length };
}
