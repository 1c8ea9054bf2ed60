import { diagnose } from '../engine/diagnose.js';
import { diagnoseStart } from '../engine/program-start.js';
import { programFile } from '../engine/find-program.js';
import { type RunInput, type RunOutcome, watchRun } from '../engine/run-program.js';
import type { ProgramAsked } from '../model/program.js';
import type { Options } from '../model/settings.js';
import { accountNamed, homeOf } from '../system/identity.js';
import { lacksToStart } from '../engine/lacks-to-start.js';
import type { SocketOwner } from '../system/linux/socket-owner.js';
import { type RunAs, runWatched, type WatchedRun } from '../system/linux/watch/run-watched.js';
import { openSystem } from '../system/open-system.js';
import { closePlace } from '../system/process-place.js';
import type { Call } from './arguments.js';
import { fromPlace } from './as-program.js';
import { optionsOf, whoProbes } from './diagnose.js';
import { workingDirectory } from './invocation.js';
import { showRun } from './show-run.js';
import { stopSignals, type Stop } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** As shells say it of a program that is not there, and of one that may not run. */
const notFound = 127;
const notRunnable = 126;

type Ask = RunInput['diagnose'];

/** `run -- COMMAND…`: runs it as it is, and diagnoses each connection of it that fails. */
export async function runCommand(call: Extract<Call, { command: 'run' }>, script: string): Promise<number> {
  const { line, flags } = call;
  if (process.platform !== 'linux') throw new WrongWords('run works on Linux only');
  const owner = whoProbes(flags.as);
  const system = await openSystem({ asUser: owner });
  const options = await optionsOf(flags, system);
  const [named] = line;
  const file = await programFile(named, process.env['PATH'] ?? '', workingDirectory(), system.files);
  const program: ProgramAsked = { named, pid: null, container: null, path: file ?? named, ...nothingTried };
  const stop = stopSignals();
  try {
    const stat = file === null ? null : await system.files.stat(file);
    if (stat !== null && typeof stat !== 'string' && stat.kind !== 'file')
      throw new WrongWords('that is no program: run -- takes a command as a shell does');
    const answer = file === null ? 'ENOENT' : ((await system.mayRun?.(file)) ?? 'ok');
    const lack = file === null || answer !== 'ok' ? null : await lacksToStart(file, system);
    if (file === null || answer !== 'ok' || lack !== null) {
      const report = await diagnoseStart(program, options, system, stop.signal);
      const isMissing = answer === 'ENOENT' || lack !== null;
      if (report.verdict.cause === 'undetermined' && isMissing)
        throw new WrongWords(lack ?? 'there is no such program: run -- takes a command as a shell does');
      return await showRun(
        { ...notRun, exit: isMissing ? notFound : notRunnable, reports: [report] },
        null,
        call,
        script,
      );
    }
    const run = await runWatched(file, line, owner === null ? null : runAs(owner));
    const ask = asker(run, { program, options, system, script, stop });
    const outcome = await watchRun({
      words: line.slice(1),
      run,
      system,
      diagnose: ask,
      timeoutMs: flags.timeoutMs,
      signal: stop.signal,
    });
    const place = run.elsewhere();
    if (place !== null && !('hidden' in place)) closePlace(place);
    return stop.code() ?? (await showRun(outcome, run, call, script));
  } finally {
    stop.forget();
  }
}

const nothingTried = { tried: [], entered: [], seenBy: null, adopted: [], notAdopted: [] } as const;
const notRun: Omit<RunOutcome, 'exit' | 'reports'> = { connections: 0, leftOut: 0, stopped: false };

interface AskParts {
  readonly program: ProgramAsked;
  readonly options: Partial<Options>;
  readonly system: Awaited<ReturnType<typeof openSystem>>;
  readonly script: string;
  readonly stop: Stop;
}

/** One diagnosis after the other: at once they would disturb each other's counters and traces. */
function asker(run: WatchedRun, { program, options, system, script, stop }: AskParts): Ask {
  let before: Promise<unknown> = Promise.resolve();
  const root = process.geteuid?.() === 0;
  return (target, tried, { user, proxy, variables }) => {
    const place = run.elsewhere();
    const asked = { ...program, pid: null, tried, entered: run.entered(), seenBy: run.seenBy };
    const how = { ...options, proxy };
    const next = before.then(async () => {
      const hidden = place === null ? null : 'hidden' in place ? place.hidden : root ? null : place.pid;
      if (place !== null && !('hidden' in place) && hidden === null)
        return fromPlace(place, asked, target, how, { asRoot: `--app ${place.pid}`, script, signal: stop.signal });
      const away = [
        { what: 'network', why: 'the command went into a network of its own, and only root may follow' },
      ] as const;
      const told: ProgramAsked = hidden === null ? asked : { ...asked, notAdopted: away, elsewhere: hidden };
      const other = root && user !== null && user !== (system.identity.uid ?? 0) ? accountNamed(String(user)) : null;
      const as = other === null ? system : await openSystem({ asUser: other });
      const environment = (name: string): string | undefined => variables.get(name) ?? as.environment(name);
      return diagnose(target, { ...how, program: told, system: { ...as, environment }, signal: stop.signal });
    });
    before = next.catch(() => undefined);
    return next;
  };
}

function runAs(owner: SocketOwner): RunAs {
  const { user, home } = homeOf(owner.uid);
  return { owner, user, home };
}
