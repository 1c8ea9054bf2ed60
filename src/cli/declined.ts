import { askYes, canAsk } from '../system/ask.js';

/**
 * Why nothing is done, or null when it was agreed to.
 *
 * @param yes whether --yes said so ahead
 */
export async function declined(yes: boolean, question: string, signal: AbortSignal): Promise<string | null> {
  if (yes) return null;
  if (!canAsk()) return 'nobody can be asked here: --yes says yes ahead';
  return (await askYes(question, signal)) ? null : 'you said no';
}
