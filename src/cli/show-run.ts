import type { RunOutcome } from '../engine/run-program.js';
import type { Report } from '../model/report.js';
import { clean } from '../report/clean.js';
import { printable, renderJson } from '../report/json.js';
import { renderText } from '../report/text.js';
import type { WatchedRun } from '../system/linux/watch/run-watched.js';
import type { Call, Flags } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print } from './output.js';
import { exitCodeOf, wantsColor, widthOf } from './show.js';

/** The worst of several reports decides: a fault of our own, a named cause, one that cannot be told. */
const worstFirst: readonly number[] = [exitCodes.ownFault, exitCodes.named, exitCodes.untold];

/** Prints what became of a command's connections; gives the exit code that belongs to it. `run` is null where it never ran. */
export function showRun(
  outcome: RunOutcome,
  run: WatchedRun | null,
  { flags, line }: Extract<Call, { command: 'run' }>,
  script: string,
): Promise<number> {
  const about = {
    exit: outcome.exit,
    seenBy: run?.seenBy ?? null,
    connections: outcome.connections,
    stopped: outcome.stopped,
  };
  return showReports(outcome.reports, { about, summary: summaryOf(outcome, run, line[0]) }, flags, script);
}

interface Around {
  /** What stands before the reports in JSON. */
  readonly about: Readonly<Record<string, string | number | boolean | null>>;
  /** What stands behind them for people. */
  readonly summary: string;
}

/** Several reports about one program; gives the exit code of the worst. */
export async function showReports(
  all: readonly Report[],
  { about, summary }: Around,
  flags: Flags,
  script: string,
): Promise<number> {
  const { redact } = flags.redact ? await import('../report/redact.js') : { redact: (report: Report) => report };
  const reports = all.map(redact);
  if (flags.json) {
    const parts = reports.map((report) => renderJson(report).trimEnd());
    const head = printable(JSON.stringify({ schema: 'whoblocked/run/1', ...about }));
    await print(`${head.slice(0, -1)},"reports":[${parts.join(',')}]}\n`);
  } else {
    const width = widthOf();
    const text = reports.map((report) =>
      renderText(report, { invocation: thisInvocation(script), verbose: flags.verbose, color: wantsColor(), width }),
    );
    await print([...text, summary].join('\n'));
  }
  const codes = all.map(exitCodeOf);
  return worstFirst.find((code) => codes.includes(code)) ?? exitCodes.works;
}

function summaryOf(
  { exit, reports, connections, leftOut, stopped }: RunOutcome,
  run: WatchedRun | null,
  name: string,
): string {
  const who = clean(name, 60);
  if (run === null) return `${who} was not started.\n`;
  const ended = stopped ? `${who} only waited any more, and was ended` : `${who} ended with ${exit}`;
  const seen =
    connections === 0
      ? 'no connection of it was seen'
      : `${connections} ${connections === 1 ? 'connection' : 'connections'} of it ${connections === 1 ? 'was' : 'were'} seen`;
  const failing = reports.length === 0 ? (connections === 0 ? '' : ', none of them failed') : '';
  const how =
    run.seenBy === 'strace'
      ? ''
      : `Its sockets were looked at 40 times a second (${run.because ?? ''}): what is refused is over sooner, and not seen.\n`;
  const more = leftOut > 0 ? `${leftOut} more that failed were not looked into.\n` : '';
  return `${ended}; ${seen}${failing}.\n${more}${how}`;
}
