import type { LocalService, ServiceExit } from '../../model/device-state.js';
import type { ListenerFact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { accounted, type Killed, pidFile } from './exits.js';
import { findFiles } from './find-files.js';
import { lastWords, type LogEnd } from './last-words.js';
import type { Configured } from './settings.js';
import type { Unit } from './units.js';

const mostLogs = 4;

export interface Around {
  readonly listeners: readonly ListenerFact[];
  readonly killed: readonly Killed[];
  readonly units: readonly Unit[];
  /** systemd runs here. */
  readonly systemd: boolean;
  /** What could not be read is added here. */
  readonly closed: Set<string>;
}

/** What became of a program that is set up to listen there, by the traces that it left. */
export async function configuredService(
  configured: Configured,
  around: Around,
  context: Context,
): Promise<LocalService> {
  const { program, because, location, text } = configured;
  const [pids, logs] = [
    paths(program.pid?.exec(text)?.[1], program.pids),
    await logFiles(paths(program.log?.exec(text)?.[1], program.logs), context),
  ];
  const [found, ends] = await Promise.all([
    Promise.all(pids.map((path) => pidFile(path, program.processes, context))),
    Promise.all(logs.map((path) => lastWords(path, context))),
  ]);
  for (const [i, end] of ends.entries()) if (typeof end === 'string') around.closed.add(`${logs[i]}: ${end}`);
  const [file = null] = found.flatMap((one) => one ?? []);
  const end = ends.find((one): one is LogEnd => one !== null && typeof one === 'object') ?? null;
  const running = file?.alive === true;
  const memory = running ? null : memoryExit(program.processes, file?.pid ?? null, end, around.killed);
  const exit = running ? null : (memory ?? (await traces(program.processes, file?.path ?? null, context)));
  return {
    name: program.name,
    state: running ? 'running' : exit || end?.ended === 'fault' ? 'failed' : 'stopped',
    because,
    location,
    exit,
    words: running ? null : (end?.words ?? null),
    heldBy: running ? null : holderOf(end, program.processes, around.listeners, configured),
    start: await startCommand(configured, around, context),
  };
}

/** A command that works here: of systemd where it runs, else of the init script. */
async function startCommand(
  { program }: Configured,
  { units, systemd }: Around,
  { system }: Context,
): Promise<string | null> {
  const names = units.map(({ name }) => name).filter((name) => !name.includes('*') && program.units.includes(name));
  if (systemd) return names[0] === undefined ? null : `sudo systemctl start ${names[0]}`;
  const scripts = program.units.map((unit) => unit.replace(/(?:@\*)?\.\w+$/, ''));
  for (const script of scripts)
    if (await system.files.exists(`/etc/init.d/${script}`)) return `sudo service ${script} start`;
  return null;
}

function paths(named: string | undefined, usual: readonly string[]): string[] {
  return named?.startsWith('/') === true ? [named] : [...usual];
}

async function logFiles(patterns: readonly string[], context: Context): Promise<string[]> {
  const found = await Promise.all(
    patterns.map(async (pattern) => {
      const stat = pattern.includes('*') ? null : await context.system.files.stat(pattern);
      const directory = typeof stat === 'object' && stat?.kind === 'directory';
      return findFiles(directory ? `${pattern}/*.log` : pattern, context);
    }),
  );
  return found.flat().slice(-mostLogs).toReversed();
}

/** The kernel ended it: this very process where a pid file names it, else one of its name that did not stop by itself. */
function memoryExit(
  names: readonly string[],
  pid: number | null,
  end: LogEnd | null,
  killed: readonly Killed[],
): ServiceExit | null {
  const own = killed.find((one) => names.includes(one.process) && (pid === null || one.pid === pid));
  if (!own || (pid === null && end?.ended === 'stopped')) return null;
  return { how: 'out-of-memory', value: null, at: own.at, source: 'kernel log' };
}

/** A pid file that nobody took away is left by a program that was ended, not by one that stopped. */
async function traces(names: readonly string[], path: string | null, context: Context): Promise<ServiceExit | null> {
  const [name] = names;
  if (path === null || name === undefined) return null;
  return (
    (await accounted(name, context)) ?? { how: 'unknown', value: null, at: null, source: `${path} was left behind` }
  );
}

function holderOf(
  end: LogEnd | null,
  own: readonly string[],
  listeners: readonly ListenerFact[],
  { because }: Configured,
): LocalService['heldBy'] {
  if (!/already in use/i.test(end?.words.text ?? '')) return null;
  const port = Number(/ on port (\d{1,5})/.exec(because)?.[1] ?? 0);
  const holder = listeners.find(
    (one) => one.protocol === 'tcp' && one.port === port && !own.includes(one.process ?? ''),
  );
  return holder ? { process: holder.process, pid: holder.pid, address: `${holder.address} port ${holder.port}` } : null;
}
