import { Cannot } from '../../model/cannot.js';
import type { Change, Step } from '../../model/change.js';
import { kindOf } from '../../operations/all.js';
import { undoMayCutOff } from '../../operations/cuts-off.js';
import { undo } from './leftovers.js';
import { lookAt, type Manner, type TakenBack } from './take-back.js';
import { handsFor, type Tools } from './tools.js';

/** Whether undo could cut off the session in which it is typed. What is not whole is taken back anyway. */
export function mayCutOff({ state, steps }: Change): boolean {
  return state === 'confirmed' && steps.some(({ operation }) => undoMayCutOff(operation));
}

/**
 * Takes a change back for a try: unless `judge` finds nothing wrong with that (null), it is made again as it was. For what
 * could cut off the very session in which it is undone. Cut off in between, it is taken back and recorded as that.
 */
export async function tryUndo(
  change: Change,
  manner: Manner,
  tools: Tools,
  judge: () => Promise<string | null>,
): Promise<TakenBack> {
  const taken = await undo(change.id, manner, tools);
  if (!taken.ok) return taken;
  const why = await judge();
  if (why === null) return taken;
  const again = await tools.journal.locked(() => makeAgain(change, why, tools));
  return { ok: false, change: again, why: `${why}: it is in force again`, difference: [] };
}

async function makeAgain({ id, steps }: Change, why: string, tools: Tools): Promise<Change> {
  const now = await tools.journal.change(id);
  if (now.state !== 'reverted') throw new Cannot(`change ${id} is ${now.state} meanwhile`);
  const begun = await tools.journal.advance(now, 'applying');
  const made: Step[] = [];
  for (const step of steps) {
    const { operation, before } = step;
    const hands = handsFor(id, tools);
    if (operation.kind === 'probe') made.push(step);
    else {
      if ((await lookAt(step, id, tools)).is !== 'before') throw notAgain(id);
      await kindOf(operation).apply(operation, before, hands);
      const after = await kindOf(operation).settled?.(operation, hands);
      const then = { operation, before, ...(after !== undefined && { after }) };
      if ((await lookAt(then, id, tools)).is !== 'after') throw notAgain(id);
      made.push(then);
    }
  }
  return tools.journal.advance(begun, 'confirmed', { steps: made, note: `undo was tried: ${why}` });
}

function notAgain(id: string): Cannot {
  return new Cannot(`change ${id} could not be made again whole: whoblocked undo ${id} takes back what is left of it`);
}
