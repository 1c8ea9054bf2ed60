import {
  type AddressProbe,
  fact,
  type Facts,
  type RouteChoice,
  type WireRound,
  type WireTry,
} from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { packetCounts } from '../../model/packet-counts.js';
import { failedProbes } from '../../model/probed.js';

/** Packets of each kind in each round. */
const times = 4;
/** What else is sent meanwhile, by this program too, is counted as well: another round may be quieter. */
const fewestRounds = 3;
const mostRounds = 6;
const mostFlows = 1;
/** discard (RFC 863). */
const discard = 9;
const leastWaitMs = 150;
const longestWaitMs = 800;
const bound = 64 * 1024;

/**
 * Where a refusal was made, without root. The interface's own counter of packets tells whether what was refused ever left: it
 * rises by as many as were sent, or by none, while as many datagrams to the next hop are counted. And a socket that is bound
 * to that interface hears nothing of what this device sends to itself, by the loopback: so it stays silent where a rule leads
 * the connection to this device (docs/kernel-facts.md).
 */
export const wire: Gatherer<'connect.wire'> = {
  fact: 'connect.wire',
  needs: ['connect', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { system }) =>
    system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : flowsOf(facts).length > 0
        ? null
        : 'nothing was refused by a reset from elsewhere',
  async gather(facts, context) {
    const tries: WireTry[] = [];
    for (const flow of flowsOf(facts)) {
      const found = await tried(flow, context);
      if (found) tries.push(found);
    }
    return tries.length === 0
      ? skipped('the counters of the interfaces cannot be read')
      : known(tries, '/proc/net/dev');
  },
};

interface Refused {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
  readonly device: string;
  /** The next hop: what goes there leaves by the same interface. */
  readonly next: string;
}

function flowsOf(facts: Facts): Refused[] {
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  return failedProbes(facts)
    .filter(isRefused)
    .flatMap(({ address, port, first }) => {
      const choice = choices.find((one) => one.address === address);
      return choice && isAway(choice)
        ? [{ address, port, ms: first.ms, device: choice.device, next: choice.via ?? address }]
        : [];
    })
    .slice(0, mostFlows);
}

function isRefused({ first }: AddressProbe): boolean {
  const { failure, icmp, localAddress, address } = first;
  return failure?.code === 'refused' && (icmp ?? []).length === 0 && localAddress !== address;
}

function isAway(choice: RouteChoice): choice is RouteChoice & { readonly device: string } {
  return choice.error === null && choice.type === 'unicast' && choice.device !== null && choice.device !== 'lo';
}

async function tried(flow: Refused, context: Context): Promise<WireTry | null> {
  const { address, port, device } = flow;
  const waitMs = Math.min(longestWaitMs, Math.max(leastWaitMs, 4 * flow.ms), context.remaining() / 8);
  const dial = (more: { interface?: string }): Promise<boolean | null> => refusedOrSilent(flow, waitMs, more, context);
  const found: WireRound[] = [];
  for (let i = 0; i < mostRounds && !context.signal.aborted; i++) {
    const round = await roundOf(flow, dial, waitMs, context);
    if (!round) return null;
    found.push(round);
    if (found.filter(({ quiet }) => quiet === 0).length >= fewestRounds) break;
  }
  const bound = await Promise.all(Array.from({ length: times }, () => dial({ interface: device })));
  const isBound = context.options.interface == null;
  const end = bound.every((one) => one === true) ? 'refused' : bound.every((one) => one === false) ? 'silent' : null;
  return { address, port, device, times, rounds: found, bound: isBound ? end : null };
}

/** True: refused by a reset. False: silence. Null: anything else. */
async function refusedOrSilent(
  { address, port }: Refused,
  timeoutMs: number,
  more: { interface?: string },
  { system, options, signal }: Context,
): Promise<boolean | null> {
  const request = { address, port, timeoutMs, discard: true, interface: options.interface, ...more };
  const { failure, icmp, stream } = await system.sockets.dial(request, signal).done;
  stream?.destroy();
  if ((icmp ?? []).length > 0) return null;
  return failure?.code === 'refused' ? true : failure?.code === 'timed-out' ? false : null;
}

/** What the interfaces send meanwhile: with the connections, without anything for as long, and with as many datagrams. */
async function roundOf(
  { device, next }: Refused,
  dial: (more: { interface?: string }) => Promise<boolean | null>,
  waitMs: number,
  context: Context,
): Promise<WireRound | null> {
  const { system, signal } = context;
  const before = await sentBy(context);
  const started = system.clock.now();
  const outcomes = await Promise.all(Array.from({ length: times }, () => dial({})));
  const tookMs = system.clock.now() - started;
  const after = await sentBy(context);
  await system.clock.sleep(Math.min(tookMs, waitMs), signal);
  const rested = await sentBy(context);
  const datagram = { address: next, port: discard, payload: new Uint8Array(1), timeoutMs: 10, ttl: 1 };
  await Promise.all(Array.from({ length: times }, () => system.sockets.datagram(datagram, signal)));
  const last = await sentBy(context);
  if (!before || !after || !rested || !last) return null;
  const rise = (from: Counts, to: Counts, by: (name: string) => boolean): number =>
    [...to].reduce((sum, [name, count]) => (by(name) ? sum + count - (from.get(name) ?? count) : sum), 0);
  const isIt = (name: string): boolean => name === device;
  const isAnother = (name: string): boolean => name !== device && name !== 'lo';
  return {
    refused: outcomes.every((one) => one === true),
    sent: rise(before, after, isIt),
    sentElsewhere: rise(before, after, isAnother),
    quiet: rise(after, rested, isIt),
    control: rise(rested, last, isIt),
  };
}

type Counts = ReadonlyMap<string, number>;

async function sentBy({ system }: Context): Promise<Counts | null> {
  const file = await system.files.read('/proc/net/dev', bound);
  if (!file.ok) return null;
  const all = packetCounts(Buffer.from(file.bytes).toString('latin1'));
  return new Map([...all].map(([name, { sent }]) => [name, sent]));
}
