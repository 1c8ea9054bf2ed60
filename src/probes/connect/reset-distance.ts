import { type AddressProbe, type ConnectTry, fact, type ResetDistance } from '../../model/facts.js';
import { familyOf } from '../../model/address.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { failedProbes } from '../../model/probed.js';
import type { DialResult } from '../../model/system.js';
import { findHopLimit } from './hop-limit-search.js';
import { asksForEcn, withoutEcn } from './without-ecn.js';

const webPorts: readonly number[] = [443, 80];
const mostAddresses = 2;

/**
 * From how far a refusal came, without root: the kernel ignores answers whose hop limit is below IP_MINTTL, so whether a
 * refusal still gets through tells a bound, and a few of them the exact value. The same for a port that is open tells how
 * far away the host is.
 */
export const resetDistance: Gatherer<'connect.reset'> = {
  fact: 'connect.reset',
  needs: ['name.system'],
  base: false,
  early: 'failing',
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (_facts, { system }) => (system.identity.sockets === 'ffi' ? null : 'needs system calls'),
  async gather(facts, context) {
    const found = new Map<string, Promise<ResetDistance>>();
    const search = (refused: readonly Refused[]): void => {
      for (const one of refused) {
        const key = `${one.address} ${one.port}`;
        if (found.size < mostAddresses && !found.has(key)) found.set(key, distanceOf(one, context));
      }
    };
    // What has failed is tried again, and others may still be on their way: this need not wait for them.
    if (!facts.connect) search(refusedByReset((context.troubles?.() ?? []).map((first) => ({ first, repeats: [] }))));
    await context.settled('connect');
    search(refusedByReset(failedProbes(context.latest())));
    if (found.size === 0) return skipped('nothing was refused by a reset');
    return known(await Promise.all(found.values()), 'IP_MINTTL');
  },
};

interface Refused {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
}

/**
 * Refused or reset without an ICMP error: by a TCP reset. Not by an address of this very device, whose answers come from
 * nowhere else. The quickest of several tries tells the round trip: a slower one was read late.
 */
function refusedByReset(probes: readonly Pick<AddressProbe, 'first' | 'repeats'>[]): Refused[] {
  return probes.flatMap(({ first, repeats }) =>
    (first.failure?.code === 'refused' || first.failure?.code === 'reset') &&
    (first.icmp ?? []).length === 0 &&
    first.localAddress !== first.address
      ? [{ address: first.address, port: first.port, ms: Math.min(first.ms, ...repeats.map((one) => one.ms)) }]
      : [],
  );
}

/** Beside four round trips; no round trip was ever seen to jitter by as much on a wire, and hardly by radio. */
const leastWaitMs = 25;

async function distanceOf(refused: Refused, context: Context): Promise<ResetDistance> {
  const { address, port } = refused;
  const waitMs = longWaitMs(refused.ms);
  const asks = await asksForEcn(context);
  const [atTtl1, reset, host, unasked] = await Promise.all([
    refusedAt(address, port, waitMs, context),
    hopLimitOf(address, port, waitMs, context),
    hostHopLimit(address, port, waitMs, context),
    asks === 'usual' ? withoutEcn(address, port, refused.ms, context) : null,
  ]);
  const { hopLimit: resetTtl } = reset;
  const { hostTtl, closed } = host;
  // Who refuses in the server's name on the way does it for some ports only: others are refused from farther away.
  const farther = resetTtl !== null && hostTtl === null && closed !== null && closed.hopLimit < resetTtl;
  return {
    address,
    port,
    resetTtl,
    hostTtl,
    ...(farther && { fartherPort: closed.port }),
    ...atTtl1,
    ...(asks && { withoutEcn: unasked }),
  };
}

interface HostDistance {
  readonly hostTtl: number | null;
  /** Where none is open: of a closed one. Who refused there is not known. */
  readonly closed: { readonly port: number; readonly hopLimit: number } | null;
}

/**
 * Of a port that is open. A port behind which a login is asked is bothered as little as can be. The likeliest one is
 * asked while the controls are still on their way.
 */
async function hostHopLimit(address: string, port: number, waitMs: number, context: Context): Promise<HostDistance> {
  const [likeliest = 0] = webPorts.filter((one) => one !== port);
  const guessed = await hopLimitOf(address, likeliest, waitMs, context);
  if (guessed.opened && guessed.hopLimit !== null) return { hostTtl: guessed.hopLimit, closed: null };
  await context.settled('connect');
  await (context.wanted?.('connect.ports') ?? context.settled('connect.ports'));
  const controls = fact(context.latest(), 'connect.ports')?.find((control) => control.address === address)?.ports ?? [];
  const ofPort = async (one: ConnectTry | undefined): Promise<number | null> =>
    one ? (await hopLimitOf(address, one.port, longWaitMs(one.ms), context)).hopLimit : null;
  // Whoever refuses may be much nearer than the host, whose answers then take longer than was waited for.
  const isLeft = ({ port }: ConnectTry): boolean => port !== likeliest || guessed.hopLimit === null;
  const open = controls.find((one) => !one.failure && webPorts.includes(one.port) && isLeft(one));
  if (open) return { hostTtl: await ofPort(open), closed: null };
  const refused = controls.find((one) => one.failure?.code === 'refused' && one.port === likeliest && isLeft(one));
  const hopLimit = guessed.hopLimit ?? (await ofPort(refused));
  return { hostTtl: null, closed: hopLimit === null ? null : { port: likeliest, hopLimit } };
}

function longWaitMs(roundTripMs: number): number {
  return Math.max(leastWaitMs, Math.ceil(roundTripMs * 4));
}

interface Found {
  readonly hopLimit: number | null;
  /** The port is open: its answers come from the host itself. */
  readonly opened: boolean;
}

async function hopLimitOf(address: string, port: number, waitMs: number, context: Context): Promise<Found> {
  let opened = false;
  const ask = async (minTtl: number): Promise<boolean> => {
    const result = await dial(address, port, waitMs, { minTtl }, context);
    opened ||= result.failure === undefined;
    return result.failure === undefined || result.failure.code === 'refused' || result.failure.code === 'reset';
  };
  return { hopLimit: await findHopLimit(ask, context.system.clock, context.signal), opened };
}

type AtTtl1 = Pick<ResetDistance, 'refusedAtTtl1' | 'expiredFrom'>;

async function refusedAt(address: string, port: number, waitMs: number, context: Context): Promise<AtTtl1> {
  const result = await dial(address, port, waitMs, { ttl: 1 }, context);
  if (result.failure?.code === 'timed-out' && (result.icmp ?? []).length === 0) return { refusedAtTtl1: false };
  const exceeded = result.icmp?.find((icmp) => icmp.type === (familyOf(address) === 6 ? 3 : 11));
  if (exceeded) return { refusedAtTtl1: false, ...(exceeded.from !== null && { expiredFrom: exceeded.from }) };
  return { refusedAtTtl1: result.failure?.code === 'refused' ? true : null };
}

async function dial(
  address: string,
  port: number,
  timeoutMs: number,
  limit: { ttl?: number; minTtl?: number },
  { system, options, signal }: Context,
): Promise<DialResult> {
  const result = await system.sockets.dial(
    { address, port, timeoutMs, discard: true, interface: options.interface, ...limit },
    signal,
  ).done;
  result.stream?.destroy();
  return result;
}
