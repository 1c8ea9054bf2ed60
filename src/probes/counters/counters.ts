import type { CounterName, CountersFact, Rise } from '../../model/device-state.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { type AddressProbe, fact, type Facts } from '../../model/facts.js';
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

/** Where a connection stays silent, or what is spoken on one. */
function silentPlace(facts: Facts): Pick<AddressProbe, 'address' | 'port'> | undefined {
  const silent = probesOf(facts).find(
    ({ first, port }) =>
      port > 0 && first.failure !== undefined && ['timed-out', 'not-permitted', 'reset'].includes(first.failure.code),
  );
  const later = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  return silent ?? later.find(({ failure, port }) => port > 0 && failure?.code === 'timed-out');
}

async function countersFor(
  { address, port }: Pick<AddressProbe, 'address' | 'port'>,
  context: Context,
): Promise<CountersFact> {
  const { system, signal, options } = context;
  const waitMs = Math.max(50, Math.min(windowMs, context.remaining() / 3));
  const start = await readCounters(context);
  const quietFrom = system.clock.now();
  await system.clock.sleep(waitMs, signal);
  const between = await readCounters(context);
  const busyFrom = system.clock.now();
  const results = await Promise.all(
    Array.from({ length: dials }, async () => {
      const result = await system.sockets.dial(
        { address, port, timeoutMs: waitMs, interface: options.interface },
        signal,
      ).done;
      result.stream?.destroy();
      return result;
    }),
  );
  // One that is refused at once is over at once: the time is the same for both.
  await system.clock.sleep(Math.max(0, waitMs - (system.clock.now() - busyFrom)), signal);
  const end = await readCounters(context);
  return {
    address,
    port,
    tries: results.length,
    opened: results.filter(({ failure }) => failure === undefined).length,
    quietMs: Math.round(busyFrom - quietFrom),
    busyMs: Math.round(system.clock.now() - busyFrom),
    counters: names.flatMap((name) => riseOf(name, start, between, end) ?? []),
  };
}

function riseOf(name: CounterName, start: Counters, between: Counters, end: Counters): Rise | null {
  const [a, b, c] = [start[name], between[name], end[name]];
  return a === undefined || b === undefined || c === undefined ? null : { name, quiet: b - a, busy: c - b };
}
