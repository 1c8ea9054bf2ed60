import type { Change } from '../../model/change.js';
import { Cannot } from '../../model/cannot.js';
import { lookAt, takeBack, type TakenBack } from './take-back.js';
import type { Tools } from './tools.js';

const underWay: ReadonlySet<string> = new Set(['planned', 'applying', 'applied', 'reverting']);

export interface Leftovers {
  /** Of runs that ended before they were done, with something of them still in force. */
  readonly unfinished: readonly Change[];
  /** What was settled by looking: nothing of it was left, or its time was over. */
  readonly settled: readonly Change[];
  /** Records that cannot be used; they stay as they are. */
  readonly unreadable: readonly { readonly id: string; readonly why: string }[];
}

/** What earlier runs left behind. Looked for whenever a command begins that has to do with changes. */
export async function leftovers(tools: Tools): Promise<Leftovers> {
  return tools.journal.locked(async () => {
    await tools.journal.sweep();
    const unfinished: Change[] = [];
    const settled: Change[] = [];
    const unreadable: { readonly id: string; readonly why: string }[] = [];
    for (const entry of await tools.journal.entries()) {
      if (entry.is === 'unreadable') {
        unreadable.push(entry);
        continue;
      }
      const { change } = entry;
      if (change.state === 'confirmed' && isOver(change, tools)) {
        const taken = await takeBack(change, 'ours', tools, 'its time was over');
        (taken.ok ? settled : unfinished).push(taken.change);
      } else if (underWay.has(change.state) && !tools.isAlive(change.by)) {
        const done = await settle(change, tools);
        (done === null ? unfinished : settled).push(done ?? change);
      }
    }
    return { unfinished, settled, unreadable };
  });
}

function isOver({ until }: Change, { clock }: Tools): boolean {
  return until !== null && until <= clock.wall().toISOString();
}

/** Of a run that was cut off before it changed anything, or after all was taken back, only the record is left. */
async function settle(change: Change, tools: Tools): Promise<Change | null> {
  const looks = await Promise.all(change.steps.map((step) => lookAt(step, change.id, tools)));
  const onlyProbe = change.steps.every(({ operation }, i) => operation.kind === 'probe' || looks[i]?.is === 'before');
  if (!onlyProbe) return null;
  const taken = await takeBack(change, 'ours', tools, 'the run that made it was cut off: nothing of it is left');
  return taken.ok ? taken.change : null;
}

/** Takes back one change, or says why not: then nothing was touched. */
export async function undo(id: string, manner: 'exactly' | 'ours', tools: Tools): Promise<TakenBack> {
  return tools.journal.locked(async () => {
    const change = await tools.journal.change(id);
    if (change.state === 'reverted' || change.state === 'failed')
      throw new Cannot(`change ${id} was taken back already`);
    if (underWay.has(change.state) && tools.isAlive(change.by) && change.by.pid !== tools.self.pid)
      throw new Cannot(`change ${id} is being made by another run of whoblocked right now`);
    // A run that was cut off left nothing that anybody could have relied on.
    const careful = underWay.has(change.state) ? 'ours' : manner;
    return takeBack(change, careful, tools);
  });
}
