// `npm run cycles`: break → fix → works → undo → the same state, for every remedy; and the same with a fault at a random step.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '../firewall/random.js';
import { Certificates } from '../services/certificates.js';
import { lacks, missingForAll } from '../world/capabilities.js';
import type { HttpService } from '../services/description.js';
import { dated } from '../world/clock.js';
import { http, https, ssh } from '../world/internet.js';
import { sliceOf, takeSlice } from '../run/choose.js';
import { newWorldName } from '../world/names.js';
import { FORBIDDEN_BY_PROXY, withProxy } from '../world/proxies.js';
import { HARMFUL } from '../world/shields.js';
import { sweep } from '../world/sweep.js';
import { removeWorldsAtExit, World } from '../world/world.js';
import type { Cycle } from './cycle.js';
import { Device } from './device.js';
import { faultKinds, type FaultKind } from './fault.js';
import { bundledProgram, loadCycles } from './load.js';
import { fixScenarios } from './scenarios.js';
import { powerCuts } from './power.js';
import { runCycle, type Bench, type During, type Finding } from './run-cycle.js';

const root = process.env['WHOBLOCKED_ROOT'] ?? process.cwd();
const usage = `npm run cycles -- [patterns] [options]
  patterns        cycles whose id holds one of them
  --runs N        runs with a fault at a random step, beside one run of each cycle without (0)
  --seed S        which; a seed repeats them
  --fault KIND    only ${faultKinds.join(', ')}
  --at STEP       only at that step
  --scenarios P   the lab's own worlds whose side/id holds P: what fix makes of each
  --pause GUARD   with --scenarios: instead of fix, what a pause of that guard proves
  --slice K/N     the K-th of N parts of the cycles, as the seed deals them
  --steps         each step of the runs without faults, with the time since the command began
  --power         the power goes before each step of fix and undo, with a real ext4 beneath: cycles that name how they boot
  --undo          the faults come while the change is taken back; each run without one counts the steps of that
  --every         a fault of each kind at every step of each cycle
`;

/** More than one packet holds, so that it shows where large ones vanish. */
const longPage: HttpService = {
  kind: 'http',
  port: 8080,
  routes: {
    '*': { status: '200 OK', body: 'a long page\n'.repeat(600) },
    '/lab.ndb': { status: '200 OK', body: `Lab.Other:0:*:${Buffer.from('another').toString('hex')}\n` },
    '/prize': { status: '200 OK', headers: ['Content-Type: text/html'], body: `<title>Prize</title>${HARMFUL}\n` },
  },
};

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  whole: number;
  before: number;
  changeMs: number[];
}

async function all(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { runs: { type: 'string' }, seed: { type: 'string' }, fault: { type: 'string' }, at: { type: 'string' }, every: { type: 'boolean' }, undo: { type: 'boolean' }, steps: { type: 'boolean' }, power: { type: 'boolean' }, scenarios: { type: 'string' }, pause: { type: 'string' }, slice: { type: 'string' }, help: { type: 'boolean' } }, // prettier-ignore
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000);
  const matching = (await loadCycles(root)).filter(
    ({ id }) => positionals.length === 0 || positionals.some((part) => id.includes(part)),
  );
  const cycles = takeSlice(matching, sliceOf(values.slice), seed);
  const whyNot = await missingForAll();
  if (whyNot !== null) {
    process.stdout.write(`No cycles here: ${whyNot}\n0 passed, 0 failed, ${cycles.length} skipped\n`);
    return 0;
  }
  const runs = Number(values.runs ?? 0);
  process.stdout.write(`${cycles.length} cycles, ${runs} runs with a fault, seed ${seed}\n`);
  await sweep();
  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  if (values.scenarios !== undefined) return overScenarios(values.scenarios, values.pause, state);
  const worker = await bundledProgram(root, 'lab/cycles/worker.ts');
  const certificates = new Certificates(path.join(state, 'certificates'));
  const world = await World.build({
    services: {
      server: [http(), https(), ssh(), longPage],
      resolver: withProxy({ forbids: [FORBIDDEN_BY_PROXY] }),
      reference: dated.reference(),
    },
    certificates,
    server: [process.execPath, fileURLToPath(import.meta.url), '--serve'],
  });
  const tally: Tally = { passed: 0, failed: 0, skipped: 0, whole: 0, before: 0, changeMs: [] };
  try {
    const device = await Device.open(world);
    device.trustedRoot = await certificates.trustedRoot();
    const bench: Bench = { device, node: process.execPath, worker };
    if (values.power) return await overPowerCuts(bench, cycles);
    const during = values.undo ? 'undo' : 'fix';
    // What is never kept is not taken back by an undo.
    const kept = cycles.filter(({ proves, isKept, takenBack, instead }) => proves === undefined && isKept !== false && !takenBack && !instead); // prettier-ignore
    const steps = await withoutFaults(bench, during === 'undo' ? kept : cycles, during, tally, values.steps === true);
    const random = new Random(seed);
    for (const [cycle, kind, at] of plans([...steps], runs, random, values))
      tell(cycle, kind, at, await runCycle(bench, cycle, kind, at, during), tally);
  } finally {
    await world.remove();
    rmSync(path.dirname(worker), { recursive: true, force: true });
  }
  const times = tally.changeMs.toSorted((a, b) => a - b);
  if (times.length > 0)
    process.stdout.write(
      `from planned to confirmed: median ${times[times.length >> 1] ?? 0} ms, longest ${times.at(-1) ?? 0} ms\n`,
    );
  process.stdout.write(`after a fault: ${tally.whole} whole and recorded, ${tally.before} as before\n`);
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped\n`);
  return tally.failed > 0 ? 1 : 0;
}

async function overPowerCuts(bench: Bench, cycles: readonly Cycle[]): Promise<number> {
  let [whole, before, failed, skipped] = [0, 0, 0, 0];
  for (const cycle of cycles) {
    const missing = (await Promise.all((cycle.needs ?? []).map(lacks))).find((why) => why !== null);
    if (missing !== undefined || cycle.boots === undefined) {
      process.stdout.write(`- ${cycle.id}: skipped, ${missing ?? 'what it changes does not outlast a restart'}\n`);
      skipped += 1;
      continue;
    }
    for (const synced of [false, true]) {
      const findings = await powerCuts(bench, cycle, synced);
      const bad = findings.filter(({ wrong }) => wrong.length > 0);
      whole += findings.filter(({ ended }) => ended === 'whole').length;
      before += findings.filter(({ ended }) => ended === 'before').length;
      failed += bad.length;
      const how = synced ? 'all that was written is there' : 'only what was synced is there';
      process.stdout.write(`${bad.length === 0 ? '✓' : '✗'} ${cycle.id}, ${how}: ${findings.length} disks\n`);
      for (const { at, wrong } of bad)
        process.stdout.write(`  cut at ${at}: ${wrong.join('\n').replaceAll('\n', '\n    ')}\n`);
    }
  }
  process.stdout.write(`after a power cut: ${whole} whole and recorded, ${before} as before\n`);
  process.stdout.write(`${whole + before - failed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 ? 1 : 0;
}

async function overScenarios(pattern: string, pause: string | undefined, state: string): Promise<number> {
  const certificates = new Certificates(path.join(state, 'certificates'));
  const bench = {
    certificates,
    server: [process.execPath, fileURLToPath(import.meta.url), '--serve'] as const,
    line: [process.execPath, path.join(root, 'dist/cli.cjs')] as const,
    root,
    trustedRoot: await certificates.trustedRoot(),
    verb: pause === undefined ? ['fix'] : ['pause', ...pause.split(' ')],
  };
  let [passed, failed] = [0, 0];
  await fixScenarios(bench, pattern, (line, good) => {
    if (good) passed += 1;
    else failed += 1;
    process.stdout.write(`${good ? '✓' : '✗'} ${line}\n`);
  });
  process.stdout.write(`${passed} passed, ${failed} failed, 0 skipped\n`);
  return failed > 0 ? 1 : 0;
}

async function withoutFaults(
  bench: Bench,
  cycles: readonly Cycle[],
  during: During,
  tally: Tally,
  withSteps: boolean,
): Promise<Map<Cycle, number>> {
  const steps = new Map<Cycle, number>();
  for (const cycle of cycles) {
    const missing = (await Promise.all((cycle.needs ?? []).map(lacks))).find((why) => why !== null);
    if (missing !== undefined) {
      process.stdout.write(`- ${cycle.id}: skipped, ${missing}\n`);
      tally.skipped += 1;
      continue;
    }
    const found = await runCycle(bench, cycle, 'none', -1, during);
    tell(cycle, 'none', -1, found, tally);
    if (withSteps) process.stdout.write(found.steps.map((step) => `  ${step}\n`).join(''));
    if (found.changeMs !== null) tally.changeMs.push(found.changeMs);
    // Where nothing is changed there is no step for a fault.
    if (found.wrong.length === 0 && found.steps.length > 0) steps.set(cycle, found.steps.length);
  }
  return steps;
}

function* plans(
  steps: readonly (readonly [Cycle, number])[],
  runs: number,
  random: Random,
  { fault, at, every }: { fault?: string; at?: string; every?: boolean },
): Generator<[Cycle, FaultKind, number]> {
  const possible = (cycle: Cycle): FaultKind[] =>
    faultKinds.filter(
      (kind) => (fault === undefined || kind === fault) && (kind !== 'reload' || cycle.reload !== undefined),
    );
  if (every)
    for (const [cycle, count] of steps)
      for (const kind of possible(cycle)) for (let step = 0; step < count; step++) yield [cycle, kind, step];
  for (let run = 0; run < runs; run++) {
    const [cycle, count] = steps[random.below(steps.length)] ?? [];
    if (cycle === undefined || count === undefined) return;
    const kinds = possible(cycle);
    const kind = kinds[random.below(kinds.length)];
    const step = at === undefined ? random.below(count) : Number(at);
    if (kind !== undefined) yield [cycle, kind, step];
  }
}

function tell(cycle: Cycle, kind: FaultKind, at: number, found: Finding, tally: Tally): void {
  const isGood = found.wrong.length === 0;
  tally[isGood ? 'passed' : 'failed'] += 1;
  if (kind !== 'none') tally[found.ended] += 1;
  const what = kind === 'none' ? '' : `, ${kind} at ${at}`;
  const when =
    found.changeMs === null ? '' : ` (${found.changeMs} ms from planned to confirmed, ${found.steps.length} steps)`;
  process.stdout.write(`${isGood ? '✓' : '✗'} ${cycle.id}${what}${kind === 'none' ? when : `: ${found.ended}`}\n`);
  for (const line of found.wrong) process.stdout.write(`  ${line.replaceAll('\n', '\n  ')}\n`);
}

if (process.argv[2] === '--serve') {
  const { serve } = await import('../services/serve.js');
  serve(); // it ends with its standard input
} else process.exitCode = await all();
