// The part of `npm run bench` about this device's own state: what each inspector of it costs, one after the other and all
// at once, in a process of its own. Nothing is sent.
import { moreGatherers } from '../src/engine/base-gatherers.js';
import type { FactKey, Facts } from '../src/model/facts.js';
import type { AnyGatherer, Context } from '../src/model/gatherer.js';
import { skipped } from '../src/model/observed.js';
import { parseTarget } from '../src/model/parse-target.js';
import { defaultOptions } from '../src/model/settings.js';
import { openSystem } from '../src/system/open-system.js';
import { median } from './figures.js';

/** What reading a device's state may take beside the probes. */
export const aimMs = 300;
const rounds = 5;

const aboutGuards: ReadonlySet<string> = new Set([
  'device.guards',
  'device.guardLog',
  'device.programGuards',
  'device.policies',
  'device.appFirewall',
  'device.denials',
  'device.containers',
]);

export interface StateFigure {
  readonly fact: string;
  /** Null where it has nothing to read here. */
  readonly medianMs: number | null;
  readonly cpuMs: number;
}

export interface StateFigures {
  readonly processes: number;
  /** Those about guards of this device: who may stop a connection, and what he wrote down. */
  readonly guards: { readonly medianMs: number; readonly cpuMs: number };
  readonly each: readonly StateFigure[];
  readonly together: { readonly medianMs: number; readonly cpuMs: number };
  readonly met: boolean;
}

/** Inspectors alone: what they read is this device, not the network. */
export async function readDeviceState(): Promise<StateFigures> {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const system = await openSystem();
  const controller = new AbortController();
  const context: Context = {
    system,
    options: defaultOptions,
    signal: controller.signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: () => facts,
  };
  let facts: Facts = { target: parsed.target };
  const heads = (await moreGatherers()).filter(
    ({ fact, cost }) => cost === 'local' && (fact.startsWith('device.') || fact === 'proxy.settings'),
  );
  const gatherers: AnyGatherer[] = await Promise.all(heads.map((head) => head.load()));
  // Once for the modules, and for the facts that others need.
  for (const gatherer of gatherers) facts = withFact(facts, gatherer.fact, await gathered(gatherer, facts, context));
  const each: StateFigure[] = [];
  for (const gatherer of gatherers) {
    const runs: { ms: number; cpu: number }[] = [];
    const skips = gatherer.when?.(facts, context) ?? null;
    for (let i = 0; i < (skips === null ? rounds : 0); i++)
      runs.push(await timed(() => gathered(gatherer, facts, context)));
    each.push({
      fact: gatherer.fact,
      medianMs: runs.length === 0 ? null : median(runs.map(({ ms }) => ms)),
      cpuMs: runs.length === 0 ? 0 : median(runs.map(({ cpu }) => cpu)),
    });
  }
  const atOnce = async (chosen: readonly AnyGatherer[]): Promise<{ medianMs: number; cpuMs: number }> => {
    const runs: { ms: number; cpu: number }[] = [];
    for (let i = 0; i < rounds; i++)
      runs.push(await timed(() => Promise.all(chosen.map((gatherer) => gathered(gatherer, facts, context)))));
    return { medianMs: median(runs.map(({ ms }) => ms)), cpuMs: median(runs.map(({ cpu }) => cpu)) };
  };
  const guards = await atOnce(gatherers.filter(({ fact }) => aboutGuards.has(fact)));
  const together = await atOnce(gatherers);
  const processes = ((await system.files.list('/proc', 100_000)) ?? []).filter((name) => /^\d+$/.test(name)).length;
  return { processes, each, guards, together, met: guards.cpuMs <= aimMs };
}

async function gathered(gatherer: AnyGatherer, facts: Facts, context: Context): Promise<unknown> {
  if (gatherer.when?.(facts, context)) return skipped('nothing to read');
  return gatherer.gather(facts, context);
}

function withFact(facts: Facts, key: FactKey, measured: unknown): Facts {
  return { ...facts, [key]: { ...(measured as object), at: 0, ms: 0 } };
}

async function timed(work: () => Promise<unknown>): Promise<{ ms: number; cpu: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, cpu: (user + system) / 1_000 };
}

export function stateTable({ processes, each, guards, together, met }: StateFigures): string {
  const line = (name: string, ms: number | null, cpu: number): string =>
    `  ${name.padEnd(28)} ${ms === null ? 'nothing to read here' : `${ms.toFixed(1).padStart(8)} ms ${cpu.toFixed(1).padStart(8)} ms of processor time`}`;
  return [
    `This device's state (${processes} processes)`,
    ...each
      .toSorted((a, b) => (b.medianMs ?? -1) - (a.medianMs ?? -1))
      .map((one) => line(one.fact, one.medianMs, one.cpuMs)),
    line('its guards at once', guards.medianMs, guards.cpuMs),
    line('all of it at once', together.medianMs, together.cpuMs),
    `  aim: its guards within ${aimMs} ms of processor time (a busy machine makes the other times longer): ${met ? 'met' : 'MISSED'}`,
    '',
  ].join('\n');
}
