import { LazyRules } from './lazy-rules.js';
import type { Chain, Problem, Rule, RuleList, Ruleset, Table } from '../ruleset.js';

/**
 * Puts the dumps of one machine together. What iptables-nft made shows in nft's JSON without the content of its matches
 * and targets, so its chains are taken from iptables-save, with the handles that nft gives them. Legacy tables and
 * ipsets are added.
 */
export function join(dumps: readonly Ruleset[]): Ruleset {
  const problems: Problem[] = dumps.flatMap((dump) => [...dump.problems]);
  const native = new Map<string, Table>();
  for (const dump of dumps) if (dump.source === 'nft') for (const table of dump.tables) native.set(keyOf(table), table);
  const tables = new Map<string, Table>(native);
  for (const dump of dumps) {
    if (dump.source === 'nft') continue;
    for (const table of dump.tables) {
      if (table.backend === 'iptables-legacy') tables.set(`legacy ${keyOf(table)}`, table);
      else {
        const inNft = native.get(keyOf(table));
        tables.set(keyOf(table), inNft === undefined ? table : joined(inNft, table, problems));
      }
    }
  }
  return {
    source: 'joined',
    tables: [...tables.values()],
    ipsets: new Map(dumps.flatMap((dump) => [...dump.ipsets])),
    ipsetsRead: dumps.some((dump) => dump.ipsetsRead),
    covers: { ip: dumps.some((dump) => dump.covers.ip), ip6: dumps.some((dump) => dump.covers.ip6) },
    problems,
  };
}

function keyOf(table: Table): string {
  return `${table.family} ${table.name}`;
}

/**
 * Both dumps are of one moment, or the ruleset changed in between: then a chain has another number of rules, and
 * nobody can say which rule is which.
 */
function joined(nft: Table, iptables: Table, problems: Problem[]): Table {
  const chains = new Map<string, Chain>();
  for (const chain of nft.chains.values()) {
    const other = iptables.chains.get(chain.name);
    if (other === undefined || other.rules.length !== chain.rules.length) {
      const where = `table ${nft.family} ${nft.name}, chain ${chain.name}`;
      problems.push({
        where,
        what: 'nft and iptables-save show different rules: the ruleset changed while it was read',
        fatal: true,
      });
      chains.set(chain.name, chain);
    } else
      chains.set(chain.name, {
        ...chain,
        ...(other.counter === undefined ? {} : { counter: other.counter }),
        rules: withHandles(chain, other.rules),
      });
  }
  // iptables-save shows built-in chains that nft has not made yet: they accept, and nothing is hooked in.
  return { ...nft, backend: 'iptables-nft', chains };
}

/** Content of iptables-save, handles of nft. What nft itself put into the chain is as nft lists it. */
function withHandles({ rules: nft, foreign }: Chain, iptables: RuleList): RuleList {
  const make = (index: number): Rule => {
    if (foreign?.has(index) === true) return nft.peek(index);
    const { handle, counter } = nft.peek(index);
    const rule = iptables.peek(index);
    return {
      ...rule,
      ...(handle === undefined ? {} : { handle }),
      ...(rule.counter === undefined && counter !== undefined ? { counter } : {}),
    };
  };
  return new LazyRules(iptables.length, make, (index, enough) => {
    (foreign?.has(index) === true ? nft : iptables).conditions(index, enough);
  });
}
