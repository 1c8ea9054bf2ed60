import type { Cells } from './decide/cells.js';
import { evaluate } from './decide/evaluate.js';
import { type Cursor, everyRule, type Finder } from './decide/finder.js';
import type { Scope } from './decide/scope.js';
import { ChainIndex } from './index/chain-index.js';
import type { Chain, Match, Ruleset } from './ruleset.js';

/** Below this an index costs more than it saves (measured: about 20 rules). */
const fewRules = 20;

/**
 * Finds the rules of a chain that can match a packet without looking at all of them. It may name too many, never too
 * few, so that a decision is the same with it and without (held by a property test).
 */
export class IndexedRules implements Finder {
  private readonly indexes = new Map<Chain, ChainIndex>();

  enter(chain: Chain, cells: Cells, scope: Scope): Cursor {
    if (chain.rules.length <= fewRules) return everyRule.enter(chain, cells, scope);
    return this.indexOf(chain).cursor(cells, (match: Match) => evaluate(match, cells, scope) !== 'no');
  }

  private indexOf(chain: Chain): ChainIndex {
    let index = this.indexes.get(chain);
    if (index === undefined) {
      index = new ChainIndex(chain);
      this.indexes.set(chain, index);
    }
    return index;
  }

  /** Builds now what would else be built when a packet first enters each chain. */
  build(ruleset: Ruleset): void {
    for (const table of ruleset.tables) {
      for (const chain of table.chains.values()) if (chain.rules.length > fewRules) this.indexOf(chain);
    }
  }
}
