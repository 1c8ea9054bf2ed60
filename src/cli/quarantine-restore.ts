import type { Judged } from '../engine/quarantine.js';
import { restore, type Restored } from '../engine/quarantine-restore.js';
import { Cannot } from '../model/cannot.js';
import type { QuarantinedFile } from '../model/quarantine.js';
import type { Settings } from '../model/settings.js';
import type { System } from '../model/system.js';
import { clean, inert } from '../report/clean.js';
import { opinionText } from '../report/quarantine-text.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import { openRepair } from './repair-tools.js';
import { stopSignals } from './stop-signals.js';

/** `whoblocked quarantine restore ID`: asks every scanner again, and puts the file back when nothing speaks against it. */
export async function restoreCommand(
  file: QuarantinedFile,
  accepted: boolean,
  settings: Settings,
  system: System,
  script: string,
  json: (value: object) => Promise<void>,
  asJson: boolean,
): Promise<number> {
  const stop = stopSignals();
  try {
    const { tools } = await openRepair(system, script);
    const restored = await restore({ file, accepted, settings, signal: stop.signal }, system, tools);
    const { judged } = restored;
    if (asJson) await json({ ...judged, ...toldOf(restored) });
    else await print(textOf(restored, script));
    return stop.code() ?? ('outcome' in restored && restored.outcome.done ? exitCodes.works : exitCodes.named);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    if (asJson) await json({ restored: false, why: error.message });
    else warn(error.message);
    return stop.code() ?? exitCodes.named;
  } finally {
    stop.forget();
  }
}

function toldOf(restored: Restored): object {
  if (!('outcome' in restored)) return { restored: false, why: restored.whyNot };
  const { outcome, id } = restored;
  return outcome.done ? { restored: true, change: id } : { restored: false, why: outcome.why, left: outcome.left };
}

function textOf(restored: Restored, script: string): string {
  const { judged } = restored;
  const path = clean(judged.file.original ?? judged.file.file, 400);
  const said = judged.opinions.map((one) => `${opinionText(one)}\n`).join('');
  if (!('outcome' in restored))
    return `✗ ${path} is not put back: ${clean(restored.whyNot, 300)}.\n${said}${howElse(restored)}`;
  const { outcome, id } = restored;
  const undo = `${thisInvocation(script).plain} undo ${id}`;
  if (outcome.done) return `✓ ${path} is back where it was.\n${said}  ${undo} takes it away again.\n`;
  const left = outcome.left.map((line) => `  ${inert(line.slice(0, 300))}\n`).join('');
  const back =
    outcome.left.length === 0 ? 'Everything is as it was before.' : `Not all could be taken back; ${undo} tries again:`;
  return `✗ ${path} is not put back: ${clean(outcome.why, 300)}.\n${said}  ${back}\n${left}`;
}

/** Nobody is told how to let out what a scanner finds something in. */
function howElse({ judged, risky }: { readonly judged: Judged; readonly risky: boolean }): string {
  return risky && judged.verdict === 'untold' && judged.suspicion?.looks !== 'dangerous'
    ? '  If you know surely what it is: --i-accept-the-risk puts it back without a second opinion.\n'
    : '  Leave it where it is.\n';
}
