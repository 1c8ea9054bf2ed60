import { familyOf } from '../../model/address.js';
import { doubtfulFlows } from '../../model/failing-flows.js';
import { fact, type Facts, type UnroutedEnd, type UnroutedTry } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { failedProbes, probesOf } from '../../model/probed.js';

const mostFlows = 1;
const times = 2;
/** A port that hardly anybody's rules name: the last of those that are registered (RFC 6335). */
const otherPort = 49_151;
const leastWaitMs = 150;
const longestWaitMs = 500;
/** ICMP: time exceeded. */
const exceeded = 11;

/**
 * Whether this device itself leads the connection elsewhere, without root. Bound to the interface and kept from routers
 * (SO_DONTROUTE) a socket looks for the target on the own link, where nobody has that address, and stays silent. A rule that gives
 * the packet another destination on its way out has a route looked up anew, without that bound: what it leads away gets out
 * (docs/kernel-facts.md).
 */
export const unrouted: Gatherer<'connect.unrouted'> = {
  fact: 'connect.unrouted',
  needs: ['connect', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { system }) =>
    system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : placesIn(facts).length > 0
        ? null
        : 'no router is on the way there, or it is IPv6',
  async gather(facts, context) {
    const tries = await Promise.all(placesIn(facts).map((one) => tried(one, context)));
    return tries.length === 0 ? skipped('nothing could be tried') : known(tries, 'SO_DONTROUTE');
  },
};

interface Place {
  readonly address: string;
  readonly port: number;
  readonly device: string;
  readonly waitMs: number;
}

function placesIn(facts: Facts): Place[] {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  return [...doubtfulFlows(facts), ...failedProbes(facts)].slice(0, mostFlows).flatMap(({ address, port }) => {
    const choice = choices.find((one) => one.address === address);
    if (familyOf(address) !== 4 || !choice?.via || choice.type !== 'unicast' || choice.error !== null) return [];
    if (choice.device === null || choice.device === 'lo') return [];
    const first = probesOf(facts).find((one) => one.address === address && one.port === port)?.first;
    const took = first === undefined || first.failure ? 0 : first.ms;
    return [{ address, port, device: choice.device, waitMs: Math.min(longestWaitMs, Math.max(leastWaitMs, 4 * took)) }];
  });
}

async function tried(place: Place, context: Context): Promise<UnroutedTry> {
  const { address, port, device } = place;
  const ask = (at: number): Promise<UnroutedEnd[]> =>
    Promise.all(Array.from({ length: times }, () => endOf({ ...place, port: at }, context)));
  const [tries, controls] = await Promise.all([ask(port), ask(otherPort)]);
  return { address, port, device, tries, controls };
}

async function endOf({ address, port, device, waitMs }: Place, context: Context): Promise<UnroutedEnd> {
  const { system, options, signal } = context;
  const by = options.interface ?? device;
  const request = { address, port, timeoutMs: waitMs, interface: by, ttl: 1, unrouted: true as const, discard: true };
  const { failure, icmp, stream } = await system.sockets.dial(request, signal).done;
  stream?.destroy();
  const told = (icmp ?? []).find(({ origin }) => origin !== 'local');
  if (told) return { end: told.type === exceeded ? 'exceeded' : 'other', from: told.from };
  if (!failure) return { end: 'connected', from: null };
  const end = failure.code === 'timed-out' ? 'silent' : failure.code === 'refused' ? 'refused' : 'other';
  return { end, from: null };
}
