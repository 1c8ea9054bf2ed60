import { parseTarget } from '../model/parse-target.js';
import type { Target } from '../model/target.js';
import type { RepairCall } from './repair-arguments.js';
import { WrongWords } from './wrong-words.js';

export type PauseCall = Extract<RepairCall, { command: 'pause' }>;

/** The target that is named, or the first word of the command that is one; null when there is none. */
export function targetOf({ target, words }: PauseCall): Target | null {
  if (target !== null) {
    const parsed = parseTarget(target);
    if (!parsed.ok) throw new WrongWords(parsed.why);
    return parsed.target;
  }
  for (const word of words?.slice(1) ?? []) {
    const parsed = /:\/\/|:\d+$/.test(word) ? parseTarget(word) : null;
    if (parsed?.ok) return parsed.target;
  }
  return null;
}
