import { mayBeByIptables } from '../../firewall/parse/nft/by-iptables.js';
import { type Json, listOf } from '../../firewall/parse/nft/json.js';
import type { Hostile, TraceStep } from '../../model/facts.js';
import type { RulesetExcerpt } from '../../model/firewall-facts.js';
import type { System } from '../../model/system.js';
import type { RuleReference } from '../../model/words.js';
import { excerptOf, inside, list, type SavedRules } from './excerpt.js';

export interface DescribedRule {
  readonly rule?: RuleReference;
  readonly comment?: Hostile;
  readonly excerpt?: RulesetExcerpt;
}

/** Tables that iptables-nft uses; only these can hold its rules. */
const iptablesTables: ReadonlySet<string> = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);
const longestText = 400;

/**
 * The rule's text and its place in the chain, in the words of the tool that made it, and what tells whose it is. `led`
 * are the rules whose jumps led there; `peer` is the other side's address.
 */
export async function describeRule(
  step: TraceStep,
  led: readonly TraceStep[],
  peer: string,
  system: System,
): Promise<DescribedRule> {
  const saved = await savedRules(step, system);
  const [named, excerpt] = await Promise.all([
    nameRule(step, system, saved),
    excerptOf(step, led, peer, saved, system),
  ]);
  return { ...named, ...(excerpt === undefined ? {} : { excerpt }) };
}

/** The same without what tells whose it is. */
export async function nameRule(step: TraceStep, system: System, known?: SavedRules): Promise<DescribedRule> {
  const base = step.rule ?? { backend: 'nft' as const, family: step.family, table: step.table, chain: step.chain };
  const [listed, saved] = await Promise.all([
    system.run('nft', ['-a', 'list', 'chain', step.family, step.table, step.chain], {
      timeoutMs: 2_000,
      maxBytes: 4_000_000,
    }),
    known ?? savedRules(step, system),
  ]);
  const lines = saved(step.chain);
  const iptables = lines !== null && (await isByNft(base.handle, step, system)) ? null : lines;
  const backend = iptables ? 'iptables-nft' : 'nft';
  if (step.kind === 'policy' || base.handle === undefined) return { rule: { ...base, backend } };
  const rules = listed.exit === 0 ? rulesIn(listed.stdout) : [];
  const index = rules.findIndex((rule) => rule.handle === base.handle);
  const found = rules[index];
  if (!found) return { rule: base };
  const text = iptables?.[index] ?? found.text;
  const comment = commentOf(text);
  return {
    rule: { ...base, backend, number: index + 1, text: text.slice(0, longestText) },
    ...(comment === null ? {} : { comment }),
  };
}

/** nft can put a rule into a chain of iptables: iptables-save then prints something else in its place. */
async function isByNft(handle: number | undefined, step: TraceStep, system: System): Promise<boolean> {
  const rules = inside(await list(system, 'chain', step.family, step.table, step.chain), 'rule');
  const found = rules.find((rule) => rule['handle'] === handle);
  return found !== undefined && !mayBeByIptables(listOf(found['expr'] as Json | undefined));
}

function isOfIptables({ family, table }: TraceStep): boolean {
  return iptablesTables.has(table) && (family === 'ip' || family === 'ip6');
}

interface Listed {
  readonly handle: number;
  readonly text: string;
}

/** Lines of `nft -a list chain` that are rules: they end in their handle and do not open a block. */
export function rulesIn(listing: string): Listed[] {
  return listing.split('\n').flatMap((line) => {
    const match = /^\t\t(.*\S)\s+# handle (\d+)$/.exec(line);
    return match?.[1] && !match[1].endsWith('{') ? [{ handle: Number(match[2]), text: match[1] }] : [];
  });
}

/** The table's rules as `iptables-save` prints them; null for a chain when the table is none of iptables'. */
async function savedRules(step: TraceStep, system: System): Promise<SavedRules> {
  if (!isOfIptables(step)) return () => null;
  const program = step.family === 'ip6' ? 'ip6tables-save' : 'iptables-save';
  const saved = await system.run(program, ['-t', step.table], { timeoutMs: 2_000, maxBytes: 4_000_000 });
  if (saved.exit !== 0 || saved.truncated || saved.stdout.includes('is incompatible')) return () => null;
  const lines = saved.stdout.split('\n');
  return (chain) =>
    lines.some((line) => line.startsWith(`:${chain} `))
      ? lines.filter((line) => line.startsWith(`-A ${chain} `))
      : null;
}

function commentOf(text: string): Hostile | null {
  const quoted = /(?:--comment|comment) "((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return quoted ?? /--comment ([^\s"]+)/.exec(text)?.[1] ?? null;
}
