import type { CounterName, CountersFact, Rise } from '../../model/device-state.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { Facts } from '../../model/facts.js';
import { probesOf } from '../../model/probed.js';
import { type Counters, readCounters } from './counter-files.js';
import { reversePathsFor } from './reverse-paths.js';
import { noisy, type Place, silentPlace, tryOnce } from './silent-place.js';

/** As long as an answer takes that is on its way here, whether the kernel then drops it or not: most of the world's. */
const windowMs = 120;
const usual = { pairs: 4, each: 2 } as const;
/** Ports behind which a login is asked are bothered as little as can be. */
const ofLogins = { pairs: 3, each: 1 } as const;
const loginPorts: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 3306, 3389, 5432, 5900, 27017,
]);
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
    if (!place) return known([], '/proc/net');
    // What else is sent to that place meanwhile, and its answers, would be counted as well.
    await Promise.all([...noisy, 'device.swallowed' as const].map((key) => context.settled(key)));
    const [counted, answersBy] = [await countersFor(place, context), await reversePaths(place, facts, context)];
    return known([{ ...counted, ...(answersBy.length > 0 && { answersBy }) }], '/proc/net');
  },
};

async function countersFor(place: Place, context: Context): Promise<CountersFact> {
  const { pairs, each } = loginPorts.has(place.port) ? ofLogins : usual;
  const waitMs = Math.max(30, Math.min(windowMs, context.remaining() / (3 * pairs)));
  const measured: Pair[] = [];
  for (let i = 0; i < pairs && !context.signal.aborted; i++) measured.push(await pairFor(place, each, waitMs, context));
  return {
    address: place.address,
    port: place.port,
    pairs: measured.length,
    each,
    tries: measured.length * each,
    opened: measured.reduce((sum, { opened }) => sum + opened, 0),
    quietMs: Math.round(measured.reduce((sum, { quietMs }) => sum + quietMs, 0)),
    busyMs: Math.round(measured.reduce((sum, { busyMs }) => sum + busyMs, 0)),
    counters: names.flatMap((name) => riseOf(name, measured, each) ?? []),
  };
}

interface Pair {
  readonly start: Counters;
  readonly between: Counters;
  readonly end: Counters;
  readonly quietMs: number;
  readonly busyMs: number;
  readonly opened: number;
}

async function pairFor(place: Place, each: number, waitMs: number, context: Context): Promise<Pair> {
  const { clock } = context.system;
  const start = await readCounters(context);
  const quietFrom = clock.now();
  await clock.sleep(waitMs, context.signal);
  const between = await readCounters(context);
  const busyFrom = clock.now();
  const opened = await Promise.all(Array.from({ length: each }, () => tryOnce(place, waitMs, context)));
  // One that is refused at once is over at once: the time is the same for both.
  await clock.sleep(Math.max(0, waitMs - (clock.now() - busyFrom)), context.signal);
  const end = await readCounters(context);
  const busyMs = clock.now() - busyFrom;
  return { start, between, end, quietMs: busyFrom - quietFrom, busyMs, opened: opened.filter((one) => one).length };
}

function riseOf(name: CounterName, pairs: readonly Pair[], each: number): Rise | null {
  const rises = pairs.flatMap(({ start, between, end }) => {
    const [a, b, c] = [start[name], between[name], end[name]];
    return a === undefined || b === undefined || c === undefined ? [] : [{ quiet: b - a, busy: c - b }];
  });
  if (rises.length === 0) return null;
  return {
    name,
    quiet: rises.reduce((sum, { quiet }) => sum + quiet, 0),
    busy: rises.reduce((sum, { busy }) => sum + busy, 0),
    withOurs: rises.filter(({ quiet, busy }) => quiet <= 0 && busy >= each).length,
  };
}

/** Only where the filter has dropped anything while ours were sent. */
async function reversePaths(
  { address }: Place,
  facts: Facts,
  context: Context,
): Promise<NonNullable<CountersFact['answersBy']>> {
  const own = probesOf(facts).find((probe) => probe.address === address)?.first.localAddress ?? null;
  const { IPReversePathFilter: dropped = 0 } = await readCounters(context);
  return own === null || dropped === 0 ? [] : reversePathsFor(address, own, context);
}
