import { familyOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer, LateStep } from '../../model/gatherer.js';
import { loginPorts } from '../../model/login-ports.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import { dependsOnName, hasNameToCompare, openedSlowly } from '../../model/pace.js';
import type { PacketSizes, SizedTry } from '../../model/way-facts.js';
import { ipCounts } from '../counters/passed-files.js';
import { reachOf } from './sized-reach.js';
import { type HowLong, type SilentStep, sizedPacket, tryWithSize } from './sized-tries.js';

/** Every way of IPv6 carries it, and nearly every one of IPv4; a handshake's first packet is smaller. */
const small = 1280;
/** What every host takes by IPv4 (RFC 1122 3.3.3): a tunnel within tunnels may carry less than 1280 bytes. */
const smallest = 576;
/** The most that is tried: an Ethernet's. */
const usual = 1500;
/** Sizes that are tried at once: of those between, a third is left each time. More would take too many packets. */
const atOnce = 2;
export const mostRounds = 9;
/**
 * When so few sizes are left, single packets of the two ends are sent beside the rest of the search; and one size is tried at
 * a time, which takes fewer packets in all.
 */
const nearlyFound = 60;
/** What the other side's kernel waits before it sends again what got lost (TCP_RTO_MIN and a margin), beside round trips. */
const sentAgainMs = 250;
const roundTrips = 3;
/** An answer takes no longer on most ways, beside what a busy machine waits for its turn. */
const seldomMs = 600;

/**
 * The experiment for a connection that opens and then stalls: the same step again with smaller packets, which both sides
 * agree on when the connection opens (the largest segment). Only the size changes.
 */
export const packetSizes: Gatherer<'path.sizes'> = {
  fact: 'path.sizes',
  needs: ['tls', 'http'],
  base: false,
  cost: 'heavy',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 0, taken: true },
  when: (facts, { system, lateStep }) =>
    system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : proxyOf(facts) !== null
        ? 'it goes through a proxy'
        : silentStep(facts, lateStep?.()) === null
          ? 'no open connection stayed silent'
          : null,
  async gather(facts, context) {
    const step = silentStep(facts, context.lateStep?.());
    if (!step) return skipped('no open connection stayed silent');
    // What comes slowly, or came so before, is compared with another name first: both at once would use up the packets.
    if (hasNameToCompare(facts.target) && openedSlowly(facts, step)) await context.wanted?.('tls.pace');
    if (showsName(context.latest())) return skipped('it is the name that makes the difference');
    const unhanded = await countingUnhanded(context);
    const measured = await sizesAt(step, facts, context, unhanded);
    const handedToNobody = await unhanded();
    const sizes = { ...measured, ...(handedToNobody !== null && { handedToNobody }) };
    return context.signal.aborted ? skipped('ended before all sizes were tried') : known([sizes], 'TCP_MAXSEG');
  },
};

function showsName(facts: Facts): boolean {
  const pace = fact(facts, 'tls.pace');
  return !!pace && dependsOnName(pace.rounds) === true;
}

function silentStep(facts: Facts, late: LateStep | null = null): SilentStep | null {
  if (late && late.step !== 'greeting' && facts[late.step] === undefined)
    return loginPorts.has(late.port) ? null : { address: late.address, port: late.port, step: late.step };
  const silent = ({ failure, port }: { failure?: { code: string }; port: number }): boolean =>
    failure?.code === 'timed-out' && port > 0 && !loginPorts.has(port);
  const tls = fact(facts, 'tls')?.find(silent);
  if (tls) return { address: tls.address, port: tls.port, step: 'tls' };
  const http = fact(facts, 'http')?.find((one) => silent(one) && one.status === undefined);
  return http ? { address: http.address, port: http.port, step: 'http' } : null;
}

/** How many packets came as far as IP since, and were handed on to nobody. */
async function countingUnhanded(context: Context): Promise<() => Promise<number | null>> {
  const before = await ipCounts(context);
  return async () => {
    const now = await ipCounts(context);
    return before && now && now.taken - before.taken - (now.delivered - before.delivered);
  };
}

/**
 * The kernel is asked afterwards what its rules do with the answer: a connection, what is said on it once, and what ends it. The
 * search for the size could use up all that may be sent there. Null where nothing came in that was not handed on.
 */
async function forTrace({ system, options }: Context, unhanded: () => Promise<number | null>): Promise<number | null> {
  if (!options.trace || !system.tracer || !system.identity.root) return null;
  return ((await unhanded()) ?? 0) > 0 ? tracePackets : null;
}

const tracePackets = 12;

async function sizesAt(
  step: SilentStep,
  { target }: Facts,
  context: Context,
  unhanded: () => Promise<number | null>,
): Promise<PacketSizes> {
  const tries: SizedTry[] = [];
  const attempt: Attempt = async (size, howLong) => {
    const tried = await tryWithSize(size, step, target, context, howLong);
    if (tried) tries.push(tried);
    return tried;
  };
  const none = { ...step, tries, packets: [], largest: null, tooLarge: null, reach: null };
  const compared = await comparison(attempt, step.address, context);
  if (compared === null) return none;
  const { held, least, most } = compared;
  const waitMs = patientMs(held);
  const keeps = (await forTrace(context, unhanded)) ?? undefined;
  const again = attempt(null, { waitMs }).then((same) => {
    if (same?.held === false) context.explained?.(step);
  });
  const tryAll = async (sizes: readonly number[]): Promise<SizedTry[]> =>
    (await Promise.all(sizes.map((size) => attempt(size, { waitMs, ...(keeps !== undefined && { keeps }) })))).filter(
      (one) => one !== null,
    );
  let bounds: Bounds = { largest: least, tooLarge: least === small ? Math.min(usual, most) : small };
  let beside: ReturnType<typeof singlePackets> | null = null;
  let repeated: Promise<SizedTry | null> | null = null;
  for (let round = 0; round < mostRounds && bounds.tooLarge - bounds.largest > 1; round++) {
    if (bounds.tooLarge - bounds.largest < nearlyFound) beside ??= singlePackets(bounds, step, held, context);
    // No larger one held in the first round, and perhaps none will: asked for last, nothing might be left for it where an
    // answer is long.
    if (round > 0 && bounds.largest === least) repeated ??= attempt(least, { waitMs });
    const sizes = between(bounds);
    const tried = await tryAll(sizes);
    // What is on its way elsewhere has its share of the bound until it is over.
    if (tried.length === 0) await Promise.all([again, beside, context.settled('interference')]);
    const nearer = narrowed(bounds, tried.length > 0 ? tried : await tryAll(sizes));
    if (nearer === null) break;
    bounds = nearer;
  }
  await again;
  // Once more, where no larger one held either.
  if (bounds.largest === least && (await repeated) === null) await attempt(least, { waitMs });
  await repeated;
  const single = await (beside ?? singlePackets(bounds, step, held, context));
  return { ...none, ...bounds, ...single };
}

type Attempt = (size: number | null, howLong?: HowLong) => Promise<SizedTry | null>;

interface Compared {
  /** The small size that held, and how long that took (ms). */
  readonly least: number;
  readonly held: number;
  /** The largest packet that this device itself sends there. */
  readonly most: number;
}

/** All at once: null where none of the small ones held, or the usual one did. */
async function comparison(attempt: Attempt, address: string, { system, signal }: Context): Promise<Compared | null> {
  const { clock } = system;
  const enough = new AbortController();
  const begin = (size: number | null): { done: Promise<SizedTry | null>; asked: Promise<number> } => {
    let onAsked: () => void = () => undefined;
    const asked = new Promise<number>((resolve) => (onAsked = () => resolve(clock.now())));
    return { done: attempt(size, { ended: enough.signal, onAsked }), asked };
  };
  const same = begin(null);
  const smaller = begin(small);
  const soon = await Promise.race([smaller.done, clock.sleep(seldomMs, signal)]);
  // Seldom needed, so its packets are not spent before the other one has had its time.
  const tiny = familyOf(address) === 4 && !soon ? attempt(smallest) : Promise.resolve(null);
  const first = await Promise.race([smaller.done, tiny.then((one) => (one?.held === true ? one : smaller.done))]);
  const found = first?.held === true ? first : await tiny;
  if (found?.held === true) {
    // The others were asked long before where it is the smallest that holds.
    const patience = async ({ done, asked }: typeof same): Promise<unknown> =>
      Promise.race([
        done,
        asked.then((at) => clock.sleep(Math.max(0, at + patientMs(found.ms) - clock.now()), signal)),
      ]);
    await Promise.all([patience(same), patience(smaller)]);
  }
  enough.abort();
  const [less, usualHeld] = await Promise.all([smaller.done, same.done]);
  if (usualHeld?.held !== false) return null;
  const most = usualHeld.pathMtu ?? usual;
  if (less?.held === true) return most > small ? { least: small, held: less.ms, most } : null;
  return found?.held === true ? { least: smallest, held: found.ms, most } : null;
}

/** Silence means something after some round trips more than what holds takes, and after a copy of what may have been lost. */
function patientMs(heldMs: number): number {
  return sentAgainMs + roundTrips * heldMs;
}

export interface Bounds {
  /** The largest size that held, and the smallest that did not. */
  readonly largest: number;
  readonly tooLarge: number;
}

/** Sizes that part what is left into equal pieces. */
export function between({ largest, tooLarge }: Bounds): number[] {
  const many = tooLarge - largest < nearlyFound ? 1 : atOnce;
  const pieces = many + 1;
  const sizes = Array.from({ length: many }, (_, i) => Math.floor(largest + ((tooLarge - largest) * (i + 1)) / pieces));
  return [...new Set(sizes)].filter((size) => size > largest && size < tooLarge);
}

/**
 * Null where nothing was learnt, or where a larger one held and a smaller one did not: then it is not the size alone. Once a
 * router has told this device of a smaller size (the single packets may make it), nothing larger is tried any more, whatever
 * is asked for: that size is what was tried then, and what is larger is lost by the router's own word.
 */
export function narrowed(bounds: Bounds, tried: readonly SizedTry[]): Bounds | null {
  const told = Math.min(...tried.flatMap(({ size, pathMtu = Infinity }) => (pathMtu < (size ?? 0) ? pathMtu : [])));
  const sizes = (held: boolean): number[] =>
    tried.flatMap((one) => (one.size !== null && one.held === held ? Math.min(one.size, one.pathMtu ?? Infinity) : []));
  const largest = Math.max(bounds.largest, ...sizes(true));
  const tooLarge = Math.min(bounds.tooLarge, told + 1, ...sizes(false));
  return tried.length === 0 || largest >= tooLarge ? null : { largest, tooLarge };
}

/** What becomes of single packets of both sizes, and how far datagrams of them get. */
async function singlePackets(
  bounds: Bounds,
  step: SilentStep,
  held: number,
  context: Context,
): Promise<Pick<PacketSizes, 'packets' | 'reach'>> {
  const [reach, packets] = await Promise.all([
    reachOf(step.address, bounds.largest, bounds.tooLarge, roundTrips * held, context),
    Promise.all([bounds.largest, bounds.tooLarge].map((size) => sizedPacket(size, step, context))),
  ]);
  return { reach: reach && { ...reach, sizes: bounds }, packets: packets.filter((one) => one !== null) };
}
