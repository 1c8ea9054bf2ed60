import type { BaseChain, Chain, Enough, Problem, Rule, Ruleset, Table } from '../ruleset.js';
import { builtinChain, isBuiltinTable, tableOfChains } from './iptables/builtin.js';
import { type Block, type IptablesOptions, LineReader } from './iptables/line-reader.js';
import { QuickConditions } from './iptables/quick-conditions.js';
import { type ParsedRule, RuleReader } from './iptables/rule.js';
import { tokens } from './iptables/tokens.js';
import { LazyRules } from './lazy-rules.js';

export type { IptablesOptions } from './iptables/line-reader.js';

/**
 * Reads `iptables-save` and `ip6tables-save` of both backends, with or without counters, several tables and both
 * families in one file; also what `iptables -S` prints. A line that is not understood is a problem, never a guess.
 */
export function parseIptablesSave(text: string, options: IptablesOptions = {}): Ruleset {
  const reader = new LineReader(text, options);
  reader.read();
  const { blocks, problems } = reader;
  const tables = closeAll(blocks, text, problems);
  return {
    source: 'iptables',
    tables,
    ipsets: new Map(),
    ipsetsRead: false,
    problems,
    covers: { ip: tables.some((table) => table.family === 'ip'), ip6: tables.some((table) => table.family === 'ip6') },
  };
}

function closeAll(blocks: readonly Block[], text: string, problems: Problem[]): Table[] {
  const tables = new Map<string, Table>();
  for (const block of blocks) {
    const policies = [...block.chains.values()].flatMap((chain) => (chain.policy === undefined ? [] : [chain.name]));
    const name = block.table ?? tableOfChains(policies);
    const where = `line ${block.line}`;
    if (name === undefined) {
      problems.push({ where, what: 'these rules belong to no table that can be told', fatal: true });
      continue;
    }
    if (block.table !== undefined && !block.committed) {
      problems.push({ where, what: `the dump ends in the middle of table ${name} (no COMMIT)`, fatal: true });
    }
    if (!isBuiltinTable(name))
      problems.push({ where, what: `table ${name.slice(0, 60)} is not one of iptables`, fatal: false });
    const family = block.family ?? guessedFamily(block, text, tables.has(`ip ${name}`)) ?? 'ip';
    if (tables.has(`${family} ${name}`))
      problems.push({ where, what: `table ${name} comes twice for ${family}`, fatal: true });
    tables.set(`${family} ${name}`, closed(block, name, family, text));
  }
  if (blocks.length === 0) {
    problems.push({
      where: 'ruleset',
      what: text.trim() === '' ? 'the dump is empty' : 'there is no table in it',
      fatal: true,
    });
  }
  return [...tables.values()];
}

/** Without the tool's header line the addresses tell; a second table of one name is the other family's. */
function guessedFamily(block: Block, text: string, second: boolean): 'ip' | 'ip6' | undefined {
  for (const chain of block.chains.values()) {
    for (const [i, start] of chain.starts.entries()) {
      const line = text.slice(start, chain.ends[i]);
      if (/ (-s|-d) [0-9a-f]*:[0-9a-f:]/i.test(line) || / (ipv6-icmp|icmp6|icmpv6)( |$)| icmp6-/.test(line))
        return 'ip6';
      if (/ (-s|-d) \d+\.\d+\.\d+\.\d+/.test(line) || / -p icmp( |$)/.test(line)) return 'ip';
    }
  }
  return second ? 'ip6' : undefined;
}

function closed(block: Block, name: string, family: 'ip' | 'ip6', text: string): Table {
  const chains = new Map<string, Chain>();
  const reader = new RuleReader(family, (target) => block.chains.has(target));
  const quick = new QuickConditions(text, family);
  for (const chain of block.chains.values()) {
    const { starts, ends, policy } = chain;
    const base: BaseChain | undefined = policy === undefined ? undefined : builtinChain(name, chain.name, policy);
    const make = (index: number): Rule => ruleOf(text.slice(starts[index], ends[index]), index, chain.name, reader);
    const tell = (index: number, enough: Enough): void => {
      const start = starts[index] ?? 0;
      const after = text.charCodeAt(start) === 91 ? text.indexOf('-A ', start) : start;
      quick.tell(after + 3 + chain.name.length, ends[index] ?? 0, enough);
    };
    chains.set(chain.name, {
      name: chain.name,
      rules: new LazyRules(starts.length, make, tell),
      ...(base === undefined ? {} : { base }),
      ...(chain.counter === undefined ? {} : { counter: chain.counter }),
    });
  }
  const backend = block.backend ?? 'iptables-nft';
  return { family, name, backend, dormant: false, chains, sets: new Map(), flowtables: [], objects: [] };
}

function ruleOf(source: string, index: number, chain: string, reader: RuleReader): Rule {
  const counted = source.charCodeAt(0) === 91 ? /^\[(\d+):(\d+)\] /.exec(source) : null;
  const line = counted === null ? source : source.slice(counted[0].length);
  const words = tokens(line, 4 + chain.length);
  const { parts, comment }: ParsedRule = words === undefined ? cutRule(line) : reader.read(words);
  return {
    number: index + 1,
    parts,
    source: { syntax: 'iptables', line },
    ...(comment === undefined ? {} : { comment }),
    ...(counted === null ? {} : { counter: { packets: Number(counted[1]), bytes: Number(counted[2]) } }),
  };
}

function cutRule(text: string): ParsedRule {
  return { parts: [{ kind: 'effect', text, why: 'the rule is cut' }], comment: undefined };
}
