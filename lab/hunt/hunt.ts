// The whole of `npm run hunt`: random worlds, the command's answer in each, held against what really happened there.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onDevice } from '../run/execute.js';
import { Certificates } from '../services/certificates.js';
import { lacks, missingForAll } from '../world/capabilities.js';
import { newWorldName } from '../world/names.js';
import { must } from '../world/process.js';
import { sweep } from '../world/sweep.js';
import { removeWorldsAtExit } from '../world/world.js';
import { drawCase, type Case } from './draw.js';
import { clientProgram } from './observe/observe.js';
import type { HuntOptions } from './options.js';
import { environmentOf, runCase, worldOf, type Bench, type Outcome } from './run-case.js';
import { figuresOf } from './score/figures.js';
import { describe, lineOf, recordOf, tableOf } from './score/lines.js';
import { logCase, writeFound } from './write.js';

async function shell(drawn: Case, bench: Bench): Promise<number> {
  const world = await worldOf(drawn, bench);
  process.stdout.write(
    `${describe(drawn)}Other machines: ip netns exec ${world.name}-{${world.topology.machines.join(',')}} …\n`,
  );
  const [program, args] = onDevice(world, drawn.draft.as, ['bash', '--norc']);
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...environmentOf(drawn, bench), TERM: process.env['TERM'] ?? 'dumb', PS1: 'device# ' },
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  await world.remove();
  return 0;
}

async function benchOf(options: HuntOptions, root: string, program: string): Promise<Bench> {
  const cli = options.cli === null ? path.join(root, 'dist', 'cli.cjs') : path.resolve(options.cli);
  if (!existsSync(cli)) await must(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { timeoutMs: 120_000 });
  await sweep();
  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  const certificates = new Certificates(path.join(state, 'certificates'));
  const trustedRoot = await certificates.trustedRoot();
  return {
    certificates,
    server: [process.execPath, program, '--serve'],
    command: { line: [process.execPath, cli], trustedRoot },
    client: clientProgram(program, trustedRoot),
  };
}

async function reasonToSkip({ draft }: Case): Promise<string | null> {
  for (const need of draft.needs) {
    const why = await lacks(need);
    if (why !== null) return why;
  }
  return null;
}

export async function hunt(options: HuntOptions, root: string, program: string): Promise<number> {
  const whyNot = await missingForAll();
  if (whyNot !== null) {
    process.stdout.write(`No hunt here: ${whyNot}\n0 passed, 0 failed, ${options.cases} skipped\n`);
    return 0;
  }
  const bench = await benchOf(options, root, program);
  const say = (text: string): void => void (options.json ? process.stderr : process.stdout).write(text);
  if (options.only !== null) {
    const drawn = drawCase(options.seed, options.only, options.as);
    if (options.shell) return shell(drawn, bench);
    say(describe(drawn));
    const outcome = await runCase(drawn, bench);
    say(
      `${lineOf(outcome)}\n${JSON.stringify({ truth: outcome.truth, seen: outcome.seen, report: outcome.report }, null, 1)}\n`,
    );
    return 0;
  }
  say(`${options.cases} cases, seed ${options.seed}\n`);
  const outcomes: Outcome[] = [];
  let [skipped, faults] = [0, 0];
  const began = performance.now();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.cases) {
      const drawn = drawCase(options.seed, next++, options.as);
      if ((await reasonToSkip(drawn)) !== null) {
        skipped += 1;
        continue;
      }
      try {
        const outcome = await runCase(drawn, bench);
        outcomes.push(outcome);
        say(`${lineOf(outcome)}\n`);
        logCase(options.log, recordOf(outcome));
      } catch (error) {
        faults += 1;
        say(`✗ ${drawn.number}: the hunt itself failed: ${String(error)}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  const figures = figuresOf(outcomes.map(recordOf));
  say(`\n${tableOf(figures)}`);
  await writeFound(options, root, outcomes.map(recordOf));
  const seconds = (performance.now() - began) / 1000;
  say(`${(seconds / Math.max(1, outcomes.length)).toFixed(1)} s a case, ${Math.round(seconds)} s in all\n`);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ seed: options.seed, ...figures, cases: outcomes.map(recordOf) })}\n`);
  const broken = outcomes.filter(({ faults: found, report }) => found.length > 0 || report === null).length;
  const failed = figures.wrongAndSure.length + broken + faults;
  // A miss that was not sure is a matter of accuracy, and a busy machine delays packets: it fails no test run.
  say(`${figures.top1} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 ? 1 : 0;
}
