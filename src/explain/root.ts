import { messageName } from './pattern.js';
import type { Match } from './search.js';
import type { Text } from './text.js';

/**
 * Words after which a text goes deeper towards the cause (+1), or after which what has come before was deeper (−1).
 * Java, Kotlin, Rust: "Caused by:"; urllib3: "(Caused by …"; .NET: " ---> "; Node: "[cause]:"; Python writes the cause first.
 */
const steps: readonly (readonly [marker: string, step: number])[] = [
  ['caused by', 1],
  ['[cause]:', 1],
  [' ---> ', 1],
  ['--- end of inner exception stack trace ---', -1],
  ['during handling of the above exception, another exception occurred', -1],
  ['the above exception was the direct cause of the following exception', -1],
];

interface Step {
  readonly at: number;
  readonly depth: number;
}

/** The depth from each marker on, in the order of the text. */
function depths(text: Text): Step[] {
  const found: { at: number; step: number }[] = [];
  for (const [marker, step] of steps) {
    for (let at = text.folded.indexOf(marker); at >= 0; at = text.folded.indexOf(marker, at + marker.length))
      found.push({ at, step });
  }
  let depth = 0;
  return found.toSorted((a, b) => a.at - b.at).map(({ at, step }) => ({ at, depth: (depth += step) }));
}

function depthAt(list: readonly Step[], position: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.at ?? Infinity) <= position) low = middle + 1;
    else high = middle;
  }
  return list[low - 1]?.depth ?? 0;
}

/** `ERR_CONNECTION_REFUSED`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE`: made to be unique, so more telling than any sentence. */
const isCode = (name: string): boolean => /^[A-Z][A-Z0-9/]*(_[A-Z0-9]+){2,}$/.test(name);
const codeBonus = 1_000;

function strength(match: Match): number {
  return match.entry.pattern.strength + (isCode(messageName(match.entry.pattern)) ? codeBonus : 0);
}

/**
 * The match that says why: one that names the reason before one that does not, the deepest in a chain of causes, the
 * longest wording, and of equals the last in the text.
 */
export function rootOf(matches: readonly Match[], text: Text): Match | null {
  const list = depths(text);
  const telling = matches.filter((match) => match.entry.kind === 'message');
  const pool = telling.length > 0 ? telling : matches.filter((match) => match.entry.kind === 'vague');
  let best: { match: Match; rank: readonly number[] } | null = null;
  for (const match of pool) {
    const rank = [depthAt(list, match.start), strength(match), match.start, -match.entry.order];
    if (!best || isHigher(rank, best.rank)) best = { match, rank };
  }
  return best?.match ?? null;
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0;
    if (value !== other) return value > other;
  }
  return false;
}
