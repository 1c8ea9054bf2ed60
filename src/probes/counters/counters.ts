import type { CounterName, CountersFact, Rise } from '../../model/device-state.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { fact, type Facts } from '../../model/facts.js';
import { probesOf } from '../../model/probed.js';
import { type Counters, readCounters } from './counter-files.js';

/** As long as an answer may take that is on its way here, whether the kernel then drops it or not. */
const windowMs = 320;
/** Connections of ours in the busy time: a counter that rises by as many has counted ours. */
const dials = 3;
const names: readonly CounterName[] = [
  'IPReversePathFilter',
  'ListenOverflows',
  'ListenDrops',
  'TCPReqQFullDrop',
  'conntrackDrop',
];

/**
 * Which of the kernel's counters rise with connections of ours and not without them. It tells who drops a packet where no
 * rule does: the reverse path filter, a full table of connections, and, where the target is this device, a full queue.
 */
export const deviceCounters: Gatherer<'device.counters'> = {
  fact: 'device.counters',
  needs: ['connect'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => (silentPlace(facts) === undefined ? 'nothing stayed silent' : null),
  async gather(facts, context) {
    const place = silentPlace(facts);
    return known(place ? [await countersFor(place, context)] : [], '/proc/net');
  },
};

interface Place {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Where a connection stays silent, or what is spoken on one; else a resolver that does. */
function silentPlace(facts: Facts): Place | undefined {
  const silent = probesOf(facts).find(
    ({ first, port }) =>
      port > 0 && first.failure !== undefined && ['timed-out', 'not-permitted', 'reset'].includes(first.failure.code),
  );
  const later = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  const tcp = silent ?? later.find(({ failure, port }) => port > 0 && failure?.code === 'timed-out');
  if (tcp) return { address: tcp.address, port: tcp.port, protocol: 'tcp' };
  const unheard = fact(facts, 'name.direct')?.answers.find(
    ({ failure }) => failure?.code === 'timed-out' || failure?.code === 'not-permitted',
  );
  return unheard && { address: unheard.resolver, port: unheard.port, protocol: 'udp' };
}

async function countersFor(place: Place, context: Context): Promise<CountersFact> {
  const { system, signal } = context;
  const waitMs = Math.max(50, Math.min(windowMs, context.remaining() / 3));
  const start = await readCounters(context);
  const quietFrom = system.clock.now();
  await system.clock.sleep(waitMs, signal);
  const between = await readCounters(context);
  const busyFrom = system.clock.now();
  const opened = await Promise.all(Array.from({ length: dials }, () => tryOnce(place, waitMs, context)));
  // One that is refused at once is over at once: the time is the same for both.
  await system.clock.sleep(Math.max(0, waitMs - (system.clock.now() - busyFrom)), signal);
  const end = await readCounters(context);
  return {
    address: place.address,
    port: place.port,
    tries: opened.length,
    opened: opened.filter((one) => one).length,
    quietMs: Math.round(busyFrom - quietFrom),
    busyMs: Math.round(system.clock.now() - busyFrom),
    counters: names.flatMap((name) => riseOf(name, start, between, end) ?? []),
  };
}

function riseOf(name: CounterName, start: Counters, between: Counters, end: Counters): Rise | null {
  const [a, b, c] = [start[name], between[name], end[name]];
  return a === undefined || b === undefined || c === undefined ? null : { name, quiet: b - a, busy: c - b };
}

/** Whether a connection opened, or a question to a resolver was answered. */
async function tryOnce({ address, port, protocol }: Place, timeoutMs: number, context: Context): Promise<boolean> {
  const { system, signal, options } = context;
  const request = { address, port, timeoutMs, interface: options.interface };
  if (protocol === 'udp') {
    const { outcome } = await system.sockets.datagram({ ...request, payload: rootQuestion(system) }, signal);
    return outcome === 'reply';
  }
  const result = await system.sockets.dial(request, signal).done;
  result.stream?.destroy();
  return result.failure === undefined;
}

/** The root's name servers, which every resolver knows: type NS, class IN (RFC 1035 4.1). */
function rootQuestion(system: Context['system']): Uint8Array {
  return Uint8Array.of(...system.random(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1);
}
