import { Cannot } from '../model/cannot.js';
import type { Change } from '../model/change.js';
import { changeId } from '../engine/repair/journal-text.js';
import { renderChangesJson } from '../report/changes.js';
import { clean, inert, wrap } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import { guardOfUndo, undoKept } from './keep-session.js';
import { stopSignals } from './stop-signals.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import type { RepairCall } from './repair-arguments.js';
import { type Opened, openRepair } from './repair-tools.js';
import { undoAsRoot } from './root-workshop.js';
import { type Failure, takeBackThese, type UndoDone } from './take-back-these.js';

/** `whoblocked undo [ID | --all]`: as it was before, or nothing is touched and the difference is shown. */
export async function undoCommand(call: Extract<RepairCall, { command: 'undo' }>, script: string): Promise<number> {
  const { undone, failures, notes } = await takenBack(call, script);
  if (!call.json) for (const note of notes) warn(note);
  const [failure] = failures;
  if (call.json)
    await print(renderChangesJson({ changes: undone, why: failure?.why, difference: failure?.difference }));
  else await tell(undone, failures, notes, script);
  return failure === undefined ? exitCodes.works : exitCodes.named;
}

async function takenBack(call: Extract<RepairCall, { command: 'undo' }>, script: string): Promise<UndoDone> {
  // Also a terminal that is gone ends the waiting for a key, and then it is put in force again.
  const stop = stopSignals();
  const guarded = {
    guard: guardOfUndo(call.acceptRisk),
    judge: (signal: AbortSignal) => undoKept(AbortSignal.any([stop.signal, signal])),
  };
  try {
    const system = await openSystem();
    const opened = await openRepair(system, script).catch((error: unknown) => {
      if (!(error instanceof Cannot) || system.identity.root) throw error;
      warn(`of this user's own changes none can be looked at: ${error.message}`);
      return null;
    });
    const mayBeRoots = !system.identity.root && (await system.files.exists('/var/lib/whoblocked'));
    if (mayBeRoots && call.id !== null && opened !== null && !(await isOwn(call, opened)))
      warn(`there is no change ${call.id} of this user's own: it may be one that was made as root`);
    if (mayBeRoots && (opened === null || !(await isOwn(call, opened)))) {
      const done = await undoAsRoot(script, call, guarded);
      if (done !== null) return done;
    }
    if (opened === null) throw new Cannot('there is nothing to take back');
    return await takeBackThese(call, opened, guarded);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    return { undone: [], failures: [{ why: error.message, difference: [] }], notes: [] };
  } finally {
    stop.forget();
  }
}

/** A user's own changes stand in the user's journal; all others root has made. */
async function isOwn({ id }: { readonly id: string | null }, { tools }: Opened): Promise<boolean> {
  if (id !== null) return changeId.test(id) ? (await tools.journal.entry(id)) !== null : true;
  const entries = await tools.journal.entries();
  return entries.some(({ is, ...entry }) => is === 'change' && 'change' in entry && isOpen(entry.change));
}

function isOpen({ state }: Pick<Change, 'state'>): boolean {
  return state !== 'reverted' && state !== 'failed';
}

/** In lines of a terminal, those behind the mark set in below it. */
function sentence(text: string): string {
  return `${wrap(text, 78).join('\n  ')}\n`;
}

async function tell(
  undone: readonly Change[],
  failures: readonly Failure[],
  notes: readonly string[],
  script: string,
): Promise<void> {
  for (const { id, state, target } of undone)
    if (state === 'reverted')
      await print(
        sentence(
          `✓ Change ${id} for ${clean(target, 80)} is taken back${notes.some((note) => note.includes(id)) ? '' : ': everything is as it was before'}.`,
        ),
      );
  for (const { why, difference, isWhole } of failures) {
    await print(sentence(`✗ ${clean(why, 300)}.`));
    for (const line of difference) await print(`  ${inert(line.replaceAll('\t', '  ').slice(0, 300))}\n`);
    if (difference.length > 0)
      await print(
        `  Nothing was touched. ${thisInvocation(script).plain} undo --anyway ${isWhole ? 'puts everything back as it was then: what others changed since is gone' : 'takes out what whoblocked added, and leaves the rest'}.\n`,
      );
  }
}
