import { parseTarget } from '../model/parse-target.js';
import type { Report } from '../model/report.js';
import { messageFor } from '../report/message.js';
import { clean } from '../report/clean.js';
import { redact } from '../report/redact.js';
import type { Call } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { print } from './output.js';
import { savedReport } from './saved-report.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked report --for isp TARGET`: a message to copy. It sends nothing to anybody. */
export async function reportCommand(call: Extract<Call, { command: 'report' }>): Promise<number> {
  const report = call.saved === null ? await measured(call) : await judgedAgain(call.saved);
  if (typeof report === 'number') return report;
  if (report.verdict.outcome === 'reachable') {
    await print('It works: there is nothing to report.\n');
    return exitCodes.works;
  }
  await print(messageFor(call.recipient, call.redact ? redact(report) : report, call.redact));
  return exitCodes.works;
}

/** The file may come from anybody, and from another version: what it says is judged here. */
async function judgedAgain(file: string): Promise<Report> {
  const saved = await savedReport(file);
  const { rejudge } = await import('../engine/replay.js');
  try {
    return { ...saved, ...(await rejudge(saved.facts)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WrongWords(`${clean(file, 100)}: its facts have another shape than expected (${why})`);
  }
}

async function measured(call: Extract<Call, { command: 'report' }>): Promise<Report | number> {
  const [{ diagnose }, { openSystem }, { optionsOf, proxyOf, whoProbes }, { stopSignals }] = await Promise.all([
    import('../engine/diagnose.js'),
    import('../system/open-system.js'),
    import('./diagnose.js'),
    import('./stop-signals.js'),
  ]);
  const parsed = parseTarget(call.target ?? '');
  if (!parsed.ok) throw new WrongWords(parsed.why);
  const system = await openSystem({ asUser: whoProbes(call.flags.as) });
  const stop = stopSignals();
  try {
    const options = {
      ...(await optionsOf(call.flags, system)),
      proxy: proxyOf(call.flags),
      system,
      signal: stop.signal,
    };
    const report = await diagnose(parsed.target.input, options);
    return stop.code() ?? report;
  } finally {
    stop.forget();
  }
}
