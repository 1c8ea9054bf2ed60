import { passes } from './guards.js';
import { messageIndex, type Entry } from './index-of-messages.js';
import { matchAt } from './pattern.js';
import type { Place } from './host.js';
import { isWordCode, lineAt, type Text } from './text.js';

export interface Match {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly place: Place | null;
}

/** More than this many findings are noise: a log that repeats itself. The first and the last ones are kept. */
const maxMatches = 20_000;
const longestWord = 64;

/** Everything in the text that the tables know. Time grows with the length of the text. */
export function search(text: Text): Match[] {
  const index = messageIndex();
  const matches: Match[] = [];
  const { folded } = text;
  for (let at = 0; at < folded.length; ) {
    if (!isWordCode(folded.charCodeAt(at))) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < folded.length && isWordCode(folded.charCodeAt(end))) end++;
    const bucket = end - at <= longestWord ? index.get(folded.slice(at, end)) : undefined;
    for (const { entry, offset } of bucket ?? []) {
      const start = at - offset;
      const match = start < 0 ? null : matchAt(entry.pattern, text, start);
      if (match && passes(entry.guard, text, match.start, match.end)) matches.push({ entry, ...match, line: lineAt(text, match.start) });
    }
    if (matches.length > maxMatches) matches.splice(maxMatches / 4, maxMatches / 2);
    at = end;
  }
  return matches;
}
