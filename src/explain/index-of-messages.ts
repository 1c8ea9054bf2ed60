import { messageTables } from '../data/error-messages/tables/index.js';
import type { MeaningId } from '../data/error-messages/meanings/index.js';
import type { MessageTable } from '../data/error-messages/types.js';
import { compilePattern, type CompiledPattern } from './pattern.js';
import { fold, isWordCode } from './text.js';

/** `message` says what is wrong, `vague` that something is, `mark` only who speaks. */
export type Kind = 'message' | 'vague' | 'mark';
export type Guard = 'none' | 'plain' | 'number';

export interface Entry {
  readonly table: MessageTable;
  readonly kind: Kind;
  readonly meaning: MeaningId | null;
  readonly pattern: CompiledPattern;
  readonly guard: Guard;
  /** Position in the tables: the earlier of two equals is taken. */
  readonly order: number;
}

/** An entry can only match where this word stands, `offset` characters before it. */
interface Anchored {
  readonly entry: Entry;
  readonly offset: number;
}

/** Which entries to try where a word stands. */
export interface MessageIndex {
  readonly entries: ReadonlyMap<string, readonly Anchored[]>;
  /** Whether a word with this hash may be among them: spares most words of a text the look-up. */
  readonly mayHold: Uint8Array;
}

const hashBits = 16;

/** One step of the hash of a word, to be taken for each of its characters. */
export const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;
export const hashSlot = (hash: number): number => (hash ^ (hash >>> hashBits)) & ((1 << hashBits) - 1);

interface Row extends Omit<Entry, 'pattern'> {
  readonly source: string;
}

function* rowsOf(table: MessageTable): Generator<Omit<Row, 'order'>> {
  const kinds: readonly (readonly [Kind, MessageTable['messages'], Guard])[] = [
    ['message', table.messages, table.plain ? 'plain' : 'none'],
    ['vague', table.vague, table.plain ? 'plain' : 'none'],
    ['message', table.numbers, 'number'],
  ];
  for (const [kind, groups, guard] of kinds) {
    for (const [meaning, patterns] of Object.entries(groups ?? {})) {
      for (const source of patterns) yield { table, kind, meaning: meaning as MeaningId, source, guard };
    }
  }
  for (const source of table.marks ?? []) yield { table, kind: 'mark', meaning: null, source, guard: 'none' };
}

const rows = (): Row[] =>
  messageTables.flatMap((table) => [...rowsOf(table)]).map((row, order) => Object.assign(row, { order }));

const entryOf = ({ source, ...row }: Row): Entry => ({ ...row, pattern: compilePattern(source) });

export function entries(): Entry[] {
  return rows().map(entryOf);
}

/** Those whose beginning stands in the text: what one short text needs of thousands. */
function entriesIn(folded: string): Entry[] {
  const all = rows();
  const beginnings = fold(all.map(({ source }) => source).join('\n')).split('\n');
  return all
    .filter((_, at) => {
      const beginning = beginnings[at] ?? '';
      const end = beginning.search(/[{<]/);
      return folded.includes((end < 0 ? beginning : beginning.slice(0, end)).trimEnd());
    })
    .map(entryOf);
}

/** The whole words of a literal with their places. A word at the end may go on in the text unless the pattern ends there. */
export function wordsOf(literal: string): { word: string; at: number }[] {
  const words: { word: string; at: number }[] = [];
  for (let at = 0; at < literal.length;) {
    let end = at;
    while (end < literal.length && isWordCode(literal.charCodeAt(end))) end++;
    if (end > at) words.push({ word: literal.slice(at, end), at });
    at = end + 1;
  }
  return words;
}

/** Each entry is filed under the word of its beginning that the fewest others have. */
function build(from: readonly Entry[]): MessageIndex {
  const all = from.map((entry) => ({ entry, words: wordsOf(entry.pattern.first.literal) }));
  const counts = new Map<string, number>();
  for (const { words } of all) for (const { word } of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const index = new Map<string, Anchored[]>();
  for (const { entry, words } of all) {
    const rarest = words.reduce<{ word: string; at: number } | null>((best, next) => {
      const gain = best ? (counts.get(best.word) ?? 0) - (counts.get(next.word) ?? 0) : 1;
      return gain > 0 || (gain === 0 && next.word.length > (best?.word.length ?? 0)) ? next : best;
    }, null);
    if (!rarest) throw new Error(`no word to find this pattern by: ${entry.pattern.source}`);
    const bucket = index.get(rarest.word);
    if (bucket) bucket.push({ entry, offset: rarest.at });
    else index.set(rarest.word, [{ entry, offset: rarest.at }]);
  }
  const mayHold = new Uint8Array(1 << hashBits);
  for (const word of index.keys()) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
    mayHold[hashSlot(hash)] = 1;
  }
  return { entries: index, mayHold };
}

let whole: MessageIndex | undefined;

/** Longer texts are looked through by their words, for which the whole index is built: once. */
const shortLength = 4_000;

/** Of the entries at least those that may match in the text. */
export function indexFor(folded: string): MessageIndex {
  if (whole === undefined && folded.length <= shortLength) return build(entriesIn(folded));
  whole ??= build(entries());
  return whole;
}
