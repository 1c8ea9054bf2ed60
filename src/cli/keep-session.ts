import { pressWithinMs } from '../engine/repair/try-undo.js';
import type { Plan } from '../model/remedy.js';
import { askYes, canAsk } from '../system/ask.js';
import { remoteSession } from '../system/remote-session.js';

/**
 * Somebody who works here from another computer would lose this very session: a measurement from here cannot see that, a
 * key that is pressed can. Null when the change may be tried.
 */
export function sessionObjection({ mayCutOff }: Pick<Plan, 'mayCutOff'>, acceptRisk: boolean): string | null {
  const server = mayCutOff && !acceptRisk && !canAsk() ? remoteSession() : null;
  return server === null
    ? null
    : `It could cut off this session (${server}), and nobody can press a key to keep it: --i-accept-the-risk does it all the same.`;
}

/** How an undo is guarded that could cut off the session in which it is typed: by a key press, or not at all without one. */
export type SessionGuard = 'none' | 'ask' | 'refuse';

export function guardOfUndo(acceptRisk: boolean): SessionGuard {
  if (acceptRisk || remoteSession() === null) return 'none';
  return canAsk() ? 'ask' : 'refuse';
}

/** Why the undo is not kept, or null when it is. Whoever is cut off presses nothing, and a terminal that is gone says no. */
export async function undoKept(signal: AbortSignal): Promise<string | null> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(pressWithinMs)]);
  const question = `Can you still work here? Keep it undone? (after ${pressWithinMs / 1000} s it is put in force again)`;
  return (await askYes(question, end)) ? null : 'nobody confirmed that the session still works';
}

/** Why the change goes, or null when it is kept. */
export async function keptBySession(
  { mayCutOff }: Pick<Plan, 'mayCutOff'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (!mayCutOff || remoteSession() === null || !canAsk()) return null;
  return (await askYes('Can you still work here? Keep it?', signal)) ? null : 'nobody confirmed it';
}
