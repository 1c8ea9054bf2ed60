import { Cannot } from '../model/cannot.js';
import type { Change } from '../model/change.js';
import { undo } from '../engine/repair/leftovers.js';
import type { TakenBack } from '../engine/repair/take-back.js';
import type { Tools } from '../engine/repair/tools.js';
import { renderChangesJson } from '../report/changes.js';
import { clean, inert } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print, warn } from './output.js';
import type { RepairCall } from './repair-arguments.js';
import { openRepair } from './repair-tools.js';

/** `whoblocked undo [ID | --all]`: as it was before, or nothing is touched and the difference is shown. */
export async function undoCommand(call: Extract<RepairCall, { command: 'undo' }>, script: string): Promise<number> {
  const undone: Change[] = [];
  const failures: { readonly why: string; readonly difference: readonly string[] }[] = [];
  try {
    const { tools, left } = await openRepair(await openSystem(), script);
    const ids = await whichOnes(call, left.settled, tools);
    if (ids.length === 0)
      throw new Cannot(
        left.unreadable.length > 0 ? 'no other change can be taken back' : 'there is nothing to take back',
      );
    for (const id of ids) {
      const taken = await one(id, call.anyway, tools);
      if ('change' in taken) undone.push(taken.change);
      if (!taken.ok)
        failures.push({
          why: 'change' in taken ? `change ${id}: ${taken.why}` : taken.why,
          difference: taken.difference,
        });
      else if (taken.note !== undefined && !call.json) warn(`change ${id}: ${taken.note}`);
    }
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    failures.push({ why: error.message, difference: [] });
  }
  const [failure] = failures;
  if (call.json)
    await print(renderChangesJson({ changes: undone, why: failure?.why, difference: failure?.difference }));
  else await tell(undone, failures, script);
  return failure === undefined ? exitCodes.works : exitCodes.named;
}

type Attempt = TakenBack | { readonly ok: false; readonly why: string; readonly difference: readonly string[] };

async function one(id: string, anyway: boolean, tools: Tools): Promise<Attempt> {
  try {
    return await undo(id, anyway ? 'ours' : 'exactly', tools);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    return { ok: false, why: error.message, difference: [] };
  }
}

/** The newest first: a later change may stand on an earlier one. */
async function whichOnes(
  { id, all }: Extract<RepairCall, { command: 'undo' }>,
  settled: readonly Change[],
  tools: Tools,
): Promise<readonly string[]> {
  if (id !== null) {
    // What was just settled by looking needs no second time.
    if (settled.some((change) => change.id === id))
      throw new Cannot(`of change ${id} nothing is left: everything is as before`);
    return [id];
  }
  const open = (await tools.journal.entries()).flatMap((entry) =>
    entry.is === 'change' && entry.change.state !== 'reverted' && entry.change.state !== 'failed'
      ? [entry.change.id]
      : [],
  );
  return all ? open.toReversed() : open.slice(-1);
}

async function tell(
  undone: readonly Change[],
  failures: readonly { readonly why: string; readonly difference: readonly string[] }[],
  script: string,
): Promise<void> {
  for (const { id, state, target } of undone)
    if (state === 'reverted')
      await print(`✓ Change ${id} for ${clean(target, 80)} is taken back: everything is as it was before.\n`);
  for (const { why, difference } of failures) {
    await print(`✗ ${clean(why, 300)}.\n`);
    for (const line of difference) await print(`  ${inert(line.replaceAll('\t', '  ').slice(0, 300))}\n`);
    if (difference.length > 0)
      await print(
        `  Nothing was touched. ${thisInvocation(script).plain} undo --anyway takes out what whoblocked added, and leaves the rest.\n`,
      );
  }
}
