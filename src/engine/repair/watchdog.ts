import { Cannot } from '../../model/cannot.js';
import type { Change } from '../../model/change.js';
import { kindOf } from '../../operations/all.js';
import { lookAt, takeBack } from './take-back.js';
import { handsFor, type Tools } from './tools.js';
import { inForceAgain, pressWithinMs } from './try-undo.js';

/** The line to whoever makes the change: what it says, and null when it has ended. */
export interface Line {
  hear(ms: number): Promise<string | null>;
  /** Whether the other end is gone for good. */
  readonly hasEnded: boolean;
  tell(line: string): void;
}

/** While it waits for what follows the proof, nothing is changed yet. */
const beginMs = 30_000;

/** While an undo is under way; and how much later than the run itself it makes the change again. */
const undoMs = 60_000;
const laterMs = 10_000;

/**
 * The watchdog's whole life, in a process of its own: it shows on a harmless probe that it can take back, waits, and takes
 * the change back unless it hears that it is confirmed. Over a change that is in force already it watches an undo that is
 * tried: unless it hears that this one is kept, it makes the change again. Resolves with what it did.
 */
export async function watchdog(
  id: string,
  line: Line,
  tools: Tools,
): Promise<'confirmed' | 'taken-back' | 'made-again' | 'nothing'> {
  const change = await tools.journal.change(id);
  if (change.state === 'confirmed') return watchUndo(change, line, tools);
  if (change.state !== 'planned') throw new Cannot(`change ${id} is ${change.state}: nothing to watch`);
  await proveItself(change, tools);
  line.tell('proven');
  const began = await line.hear(Math.max(beginMs, change.keepForMs));
  const end = tools.clock.now() + change.keepForMs;
  let word = began;
  while (word !== null && word !== 'done') word = await line.hear(Math.max(0, end - tools.clock.now()));
  return word === 'done' ? expire(change, tools) : due(change, tools, line.hasEnded);
}

async function watchUndo(change: Change, line: Line, tools: Tools): Promise<'taken-back' | 'made-again' | 'nothing'> {
  await proveItself(change, tools);
  line.tell('proven');
  let word = await line.hear(undoMs);
  if (word === 'undone') word = await line.hear(pressWithinMs + laterMs);
  if (word !== 'done') {
    const why = line.hasEnded ? 'its run ended before it was kept' : 'nobody kept it in time';
    const again = await tools.journal.locked(
      () => inForceAgain(change.id, why, tools),
      () => endStuck(change, tools),
    );
    if (again === null) return 'nothing';
  }
  const over = await expire(change, tools);
  return word === 'done' || over !== 'confirmed' ? (over === 'confirmed' ? 'nothing' : over) : 'made-again';
}

/** The very same way in which the change itself would be taken back. */
async function proveItself(change: Change, tools: Tools): Promise<void> {
  const probes = change.steps.filter(({ operation }) => operation.kind === 'probe');
  for (const { operation, before } of probes)
    await kindOf(operation).revert(operation, before, handsFor(change.id, tools));
  const looks = await Promise.all(probes.map((step) => lookAt(step, change.id, tools)));
  if (looks.length === 0 || looks.some((look) => look.is !== 'before'))
    throw new Cannot('the probe could not be taken back');
}

async function due(change: Change, tools: Tools, isAlone: boolean): Promise<'taken-back' | 'nothing'> {
  const why = isAlone
    ? 'the run that made it ended before it was confirmed: the watchdog took it back'
    : `it was not confirmed within ${Math.round(change.keepForMs / 1000)} s: the watchdog took it back`;
  return tools.journal.locked(
    async () => {
      const now = await tools.journal.change(change.id);
      if (now.state === 'planned') {
        await tools.journal.advance(now, 'failed', { note: 'it was never begun' });
        return 'nothing';
      }
      if (now.state !== 'applying' && now.state !== 'applied' && now.state !== 'reverting') return 'nothing';
      const taken = await takeBack(now, 'ours', tools, why);
      return taken.ok ? 'taken-back' : 'nothing';
    },
    // Whoever makes the change hangs with the lock in its hand: the network comes first.
    () => endStuck(change, tools),
  );
}

function endStuck({ by }: Change, tools: Tools): Promise<void> {
  if (by.pid !== tools.self.pid && tools.isAlive(by)) process.kill(by.pid, 'SIGKILL');
  return Promise.resolve();
}

/** An exception that ends by itself: the watchdog stays for it. What a restart of the machine ends, the next start sees. */
async function expire(change: Change, tools: Tools): Promise<'confirmed' | 'taken-back' | 'nothing'> {
  if (change.until === null) return 'confirmed';
  if ((await tools.journal.change(change.id)).state !== 'confirmed') return 'nothing';
  // Asked again and again: the wall clock may be set meanwhile, and timers stand still while the machine sleeps.
  while (tools.clock.wall().toISOString() < change.until) {
    await tools.clock.sleep(Math.min(30_000, Math.max(50, Date.parse(change.until) - tools.clock.wall().getTime())));
    const now = await tools.journal.change(change.id);
    if (now.state !== 'confirmed') return 'nothing';
  }
  return tools.journal.locked(async () => {
    const now = await tools.journal.change(change.id);
    if (now.state !== 'confirmed') return 'nothing';
    const taken = await takeBack(now, 'ours', tools, 'its time was over');
    return taken.ok ? 'taken-back' : 'nothing';
  });
}
