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

/** Why the change goes, or null when it is kept. */
export async function keptBySession(
  { mayCutOff }: Pick<Plan, 'mayCutOff'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (!mayCutOff || remoteSession() === null || !canAsk()) return null;
  return (await askYes('Can you still work here? Keep it?', signal)) ? null : 'nobody confirmed it';
}
