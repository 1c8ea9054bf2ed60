import type { BootLoader } from '../model/service-operations.js';
import { contentOf, targetIn } from './iptables-content.js';
import { chainInRestoreFile } from './iptables-file.js';
import { nftFile, rulesWritten, spelled, type WrittenChain } from './nft-file.js';
import { ownerOf, type RuleContext } from './owner.js';
import { textOf } from './rule-text.js';
import type { Rule, Ruleset, Table } from './ruleset.js';
import { LazyRules } from './parse/lazy-rules.js';

/** A file that is loaded at boot by a service that is switched on. */
export interface BootLoaded {
  readonly by: BootLoader;
  /** Of netfilter-persistent's two files. */
  readonly family: 'ip' | 'ip6' | null;
  readonly text: string;
}

/** Of a longer chain each rule would have to be compared with each line. */
const mostRules = 2000;

/**
 * Whose file made the rule, or the policy: it stands there, in the same chain. Null where the rule is somebody else's by its
 * own signs, and where no file holds it: it was put there by hand, then.
 */
export function loaderOf(context: RuleContext, loaded: readonly BootLoaded[]): BootLoader | null {
  if (loaded.length === 0 || ownerOf(context) !== null) return null;
  return (
    loaded.find((one) => (one.by === 'nftables' ? inNftFile(context, one) : inRestoreFile(context, one)))?.by ?? null
  );
}

function inNftFile({ table, chain, rule }: RuleContext, { text }: BootLoaded): boolean {
  const [written, ...others] = nftFile(text).tables.get(`${table.family} ${table.name}`)?.get(chain.name) ?? [];
  if (table.backend !== 'nft' || written === undefined || others.length > 0) return false;
  if (rule === undefined) return chain.base !== undefined && policyIn(written) === chain.base.policy;
  const rules = rulesWritten(written);
  if (rules.includes(spelled(textOf(rule)))) return true;
  // Names of ports and sets are written in words there: as many rules, and this one ends in the same way.
  const line = rules.length === chain.rules.length ? rules[rule.number - 1] : undefined;
  const end = endOf(rule);
  return line !== undefined && end !== null && new RegExp(`(?:^| )${end}\\b`).test(line);
}

function policyIn({ lines }: WrittenChain): 'accept' | 'drop' {
  return lines.some(({ text }) => /(?:^|[;\s])policy\s+drop\b/.test(text)) ? 'drop' : 'accept';
}

function endOf({ parts }: Rule): string | null {
  for (const part of parts) if (part.kind === 'verdict') return part.verdict.to;
  return null;
}

function inRestoreFile({ table, chain, rule }: RuleContext, { family, text }: BootLoaded): boolean {
  if (table.backend === 'nft' || table.family !== family) return false;
  const written = chainInRestoreFile(text, table.name, chain.name);
  if (written === null) return false;
  if (rule === undefined) return chain.base !== undefined && isPolicy(text, table.name, chain.name, chain.base.policy);
  if (rule.source.syntax !== 'iptables') return false;
  const { line } = rule.source;
  if (written.rules.some((one) => one.text === line)) return true;
  const wanted = contentOf(line, family, table.chains.keys());
  const isSame = (other: string): boolean =>
    targetIn(other) === targetIn(line) && contentOf(other, family, table.chains.keys()) === wanted;
  return wanted !== null && written.rules.length <= mostRules && written.rules.some((one) => isSame(one.text));
}

function isPolicy(text: string, table: string, chain: string, policy: 'accept' | 'drop'): boolean {
  const section = text.slice(text.search(new RegExp(`^\\*${table}$`, 'm')));
  return new RegExp(`^:${chain} ${policy.toUpperCase()}\\b`, 'm').test(section.split('\nCOMMIT', 1)[0] ?? '');
}

/** The rules as they would be without that service's file; null where it cannot be told what would be left. */
export function withoutLoader(ruleset: Ruleset, by: BootLoader, loaded: readonly BootLoaded[]): Ruleset | null {
  const own = loaded.filter((one) => one.by === by);
  if (by === 'nftables') {
    const names = new Set(own.flatMap(({ text }) => [...nftFile(text).tables.keys()]));
    const isOwn = ({ family, name }: Table): boolean => names.has(`${family} ${name}`);
    // A table that it shares with iptables is not its own to take away.
    if (ruleset.tables.some((table) => isOwn(table) && table.backend !== 'nft')) return null;
    return { ...ruleset, tables: ruleset.tables.filter((table) => !isOwn(table)) };
  }
  const isLong = (table: Table): boolean =>
    table.backend !== 'nft' && [...table.chains.values()].some(({ rules }) => rules.length > mostRules);
  if (ruleset.tables.some(isLong)) return null;
  return { ...ruleset, tables: ruleset.tables.map((table) => withoutRules(table, own)) };
}

function withoutRules(table: Table, loaded: readonly BootLoaded[]): Table {
  if (table.backend === 'nft') return table;
  const chains = [...table.chains.values()].map((chain) => {
    const rest = [...chain.rules].filter((rule) => loaderOf({ table, chain, rule }, loaded) === null);
    const rules = new LazyRules(rest.length, (index) => rest[index] as Rule);
    const isOwnPolicy = chain.base !== undefined && loaderOf({ table, chain }, loaded) !== null;
    const base = isOwnPolicy && chain.base ? { base: { ...chain.base, policy: 'accept' as const } } : {};
    return [chain.name, { ...chain, rules, ...base }] as const;
  });
  return { ...table, chains: new Map(chains) };
}
