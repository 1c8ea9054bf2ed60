import { areNeighbours } from '../../data/names/keyboard.js';
import type { NameSlip } from '../../model/facts.js';

export interface Slip {
  readonly kind: NameSlip;
  /** How far from a slip of the fingers it is: below 1 for one that happens every day, up to 2 edits. */
  readonly cost: number;
}

const longest = 64;

interface Edit {
  readonly kind: NameSlip | null;
  readonly cost: number;
  readonly edits: number;
}

const nothing: Edit = { kind: null, cost: 0, edits: 0 };
const never: Edit = { kind: null, cost: Number.POSITIVE_INFINITY, edits: 9 };

/**
 * What turns one spelling into another by at most two edits (Damerau's, in the form of optimal string alignment), each
 * weighed by how easily it happens. Null for the same spelling, and for what is farther away.
 */
export function slipBetween(typed: string, meant: string): Slip | null {
  if (typed === meant || typed.length > longest || meant.length > longest) return null;
  if (Math.abs(typed.length - meant.length) > 2) return null;
  let before: Edit[] = [];
  let above: Edit[] = [];
  for (let i = 0; i <= typed.length; i++) {
    const row: Edit[] = [];
    for (let j = 0; j <= meant.length; j++) {
      if (Math.abs(i - j) > 2) row.push(never);
      else if (i === 0 && j === 0) row.push(nothing);
      else row.push(best(waysTo(i, j, typed, meant, { row, above, before })));
    }
    before = above;
    above = row;
  }
  const whole = above[meant.length] ?? never;
  if (whole.kind === null || whole.edits > 2) return null;
  return { kind: whole.edits === 1 ? whole.kind : 'several', cost: whole.cost };
}

interface Rows {
  readonly row: readonly Edit[];
  readonly above: readonly Edit[];
  readonly before: readonly Edit[];
}

/** Every last step by which the first i letters that were typed become the first j that were meant. */
function waysTo(i: number, j: number, typed: string, meant: string, { row, above, before }: Rows): Edit[] {
  const [t = '', t1 = ''] = [typed[i - 1], typed[i - 2]];
  const [m = '', m1 = ''] = [meant[j - 1], meant[j - 2]];
  const ways: Edit[] = [];
  if (i > 0 && j > 0) {
    const aside = above[j - 1] ?? never;
    if (t === m) ways.push(aside);
    else ways.push(after(aside, areNeighbours(t, m) ? 'neighbour-key' : 'other-letter', areNeighbours(t, m) ? 0.7 : 1));
  }
  if (i > 0) {
    const extra = above[j] ?? never;
    const near = t === t1 || areNeighbours(t, t1) || areNeighbours(t, typed[i] ?? '');
    ways.push(after(extra, t === t1 ? 'doubled' : 'extra', near ? 0.6 : 0.9));
  }
  if (j > 0) ways.push(after(row[j - 1] ?? never, m === '.' ? 'missing-dot' : 'missing', m === m1 ? 0.5 : 0.7));
  if (i > 1 && j > 1 && t === m1 && t1 === m && t !== t1) ways.push(after(before[j - 2] ?? never, 'swapped', 0.5));
  return ways;
}

function after(edit: Edit, kind: NameSlip, cost: number): Edit {
  return { kind, cost: edit.cost + cost, edits: edit.edits + 1 };
}

function best(ways: readonly Edit[]): Edit {
  return ways.reduce((least, one) => (one.cost < least.cost ? one : least), never);
}
