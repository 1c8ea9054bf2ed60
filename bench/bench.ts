// The whole of `npm run bench`: one world, each situation made in it in turn, the contestants timed on its device.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { Certificates } from '../lab/services/certificates.js';
import { applySteps } from '../lab/world/apply.js';
import { missingForAll } from '../lab/world/capabilities.js';
import { REFERENCE, RESOLVER, SERVER, SETTINGS } from '../lab/world/internet.js';
import { newWorldName } from '../lab/world/names.js';
import { must } from '../lab/world/process.js';
import { sweep } from '../lab/world/sweep.js';
import { removeWorldsAtExit, World } from '../lab/world/world.js';
import { contestants } from './contestants.js';
import { type StateFigures, stateTable } from './device-state.js';
import { writeDeviceTrust } from './device-trust.js';
import { benchFirewall, type FirewallFigures, type RulesetFigures } from './firewall.js';
import { rulesetTable } from './firewall-table.js';
import { figuresOf, type SituationFigures } from './figures.js';
import type { BenchOptions, Identity } from './options.js';
import type { Plan, Timing } from './runner.js';
import { situations, type Situation } from './situations.js';
import { tableOf } from './table.js';
import { benchTrace } from './trace.js';
import { benchWaits } from './waits.js';

/** A user's and root's environment alike. NODE_EXTRA_CA_CERTS, which costs Node 50 ms at each start, is not in it. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
};

/** An ordinary user: file capabilities (ping has one) still work, which the lab's own drop of privileges forbids. */
const toUser = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--inh-caps=-all'];

const planMs = 20 * 60_000;

export async function bench(options: BenchOptions, root: string, program: string): Promise<number> {
  const whyNot = await missingForAll();
  if (whyNot !== null) {
    process.stdout.write(`No bench here: ${whyNot}\n`);
    return 0;
  }
  const chosen = situations.filter(({ id }) => id.includes(options.pattern));
  const withFirewall = 'firewall'.includes(options.pattern);
  const withState = 'state'.includes(options.pattern);
  const withTrace = 'trace'.includes(options.pattern);
  const withWaits = options.pattern === '' || options.pattern.startsWith('waits');
  if (chosen.length === 0 && !withFirewall && !withState && !withTrace && !withWaits)
    throw new Error(`no situation is called "${options.pattern}"`);
  const cli = options.cli === null ? path.join(root, 'dist', 'cli.cjs') : path.resolve(options.cli);
  if (!existsSync(cli)) await must(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { timeoutMs: 120_000 });
  const load = (loadavg()[0] ?? 0) / availableParallelism();
  if (load > 0.5 && !options.json)
    process.stdout.write(
      `This machine is busy (${load.toFixed(1)} a processor): times are longer than they need be.\n\n`,
    );
  const all = chosen.length === 0 ? [] : await benchSituations(chosen, options, cli, program);
  const firewall = withFirewall ? await rulesetFigures(options, cli, program) : null;
  const state = withState ? await stateFigures(program) : null;
  const traced = withTrace ? await benchTrace(options.runs, cli, program, options.alone) : null;
  const waited = withWaits ? await benchWaits(options, root, cli, program) : null;
  if (options.json) {
    const about = { node: process.version, runs: options.runs, loadPerProcessor: load };
    process.stdout.write(
      `${JSON.stringify({ ...about, situations: all, firewall, state, trace: traced?.text ?? null, waits: waited?.text ?? null }, null, 2)}\n`,
    );
  } else if (chosen.length > 0 || withFirewall) process.stdout.write(`${summaryOf(all, firewall?.missed ?? [])}\n`);
  if (state && !options.json) process.stdout.write(stateTable(state));
  if (traced && !options.json) process.stdout.write(traced.text);
  if (waited && !options.json) process.stdout.write(waited.text);
  return all.every((one) => one.rightAnswer) && traced?.right !== false && waited?.right !== false ? 0 : 1;
}

/** By the project's sources, in a process of its own. */
async function stateFigures(program: string): Promise<StateFigures> {
  const read = await must(process.execPath, [...process.execArgv, program, '--state-reader'], { timeoutMs: 120_000 });
  const figures = JSON.parse(read) as StateFigures;
  return figures;
}

function rulesetFigures(options: BenchOptions, cli: string, program: string): Promise<FirewallFigures> {
  const { runs, alone, json } = options;
  const onFigures = (figures: RulesetFigures): void => {
    if (!json) process.stdout.write(`${rulesetTable(figures)}\n`);
  };
  return benchFirewall({ runs, alone, cli, program, onFigures });
}

async function benchSituations(
  chosen: readonly Situation[],
  options: BenchOptions,
  cli: string,
  program: string,
): Promise<SituationFigures[]> {
  await sweep();
  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  const certificates = new Certificates(path.join(state, 'certificates'));
  const world = await World.build({
    services: { server: SERVER, resolver: RESOLVER, reference: REFERENCE },
    certificates,
    server: [process.execPath, program, '--serve'],
  });
  const all: SituationFigures[] = [];
  try {
    writeDeviceTrust(world.namespace('device'), await certificates.trustedRoot());
    const settings = path.join(world.state, 'settings.json');
    writeFileSync(settings, JSON.stringify(SETTINGS), { mode: 0o644 });
    const memoryHook = path.join(world.state, 'peak.cjs');
    writeFileSync(memoryHook, hook, { mode: 0o644 });
    for (const situation of chosen) {
      await applySteps(world, situation.break);
      for (const as of options.as) {
        const timings = await timed(world, situation, as, { options, cli, settings, memoryHook, program });
        const figures = figuresOf(situation, as, timings);
        all.push(figures);
        if (!options.json) process.stdout.write(`${tableOf(figures)}\n`);
      }
      if (situation.broken !== null) await must(...world.inside(situation.broken, 'nft', 'flush', 'ruleset'));
    }
  } finally {
    await world.remove();
    rmSync(state, { recursive: true, force: true });
  }
  return all;
}

const hook = `process.on('exit', () => require('node:fs').writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)));\n`;

interface Setting {
  readonly options: BenchOptions;
  readonly cli: string;
  readonly settings: string;
  readonly memoryHook: string;
  readonly program: string;
}

async function timed(world: World, situation: Situation, as: Identity, setting: Setting): Promise<Timing[]> {
  const { options, cli, settings, memoryHook, program } = setting;
  const all = contestants(
    situation,
    [process.execPath, cli, '--json', '--config', settings, '--', situation.url],
    process.execPath,
  );
  const plan: Plan = {
    contestants: options.alone ? all.slice(0, 2) : all,
    runs: options.runs,
    watched: all.slice(0, 2).map(({ name }) => name),
    memoryHook,
  };
  const line = [process.execPath, program, '--runner'];
  const printed = await must(
    'ip',
    ['netns', 'exec', world.namespace('device'), ...(as === 'user' ? toUser : []), ...line],
    {
      environment,
      input: JSON.stringify(plan),
      timeoutMs: planMs,
      cwd: '/',
    },
  );
  return JSON.parse(printed) as Timing[];
}

function summaryOf(all: readonly SituationFigures[], ofFirewall: readonly string[]): string {
  const slow = all.filter((one) => !one.aimMet || !one.memoryAimMet).map((one) => `${one.situation} as ${one.as}`);
  const missed = [...slow, ...ofFirewall];
  const wrong = all.filter((one) => !one.rightAnswer).map((one) => `${one.situation} as ${one.as}: ${one.cause}`);
  return [
    missed.length === 0 ? 'All aims are met.' : `Aims missed: ${missed.join(', ')}.`,
    ...(wrong.length === 0 ? [] : [`WRONG ANSWERS, so that the figures mean nothing: ${wrong.join(', ')}.`]),
  ].join('\n');
}
