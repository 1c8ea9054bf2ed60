import { passes } from './guards.js';
import type { Place } from './host.js';
import { hashSlot, hashStep, indexFor, type Entry, type MessageIndex } from './index-of-messages.js';
import { matchAt } from './pattern.js';
import { isWordCode, lineAt, type Text } from './text.js';

export interface Match {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly place: Place | null;
}

/**
 * A word that is said more often than this, in a log that repeats itself, is looked at where it is said first and
 * last: of equal messages the last one counts anyway.
 */
const firstOnes = 20;
const lastOnes = 100;

/** Everything in the text that the tables know, in the order of the text. Time grows with the length of the text. */
export function search(text: Text): Match[] {
  const index = indexFor(text.folded);
  const matches: Match[] = [];
  for (const [word, positions] of wordsIn(text.folded, index)) {
    const anchored = index.entries.get(word) ?? [];
    const all = positions.length <= firstOnes + lastOnes;
    const some = all ? positions : [...positions.slice(0, firstOnes), ...positions.slice(-lastOnes)];
    for (const position of some) {
      for (const { entry, offset } of anchored) {
        const match = position < offset ? null : matchAt(entry.pattern, text, position - offset);
        if (!match || !passes(entry.guard, text, match.start, match.end)) continue;
        matches.push({ entry, ...match, line: lineAt(text, match.start) });
      }
    }
  }
  return matches.sort((a, b) => a.start - b.start || a.entry.order - b.entry.order);
}

/** Where each word of the index stands in the text. */
function wordsIn(folded: string, index: MessageIndex): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const { entries, mayHold } = index;
  const { length } = folded;
  for (let at = 0; at < length; at++) {
    let code = folded.charCodeAt(at);
    if (!isWordCode(code)) continue;
    const start = at;
    let hash = 0;
    for (; at < length && isWordCode(code); code = folded.charCodeAt(++at)) hash = hashStep(hash, code);
    if (mayHold[hashSlot(hash)] === 0) continue;
    const word = folded.slice(start, at);
    if (!entries.has(word)) continue;
    const positions = found.get(word);
    if (positions) positions.push(start);
    else found.set(word, [start]);
  }
  return found;
}
