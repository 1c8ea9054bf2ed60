// The whole of `npm run lab`: worlds side by side, one scenario in each, the answers compared with the truth.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scenario } from '../scenario.js';
import { Certificates } from '../services/certificates.js';
import { lacks, missingForAll } from '../world/capabilities.js';
import { newWorldName } from '../world/names.js';
import { must } from '../world/process.js';
import { sweep } from '../world/sweep.js';
import { MACHINES } from '../world/topology.js';
import { removeWorldsAtExit, type World } from '../world/world.js';
import { takeNext } from './beside.js';
import { check } from './check.js';
import { choose } from './choose.js';
import { environmentOf, execute, onDevice, type Command, type Outcome } from './execute.js';
import { machineMounts, tracingInstances } from './leftovers.js';
import { loadScenarios } from './load.js';
import type { LabOptions } from './options.js';
import { record } from './record.js';
import { lineOf, summary, type Skipped } from './summary.js';
import { worldOf } from './world-of.js';

interface Bench {
  options: LabOptions;
  root: string;
  certificates: Certificates;
  server: readonly [string, ...string[]];
  command: Command;
  /** Worlds that curl did not find as the scenario says. */
  disagreements: string[];
}

async function reasonToSkip(scenario: Scenario): Promise<string | null> {
  for (const need of scenario.needs ?? []) {
    const why = await lacks(need);
    if (why !== null) return why;
  }
  return null;
}

/** Runs one scenario under the wanted identities. A fault of the lab itself throws. */
async function runScenario(bench: Bench, scenario: Scenario, report: (outcome: Outcome) => void): Promise<void> {
  let world: World | null = null;
  try {
    for (const as of bench.options.as) {
      if (scenario.only !== undefined && scenario.only !== as) continue;
      world ??= await worldOf(scenario, bench);
      if (bench.options.check) {
        const { line, agrees } = await check(world, scenario, bench.command, as);
        process.stdout.write(`${line}\n`);
        if (!agrees) bench.disagreements.push(`${scenario.side}/${scenario.id} as ${as}`);
        continue;
      }
      let outcome = await execute(world, scenario, bench.command, as);
      if (bench.options.again && outcome.differences.length > 0 && !outcome.wrongAndSure) {
        process.stdout.write(`${lineOf(outcome)}\n  once more, in a world of its own:\n`);
        await world.remove();
        world = null;
        world = await worldOf(scenario, bench);
        outcome = await execute(world, scenario, bench.command, as);
      }
      report(outcome);
      if (bench.options.record && outcome.differences.length === 0) {
        const why = record(bench.root, outcome, world.rules);
        if (why !== null) process.stdout.write(`  not recorded: ${why}\n`);
      }
      if (scenario.fresh === true) {
        await world.remove();
        world = null;
      }
    }
  } finally {
    await world?.remove();
  }
}

async function shell(bench: Bench, scenario: Scenario): Promise<number> {
  const world = await worldOf(scenario, bench);
  process.stdout.write(
    `${scenario.side}/${scenario.id}: ${scenario.title}\nTarget: ${scenario.target}\nOther machines: ip netns exec ${world.name}-{${MACHINES.join(',')}} …\n`,
  );
  const [program, args] = onDevice(world, bench.options.as.length === 1 ? (bench.options.as[0] ?? 'root') : 'root', [
    'bash',
    '--norc',
  ]);
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: {
      ...environmentOf(world, scenario, bench.command, 'root'),
      TERM: process.env['TERM'] ?? 'dumb',
      PS1: 'device# ',
    },
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  await world.remove();
  return 0;
}

export async function lab(options: LabOptions, root: string, program: string): Promise<number> {
  const chosen = choose(await loadScenarios(root), options.pattern, options.slice, options.seed);
  if (options.list) {
    for (const scenario of chosen) process.stdout.write(`${scenario.side}/${scenario.id}: ${scenario.title}\n`);
    return 0;
  }
  const whyNot = await missingForAll();
  if (whyNot !== null) {
    process.stdout.write(`No lab here: ${whyNot}\n0 passed, 0 failed, ${chosen.length} skipped\n`);
    return 0;
  }
  const cli = options.cli === null ? path.join(root, 'dist', 'cli.cjs') : path.resolve(options.cli);
  if (!options.shell && !options.check && !existsSync(cli))
    await must(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { timeoutMs: 120_000 });
  const swept = await sweep();
  if (swept.length > 0) process.stdout.write(`Swept ${swept.length} namespaces of a killed run.\n`);

  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  const certificates = new Certificates(path.join(state, 'certificates'));
  const bench: Bench = {
    options,
    root,
    certificates,
    server: [process.execPath, program, '--serve'],
    command: { line: [process.execPath, cli], trustedRoot: await certificates.trustedRoot() },
    disagreements: [],
  };
  const only = chosen[0];
  if (options.shell) {
    if (only === undefined || chosen.length !== 1)
      throw new Error(`--shell wants a pattern that one scenario matches, not ${chosen.length}`);
    return shell(bench, only);
  }

  process.stdout.write(
    `${chosen.length} scenarios, seed ${options.seed}${options.slice === null ? '' : `, part ${options.slice.part} of ${options.slice.of}`}\n`,
  );
  const instancesBefore = tracingInstances();
  const mountsBefore = machineMounts();
  const outcomes: Outcome[] = [];
  const skipped: Skipped[] = [];
  const faults: string[] = [];
  const waiting = [...chosen];
  const running = new Map<Scenario, Promise<void>>();
  const runOne = async (scenario: Scenario): Promise<void> => {
    const why = await reasonToSkip(scenario);
    if (why !== null) {
      skipped.push({ name: `${scenario.side}/${scenario.id}`, why });
      return;
    }
    try {
      await runScenario(bench, scenario, (outcome) => {
        outcomes.push(outcome);
        process.stdout.write(`${lineOf(outcome)}\n`);
        if (options.verbose && outcome.differences.length > 0)
          process.stdout.write(`${outcome.ran.stdout}${outcome.ran.stderr}\n`);
      });
    } catch (error) {
      faults.push(`${scenario.side}/${scenario.id}: ${String(error)}`);
      process.stdout.write(`✗ ${scenario.side}/${scenario.id}: the lab itself failed: ${String(error)}\n`);
    }
  };
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const scenario = takeNext(waiting, running.keys());
      if (scenario === null) await Promise.race(running.values());
      else {
        const done = runOne(scenario).finally(() => running.delete(scenario));
        running.set(scenario, done);
        await done;
      }
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  if (options.check) {
    const wrong = bench.disagreements.length + faults.length;
    process.stdout.write(
      `\n${bench.disagreements.join('\n')}\n${chosen.length * options.as.length - wrong} passed, ${wrong} failed, ${skipped.length} skipped\n`,
    );
    return wrong > 0 ? 1 : 0;
  }
  // Another run of the command on this machine may hold an instance of its own for a moment: only ours that stay count.
  const leftTracing = [...tracingInstances()].filter(
    (name) => !instancesBefore.has(name) && name.includes('whoblocked'),
  );
  const leftMounts = [...machineMounts()].flatMap(([id, place]) => (mountsBefore.has(id) ? [] : [place]));
  const left = [
    ...leftTracing.map((name) => `Tracing instance left: ${name}`),
    ...leftMounts.map((place) => `Mount left: ${place}`),
  ];
  const { text, failed } = summary(outcomes, skipped, left, faults.length);
  process.stdout.write(text);
  return failed > 0 ? 1 : 0;
}
