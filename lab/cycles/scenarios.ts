// `npm run cycles -- --scenarios PATTERN`: the lab's own worlds, fixed and undone: what works afterwards, what is refused and why.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Scenario } from '../scenario.js';
import { onDevice } from '../run/execute.js';
import { loadScenarios } from '../run/load.js';
import { applySteps } from '../world/apply.js';
import { lacks } from '../world/capabilities.js';
import { REFERENCE, RESOLVER, SERVER, withNames } from '../world/internet.js';
import { must, run, type Ran } from '../world/process.js';
import { World, type WorldPlan } from '../world/world.js';
import { stable } from './device.js';

export interface ScenarioBench extends Pick<WorldPlan, 'certificates' | 'server'> {
  /** Program and arguments of the command. */
  line: readonly [string, ...string[]];
  root: string;
  trustedRoot: string;
  /** `fix`, or `pause` and what. */
  verb: readonly string[];
}

/** The journal is private: nothing else of a scenario's /var is written. */
const PRIVATE = 'mount --bind "$0" /var/lib && exec "$@"';

export async function fixScenarios(
  bench: ScenarioBench,
  pattern: string,
  tell: (line: string, good: boolean) => void,
): Promise<void> {
  for (const scenario of await loadScenarios(bench.root)) {
    const name = `${scenario.side}/${scenario.id}`;
    if (!new RegExp(pattern).test(name)) continue;
    const why = (await Promise.all((scenario.needs ?? []).map(lacks))).find((one) => one !== null);
    if (why !== undefined) continue;
    const services = { server: SERVER, resolver: RESOLVER, reference: REFERENCE, ...scenario.services };
    const named = Object.fromEntries(
      Object.entries(services).map(([on, list]) => [on, withNames(list, scenario.names ?? {})]),
    );
    const world = await World.build({ ...bench, services: named, ...(scenario.files && { files: scenario.files }) });
    try {
      await applySteps(world, [...(scenario.distractors ?? []), ...scenario.break]);
      const { line, good } = await fixOne(world, scenario, bench);
      tell(`${name}: ${line}`, good);
    } catch (error) {
      tell(`${name}: ${String(error)}`, false);
    } finally {
      await world.remove();
    }
  }
}

async function fixOne(
  world: World,
  scenario: Scenario,
  bench: ScenarioBench,
): Promise<{ line: string; good: boolean }> {
  const state = path.join(world.state, 'var-lib');
  mkdirSync(state, { recursive: true });
  const command = (...words: string[]): Promise<Ran> =>
    run(
      ...onDevice(world, 'root', [
        'unshare',
        '-m',
        '--propagation',
        'private',
        'bash',
        '-c',
        PRIVATE,
        state,
        ...bench.line,
        ...words,
      ]),
      {
        timeoutMs: 90_000,
        cwd: '/',
        environment: {
          PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: '/root',
          SSL_CERT_FILE: bench.trustedRoot,
          ...Object.fromEntries(
            Object.entries(scenario.environment ?? {}).map(([name, value]) => [
              name,
              value.replaceAll('{world}', world.state),
            ]),
          ),
        },
      },
    );
  const before = await rules(world);
  const target = scenario.target.replaceAll('{world}', world.state);
  const isPause = bench.verb[0] === 'pause';
  const fixed = await command(
    ...bench.verb,
    '--yes',
    '--json',
    '--no-references',
    ...(scenario.arguments ?? []),
    // Behind the dashes of a pause stands what is tried.
    ...(isPause ? [target] : ['--', target]),
  );
  const json = parsed(fixed.stdout);
  const change = json?.changes[0];
  const what = change === undefined ? '' : ` ${change.remedy}: ${change.commands.join('; ')}`;
  const reasons = [json?.why, ...(json?.refusals ?? []).map(({ remedy, whyNot }) => `${remedy}: ${whyNot}`)]
    .filter(Boolean)
    .join(' | ');
  const line = `exit ${fixed.code},${what} ${reasons} (${json?.before?.cause ?? fixed.stderr.slice(0, 200)})`;
  if (isPause) {
    const proven = json?.before?.certainty === 'proven' && json.after !== undefined && json.after.outcome !== 'failed';
    return {
      line: `${line}, ${json?.before?.certainty ?? 'nothing'}`,
      good: proven && (await rules(world)) === before,
    };
  }
  if (fixed.code === 0 && change !== undefined) {
    const undone = await command('undo', '--json');
    const same = (await rules(world)) === before;
    return {
      line: `${line} → undo ${undone.code}${same ? '' : ', NOT as before'}${undone.code === 0 ? '' : undone.stdout}`,
      good: undone.code === 0 && same,
    };
  }
  return { line, good: fixed.code !== null && [0, 1, 4].includes(fixed.code) && (await rules(world)) === before };
}

async function rules(world: World): Promise<string> {
  const listed = JSON.parse(await must(...world.inside('device', 'nft', '-j', 'list', 'ruleset'))) as object;
  const saved = await run(...world.inside('device', 'iptables-legacy-save'));
  return JSON.stringify(stable(listed)) + saved.stdout.replace(/^#.*\n/gm, '').replace(/\[\d+:\d+\]/g, '');
}

interface Changes {
  changes: { remedy: string; commands: string[]; state: string }[];
  why?: string;
  refusals?: { remedy: string; whyNot: string }[];
  before?: { cause: string; certainty: string };
  after?: { outcome: string };
}

function parsed(text: string): Changes | null {
  try {
    return JSON.parse(text) as Changes;
  } catch {
    return null;
  }
}
