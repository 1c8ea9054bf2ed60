import { LazyRules } from './parse/lazy-rules.js';
import type { Chain, Rule, Ruleset, Table } from './ruleset.js';

/** The same ruleset with one rule more, before the rule at `index` (from 0) of that chain. Nothing is copied but the way there. */
export function withRule(ruleset: Ruleset, table: Table, chain: Chain, index: number, rule: Rule): Ruleset {
  const old = chain.rules;
  const rules = new LazyRules(old.length + 1, (i) => ({
    ...(i === index ? rule : old.at(i < index ? i : i - 1)),
    number: i + 1,
  }));
  return withChain(ruleset, table, { ...chain, rules });
}

function withChain(ruleset: Ruleset, table: Table, chain: Chain): Ruleset {
  const chains = new Map(table.chains).set(chain.name, chain);
  return { ...ruleset, tables: ruleset.tables.map((one) => (one === table ? { ...table, chains } : one)) };
}
