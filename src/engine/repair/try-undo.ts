import { Cannot } from '../../model/cannot.js';
import type { Change, Step } from '../../model/change.js';
import { kindOf } from '../../operations/all.js';
import { undoMayCutOff } from '../../operations/cuts-off.js';
import { arm, watchdogGone } from './carry-out.js';
import { undo } from './leftovers.js';
import { lookAt, takeBack, type Manner, type TakenBack } from './take-back.js';
import { handsFor, type Tools, type WatchdogProcess } from './tools.js';

/** For how long a key may be pressed that keeps it. */
export const pressWithinMs = 60_000;

/** Whether undo could cut off the session in which it is typed. What is not whole is taken back anyway. */
export function mayCutOff({ state, steps }: Change): boolean {
  return state === 'confirmed' && steps.some(({ operation }) => undoMayCutOff(operation));
}

/**
 * Takes a change back for a try: unless `judge` finds nothing wrong with that (null), it is made again as it was. For what
 * could cut off the very session in which it is undone. A watchdog of its own, proven before, makes it again when this
 * process is ended or hangs; and this one when the watchdog is. With both gone it is taken back and recorded as that.
 */
export async function tryUndo(
  change: Change,
  manner: Manner,
  tools: Tools,
  judge: (signal: AbortSignal) => Promise<string | null>,
): Promise<TakenBack> {
  const ours = await tools.journal.locked(() => asOurs(change, tools));
  const guard = await arm(ours, tools, 'put it in force again');
  const taken = await undo(change.id, manner, tools).catch((error: unknown) => {
    guard.tell('done');
    throw error;
  });
  if (!taken.ok) {
    // Where it was begun the watchdog is not let go: it tries to make it whole when this process ends.
    if (taken.change.state !== 'reverting') guard.tell('done');
    return taken;
  }
  guard.tell('undone');
  const why = await judgedWhileGuarded(judge, guard);
  const again = why === null ? null : await tools.journal.locked(() => inForceAgain(change.id, why, tools));
  guard.tell('done');
  if (why === null) return taken;
  return { ok: false, change: again ?? taken.change, why: `${why}: it is in force again`, difference: [] };
}

/** Written down is who takes it back: a watchdog ends that process when it hangs. */
async function asOurs({ id }: Change, { journal, self }: Tools): Promise<Change> {
  const now = await journal.change(id);
  if (now.state !== 'confirmed') throw new Cannot(`change ${id} is ${now.state} meanwhile`);
  const ours = { ...now, by: self };
  await journal.write(ours);
  return ours;
}

async function judgedWhileGuarded(
  judge: (signal: AbortSignal) => Promise<string | null>,
  guard: WatchdogProcess,
): Promise<string | null> {
  const stop = new AbortController();
  try {
    return await Promise.race([guard.ended.then(() => watchdogGone), judge(stop.signal)]);
  } finally {
    stop.abort();
  }
}

/**
 * The change as it was before its undo was tried, wherever that was cut off; null where nothing was taken back. Only with
 * the journal locked. Throws where somebody else changed the same place meanwhile.
 */
export async function inForceAgain(id: string, why: string, tools: Tools): Promise<Change | null> {
  let now = await tools.journal.change(id);
  if (now.state === 'confirmed') return null;
  if (now.state === 'reverting' || now.state === 'applying') {
    const whole = await takeBack(now, 'ours', tools);
    if (!whole.ok) throw notAgain(id);
    now = whole.change;
  }
  if (now.state !== 'reverted') throw new Cannot(`change ${id} is ${now.state} meanwhile`);
  const begun = await tools.journal.advance(now, 'applying');
  const made: Step[] = [];
  for (const step of now.steps) {
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
