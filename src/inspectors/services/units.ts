import type { LocalService, ServiceExit } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import { findFiles, lineAt, readText } from './find-files.js';
import { endIn, withoutSecrets } from './last-words.js';
import { type ListeningPlace, placeText } from './place.js';
import type { Configured } from './settings.js';

/** In this order a unit's file counts (systemd.unit(5)). */
const directories = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
/** Those that whoever runs this device has written: there any line may name the port. */
const ofTheirOwn = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system'];
const mostUnits = 6;

export interface Unit {
  /** With `*` for the instances of a template. */
  readonly name: string;
  readonly because: string;
  readonly location: string;
}

/** Units that should listen there: those of configured programs, and those whose own file names the place. */
export async function unitsFor(
  place: ListeningPlace,
  configured: readonly Configured[],
  context: Context,
): Promise<Unit[]> {
  const named = (await Promise.all(ofTheirOwn.map((directory) => namedIn(directory, place, context)))).flat();
  const known = await Promise.all(
    configured.flatMap(({ program, because }) =>
      program.units.map(async (unit) => {
        const paths = await Promise.all(directories.map((directory) => findFiles(`${directory}/${unit}`, context)));
        const [path] = paths.flat();
        return path === undefined ? [] : [{ name: unitName(path, unit), because, location: path }];
      }),
    ),
  );
  const all = [...named, ...known.flat()];
  return all.filter((unit, i) => all.findIndex(({ name }) => name === unit.name) === i).slice(0, mostUnits);
}

async function namedIn(directory: string, place: ListeningPlace, context: Context): Promise<Unit[]> {
  const paths = await Promise.all(
    ['*.service', '*.socket', '*.container'].map((kind) => findFiles(`${directory}/${kind}`, context)),
  );
  const units = await Promise.all(
    paths.flat().map(async (path): Promise<Unit[]> => {
      const text = (await readText(path, context)) ?? '';
      const line = lineNaming(text, place);
      const because = `its unit file has ${placeText(place)} in it`;
      return line === null ? [] : [{ name: nameOf(path), because, location: `${path}:${line}` }];
    }),
  );
  return units.flat();
}

/** The port as a number of its own in a line that starts the program or listens for it. */
export function lineNaming(text: string, place: ListeningPlace): number | null {
  const word = 'port' in place ? String(place.port) : place.path.replace(/[.\\+*?^$()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(`^(?:ExecStart|ListenStream|Environment|PublishPort)=.*(?<![\\w.])${word}(?![\\w.])`, 'm');
  const match = pattern.exec(text);
  return match ? lineAt(text, match.index) : null;
}

/** `postgresql@15-main.service` is one of `postgresql@*.service`. */
export function isOf(name: string, pattern: string): boolean {
  const [before = '', after] = pattern.split('*');
  return after === undefined ? name === pattern : name.startsWith(before) && name.endsWith(after);
}

/** Of a template (`postgresql@.service`) the instances count, whichever there are. */
function unitName(path: string, pattern: string): string {
  const name = nameOf(path);
  return name.includes('@.') ? pattern : name;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const properties = [
  'Id', 'LoadState', 'ActiveState', 'SubState', 'UnitFileState', 'Result', 'ExecMainCode', 'ExecMainStatus',
  'ExecMainExitTimestamp', 'MainPID', 'StatusText',
]; // prettier-ignore

/** What systemd knows of its units. Empty where it does not run here. */
export async function unitStates(units: readonly Unit[], context: Context): Promise<LocalService[]> {
  if (units.length === 0) return [];
  const names = units.map(({ name }) => name).filter((name) => /^[\w:.@*-]{1,200}$/.test(name));
  const { exit, stdout } = await context.system.run(
    'systemctl',
    ['show', '--no-pager', `--property=${properties.join(',')}`, '--', ...names],
    { timeoutMs: 2_000, signal: context.signal },
  );
  if (exit !== 0) return [];
  const shown = stdout.split(/\n\n+/).map(propertiesIn);
  return Promise.all(
    shown.flatMap((values) => {
      const id = values.get('Id') ?? '';
      const unit = units.find(({ name }) => isOf(id, name));
      return unit && values.get('LoadState') === 'loaded' ? [serviceOf({ ...unit, name: id }, values, context)] : [];
    }),
  );
}

function propertiesIn(block: string): Map<string, string> {
  return new Map(
    block.split('\n', 64).flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
}

async function serviceOf(unit: Unit, values: Map<string, string>, context: Context): Promise<LocalService> {
  const state = stateOf(values);
  const words = state === 'failed' || state === 'starting' ? await journalWords(unit.name, context) : null;
  const text = words?.text ?? values.get('StatusText') ?? '';
  return {
    name: unit.name,
    state,
    because: unit.because,
    location: unit.location,
    exit: state === 'running' ? null : exitOf(values),
    words: words ?? (text === '' ? null : { text: withoutSecrets(text).slice(0, 300), location: 'systemd' }),
    heldBy: null,
    start: `sudo systemctl start ${unit.name}`,
  };
}

function stateOf(values: Map<string, string>): LocalService['state'] {
  const active = values.get('ActiveState');
  if (active === 'active') return 'running';
  if (active === 'failed' || values.get('SubState') === 'auto-restart') return 'failed';
  if (active === 'activating' || active === 'reloading') return 'starting';
  return values.get('UnitFileState') === 'disabled' || values.get('UnitFileState') === 'masked'
    ? 'disabled'
    : 'stopped';
}

/** CLD_EXITED 1, CLD_KILLED 2, CLD_DUMPED 3 (siginfo.h). */
function exitOf(values: Map<string, string>): ServiceExit | null {
  const [code, status] = [values.get('ExecMainCode') ?? '0', values.get('ExecMainStatus') ?? ''];
  if (code === '0') return null;
  const at = values.get('ExecMainExitTimestamp') || null;
  const base = { at, source: 'systemd' };
  if (values.get('Result') === 'oom-kill') return { how: 'out-of-memory', value: null, ...base };
  if (code === '1') return { how: 'code', value: status, ...base };
  return { how: 'signal', value: signalName(Number(status)), ...base };
}

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP', 2: 'SIGINT', 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM',
}; // prettier-ignore

export function signalName(number: number): string {
  return signals[number] ?? `signal ${number}`;
}

async function journalWords(unit: string, context: Context): Promise<LocalService['words']> {
  const args = ['--no-pager', '--quiet', '--output=cat', '--lines=60', `--unit=${unit}`];
  const { exit, stdout } = await context.system.run('journalctl', args, {
    timeoutMs: 2_000,
    maxBytes: 512 * 1024,
    signal: context.signal,
  });
  return exit === 0 ? (endIn(stdout, `journal of ${unit}`)?.words ?? null) : null;
}
