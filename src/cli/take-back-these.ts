import { undo } from '../engine/repair/leftovers.js';
import { mayCutOff, tryUndo } from '../engine/repair/try-undo.js';
import type { TakenBack } from '../engine/repair/take-back.js';
import type { Tools } from '../engine/repair/tools.js';
import { Cannot } from '../model/cannot.js';
import type { Change } from '../model/change.js';
import type { SessionGuard } from './keep-session.js';
import type { Opened } from './repair-tools.js';

/** Of an undo that could cut off the session in which it is typed. */
export interface Guarded {
  readonly guard: SessionGuard;
  /** Why it is not kept, or null when it is. */
  judge(signal: AbortSignal): Promise<string | null>;
}

export interface UndoWish {
  /** Null: the newest one, or all. */
  readonly id: string | null;
  readonly all: boolean;
  readonly anyway: boolean;
}

export interface Failure {
  readonly why: string;
  readonly difference: readonly string[];
  /** To take it back anyway puts a whole copy back, over what others changed since. */
  readonly isWhole?: boolean;
}

export interface UndoDone {
  readonly undone: readonly Change[];
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
}

/** The changes that are meant, one after the other; one that fails does not keep the others from being taken back. */
export async function takeBackThese(wish: UndoWish, { tools, left }: Opened, guarded: Guarded): Promise<UndoDone> {
  const undone: Change[] = [];
  const failures: Failure[] = [];
  const notes: string[] = [];
  const ids = await whichOnes(wish, left.settled, tools);
  if (ids.length === 0)
    throw new Cannot(
      left.unreadable.length > 0 ? 'no other change can be taken back' : 'there is nothing to take back',
    );
  for (const id of ids) {
    const taken = await one(id, wish.anyway, tools, guarded);
    if ('change' in taken) undone.push(taken.change);
    if (!taken.ok)
      failures.push({
        why: 'change' in taken ? `change ${id}: ${taken.why}` : taken.why,
        difference: taken.difference,
        isWhole: 'change' in taken && taken.change.steps.some(({ operation }) => operation.kind === 'firewall-reset'),
      });
    else if (taken.note !== undefined) notes.push(`change ${id}: ${taken.note}`);
  }
  return { undone, failures, notes };
}

type Attempt = TakenBack | { readonly ok: false; readonly why: string; readonly difference: readonly string[] };

async function one(id: string, anyway: boolean, tools: Tools, { guard, judge }: Guarded): Promise<Attempt> {
  const manner = anyway ? 'ours' : 'exactly';
  try {
    const change = await tools.journal.change(id);
    if (guard === 'none' || !mayCutOff(change)) return await undo(id, manner, tools);
    if (guard === 'ask') return await tryUndo(change, manner, tools, judge);
    throw new Cannot(
      `taking change ${id} back could cut off this remote session, and nobody can press a key to keep it: --i-accept-the-risk does it all the same`,
    );
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    return { ok: false, why: error.message, difference: [] };
  }
}

/** The newest first: a later change may stand on an earlier one. */
async function whichOnes({ id, all }: UndoWish, settled: readonly Change[], tools: Tools): Promise<readonly string[]> {
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
