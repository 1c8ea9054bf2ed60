import { rejudge } from '../engine/replay.js';
import type { Report } from '../model/report.js';
import { clean } from '../report/clean.js';
import type { Call } from './arguments.js';
import { savedReport } from './saved-report.js';
import { show } from './show.js';
import { WrongWords } from './wrong-words.js';

/** `whoblocked replay FILE`: judges saved facts again, without a network. The file may come from anybody. */
export async function replayCommand(call: Extract<Call, { command: 'replay' }>, script: string): Promise<number> {
  const saved = await savedReport(call.file);
  let judged: Report;
  try {
    judged = { ...saved, ...(await rejudge(saved.facts)) };
  } catch (error) {
    // Causes trust the types of facts; whatever breaks them has another shape than a report.
    const why = error instanceof Error ? error.message : String(error);
    throw new WrongWords(`${clean(call.file, 100)}: its facts have another shape than expected (${why})`);
  }
  const same = judged.verdict.cause === saved.verdict.cause;
  return show({ ...judged, remedies: same ? saved.remedies : [] }, call.flags, script);
}
