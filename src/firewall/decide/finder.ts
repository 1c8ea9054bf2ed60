import type { Chain } from '../ruleset.js';
import type { Cells } from './cells.js';
import type { Scope } from './scope.js';

/** Finds the next rule of a chain that can match what the cells say. It may name too many rules, never too few. */
export interface Cursor {
  /** Place of the rule, at `from` or after it; −1 when there is none. */
  next(from: number): number;
  /** Of the cells that it was made for: it is made again when a rule has written to them. */
  readonly version: number;
}

export interface Finder {
  enter(chain: Chain, cells: Cells, scope: Scope): Cursor;
}

/** Every rule in its turn. */
export const everyRule: Finder = {
  enter: (chain, cells) => {
    const { length } = chain.rules;
    return { next: (from) => (from < length ? from : -1), version: cells.version };
  },
};
