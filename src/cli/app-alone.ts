import { lackOfReported } from '../engine/lacks-to-start.js';
import { cannotStart, diagnoseStart } from '../engine/program-start.js';
import { hostPort } from '../model/address.js';
import type { Report } from '../model/report.js';
import type { System } from '../model/system.js';
import { shellWord } from '../model/shell-word.js';
import { clean } from '../report/clean.js';
import type { ProcessPlace } from '../system/process-place.js';
import { watchSockets } from '../system/linux/watch/watch-sockets.js';
import type { Flags } from './arguments.js';
import { fromPlace, type Named } from './as-program.js';
import { thisInvocation } from './invocation.js';
import type { PlaceRequest } from '../engine/from-place.js';
import { showReports } from './show-run.js';
import { WrongWords } from './wrong-words.js';

const watchMs = 3_000;
/** The kernel asks again after a second: who is silent so long has not answered the first time. */
const silentMs = 1_000;
const mostReports = 4;

interface Asking {
  readonly asRoot: string;
  readonly system: System;
  readonly options: PlaceRequest['options'];
  readonly flags: Flags;
  readonly script: string;
  readonly signal: AbortSignal;
}

/**
 * `--app PROGRAM` without a target. Of one that does not run: whether it can be started. Of one that runs: what it tries to
 * open now and gets no answer from, each diagnosed as that program.
 */
export async function appAlone(named: Named, place: ProcessPlace | null, asking: Asking): Promise<number> {
  const { asRoot, system, options, flags, script, signal } = asking;
  const name = /^\d+$/.test(named.named) ? `process ${named.named}` : clean(named.path ?? named.named, 120);
  const { plain: command } = thisInvocation(script);
  if (named.pid === null || place === null) {
    const program = { ...named, adopted: [], notAdopted: [] };
    const report = await diagnoseStart(program, options, system, signal);
    const failed = cannotStart(report);
    const lack = await lackOfReported(report, system);
    if (lack !== null && (!failed || report.verdict.cause === 'undetermined')) throw new WrongWords(lack);
    const summary = failed
      ? `${name} cannot be started.\n`
      : `${name} can be started, and does not run. To see what stops it: ${command} run -- ${name} …\n`;
    return showReports(failed ? [report] : [], { about: about(0), summary }, flags, script);
  }
  const who = name === `process ${named.pid}` ? name : `${name} (process ${named.pid})`;
  const seen = await watchSockets(named.pid, watchMs, system.clock, signal);
  const now = system.clock.now();
  const silent = seen.filter(({ outcome, began }) => outcome === 'unknown' && now - began >= silentMs);
  const targets = [...new Map(silent.map((one) => [hostPort(one.address, one.port), one])).entries()];
  const reports: Report[] = [];
  for (const [target, { address, port }] of targets.slice(0, mostReports)) {
    if (signal.aborted) break;
    const tried = [{ address, port, outcome: 'silent', synchronous: false }] as const;
    // oxlint-disable-next-line no-await-in-loop -- at once they would disturb each other's counters and traces
    reports.push(await fromPlace(place, { ...named, tried }, target, options, { asRoot, script, signal }));
  }
  const left = targets.length - reports.length;
  const connections = `${seen.length} ${seen.length === 1 ? 'connection' : 'connections'}`;
  const runs = await system.files.exists(`/proc/${named.pid}`);
  const program = runs ? String(named.pid) : (named.path ?? 'PROGRAM');
  const summary =
    silent.length === 0
      ? `${who} ${runs ? `was watched for ${watchMs / 1_000} s` : 'ended while it was watched'}: ${connections}, none of them waits for an answer.\n` +
        `What is refused is over too soon to be seen so. Say what it should reach: ${command} --app ${shellWord(clean(program, 300))} TARGET\n`
      : `${who} was watched for ${watchMs / 1_000} s: ${connections}, ${targets.length} without an answer.\n${left > 0 ? `${left} more were not looked into.\n` : ''}`;
  return showReports(reports, { about: about(seen.length), summary }, flags, script);
}

function about(connections: number): { exit: null; seenBy: string; connections: number; stopped: boolean } {
  return { exit: null, seenBy: 'sockets', connections, stopped: false };
}
