// Runs the command once, on a world's device, as root or as a user without privileges.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../src/model/report.js';
import type { Scenario } from '../scenario.js';
import { run, type Ran } from '../world/process.js';
import { SETTINGS } from '../world/internet.js';
import type { World } from '../world/world.js';
import { compare } from './compare.js';
import { leftovers, tables } from './leftovers.js';
import type { Identity } from './options.js';
import { parseReport, parseRun } from './report-form.js';

/** nobody on every common distribution. */
const USER = '65534';

export interface Outcome {
  scenario: Scenario;
  as: Identity;
  ms: number;
  report: Report | null;
  differences: string[];
  wrongAndSure: boolean;
  ran: Ran;
}

export interface Command {
  /** Program and its first arguments. */
  line: readonly [string, ...string[]];
  trustedRoot: string;
}

/** Program and arguments that run the command on the device under an identity. */
export function onDevice(world: World, as: Identity, line: readonly string[]): [string, string[]] {
  const drop =
    as === 'root'
      ? []
      : [
          'setpriv',
          '--reuid',
          USER,
          '--regid',
          USER,
          '--clear-groups',
          '--inh-caps=-all',
          '--bounding-set=-all',
          '--no-new-privs',
        ];
  const inside = ['ip', 'netns', 'exec', world.namespace('device'), ...withOwnDirectories(world), ...drop, ...line];
  // `ip netns exec` mounts /sys anew: the group is joined before. The shell's text is fixed.
  if (world.group === null) return ['ip', inside.slice(1)];
  return ['sh', ['-c', 'echo $$ > "$0" && exec "$@"', path.join(world.group, 'cgroup.procs'), ...inside]];
}

/**
 * Directories of the world that the command sees where programs have theirs: a name cache's socket, leases of DHCP, what
 * Chromium is to install; all of /run.
 */
const shown = {
  run: '/run',
  nscd: '/run/nscd',
  dhcp: '/var/lib/dhcp',
  wireguard: '/run/wireguard',
  chromium: '/usr/share/chromium',
} as const;

/** `ip netns exec` has given it mounts of its own. The shell's text is fixed. */
function withOwnDirectories(world: World): string[] {
  const layers = path.join(world.state, 'usr');
  const above = 'mount -t overlay lab -o "lowerdir=$0:/usr" /usr && exec "$@"';
  const programs = existsSync(layers) ? ['sh', '-c', above, readFileSync(layers, 'utf8')] : [];
  const directories = Object.entries(shown).flatMap(([name, place]) => {
    const own = path.join(world.state, name);
    return existsSync(own)
      ? ['sh', '-c', 'mkdir -p "$1" && mount --bind "$0" "$1" && shift && exec "$@"', own, place]
      : [];
  });
  return [...programs, ...directories];
}

export function environmentOf(
  world: World,
  scenario: Scenario,
  command: Command,
  as: Identity,
): Record<string, string> {
  const environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: as === 'root' ? '/root' : '/nonexistent',
    LANG: 'C.UTF-8',
    SSL_CERT_FILE: command.trustedRoot,
    ...(scenario.environment?.['LD_PRELOAD'] === undefined ? scenario.environment : {}),
  };
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, inWorld(value, world)]));
}

/** What is preloaded into the command goes into nothing before it: a preloaded `ip` would leave its traces as root. */
function preloaded({ environment = {} }: Scenario): string[] {
  if (environment['LD_PRELOAD'] === undefined) return [];
  return ['env', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}

/** `{world}` is a directory of that world. */
function inWorld(word: string, world: World): string {
  return word.replaceAll('{world}', world.state);
}

function filled(word: string, world: World): string {
  return inWorld(word, world).replaceAll(/\{pid:([\w-]+)\}/g, (_, label: string) =>
    String(world.pids.get(label) ?? 'no such process'),
  );
}

export async function execute(world: World, scenario: Scenario, command: Command, as: Identity): Promise<Outcome> {
  const settings = path.join(world.state, 'settings.json');
  writeFileSync(settings, JSON.stringify(SETTINGS), { mode: 0o644 });
  const tablesBefore = await tables(world);
  const options = [...(scenario.arguments ?? []), '--json', '--config', settings, '--'];
  const words = scenario.run ? ['run', ...options, ...scenario.run] : [...options, scenario.target];
  const line = [...preloaded(scenario), ...command.line, ...words].map((word) => filled(word, world));
  const [program, args] = onDevice(world, as, line);
  const [enter = program, ...entered] = scenario.group === undefined ? [] : [...world.inGroup(scenario.group), program];
  const ran = await run(enter, [...entered, ...args], {
    environment: environmentOf(world, scenario, command, as),
    timeoutMs: 30_000,
    cwd: '/',
  });
  const { report, differences } = scenario.run ? parseRun(ran, scenario.target) : parseReport(ran);
  const kept = process.env['LAB_REPORTS'];
  if (kept) writeFileSync(path.join(kept, `${scenario.side}-${scenario.id}.${as}.json`), ran.stdout);
  let wrongAndSure = false;
  if (report !== null) {
    const compared = compare(report, scenario.expect[as], world.rules);
    differences.unshift(...compared.differences);
    wrongAndSure = compared.wrongAndSure;
  }
  differences.push(...(await leftovers(world, tablesBefore)));
  return { scenario, as, ms: ran.ms, report, differences, wrongAndSure, ran };
}
