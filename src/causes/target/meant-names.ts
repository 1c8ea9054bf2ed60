import { domainToUnicode } from 'node:url';
import { mistypedEndings } from '../../data/names/endings.js';
import { looksLike, looksLikeInLatin } from '../../data/names/look-alikes.js';
import { wellKnownNames } from '../../data/names/well-known.js';
import type { NameSlip } from '../../model/facts.js';
import { slipBetween } from './slips.js';

export interface Meant {
  readonly name: string;
  readonly slip: NameSlip;
}

interface Candidate extends Meant {
  readonly cost: number;
}

const most = 3;

/** Names that may have been meant by one that does not exist, the likeliest first. Pure: whether they exist is not asked. */
export function meantNames(typed: string): Meant[] {
  const found = [...endingsOf(typed), ...wwwOf(typed), ...alikeOf(typed), ...nearWellKnown(typed)];
  const byCost = found.filter(({ name }) => name !== typed).toSorted((a, b) => a.cost - b.cost);
  return byCost
    .filter((one, i) => byCost.findIndex(({ name }) => name === one.name) === i)
    .slice(0, most)
    .map(({ name, slip }) => ({ name, slip }));
}

/** `.con` for `.com`: an ending that nobody can have meant, or that is rarely meant. */
function endingsOf(typed: string): Candidate[] {
  const [, stem = '', last = ''] = /^(.+)\.([^.]+)$/.exec(typed) ?? [];
  const ending = mistypedEndings.get(last);
  if (!ending || stem === '') return [];
  return [{ name: `${stem}.${ending.meant}`, slip: 'ending', cost: ending.exists === 'none' ? 0.1 : 0.8 }];
}

function wwwOf(typed: string): Candidate[] {
  const rest = /^(?:(?:ww|wwww|www\d|wwe|qww|wwq|eww)\.|www(?!\.))([^.].*\..+)$/.exec(typed)?.[1];
  return rest === undefined ? [] : [{ name: `www.${rest}`, slip: 'www', cost: 0.3 }];
}

/** Letters that only look like those of a name that everybody knows. */
function alikeOf(typed: string): Candidate[] {
  const shown = typed.includes('xn--') ? domainToUnicode(typed) : typed;
  const plain = inLatin(shown);
  const spellings = [plain, ...looksLikeInLatin.map(([from, to]) => plain.replaceAll(from, to))];
  return spellings
    .filter((spelling) => spelling !== typed && /^[a-z\d.-]+$/.test(spelling))
    .filter((spelling) => wellKnownNames.some((name) => spelling === name || spelling.endsWith(`.${name}`)))
    .map((name) => ({ name, slip: 'look-alike', cost: shown === typed ? 0.4 : 0 }));
}

/** The well-known name that a reader takes it for, though its letters are others; null for any other name. */
export function lookAlikeOf(typed: string): string | null {
  return alikeOf(typed)[0]?.name ?? null;
}

/** The letters that a reader sees (UTS 39, 4), without accents. */
function inLatin(text: string): string {
  const bare = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return [...bare]
    .map((letter) => looksLike.get(letter) ?? letter)
    .join('')
    .toLowerCase();
}

function nearWellKnown(typed: string): Candidate[] {
  const labels = typed.split('.');
  return wellKnownNames.flatMap((known) => {
    const depth = known.split('.').length;
    // A dot may be missing or be one too many: the end of the name with one label less and more is held against it as well.
    return [depth, depth - 1, depth + 1].flatMap((count): Candidate[] => {
      if (count < 1 || count > labels.length) return [];
      const end = labels.slice(-count).join('.');
      const slip = slipBetween(end, known);
      if (!slip || slip.cost > allowed(known) || (count !== depth && slip.kind === 'several')) return [];
      const before = labels.slice(0, -count);
      return [{ name: [...before, known].join('.'), slip: slip.kind, cost: slip.cost }];
    });
  });
}

/** Short names are near to too many others: only the slips that happen every day count there. */
function allowed(known: string): number {
  const [main = ''] = known.split('.').toSorted((a, b) => b.length - a.length);
  if (main.length <= 3) return 0.5;
  return main.length <= 6 ? 1 : 1.6;
}
