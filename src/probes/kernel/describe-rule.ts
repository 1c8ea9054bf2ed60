import type { Hostile, TraceStep } from '../../model/facts.js';
import type { System } from '../../model/system.js';
import type { RuleReference } from '../../model/words.js';

export interface DescribedRule {
  readonly rule?: RuleReference;
  readonly comment?: Hostile;
}

/** Tables that iptables-nft uses; only these can hold its rules. */
const iptablesTables: ReadonlySet<string> = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);
const longestText = 400;

/** The rule's text and its place in the chain, in the words of the tool that made it. */
export async function describeRule(step: TraceStep, system: System): Promise<DescribedRule> {
  const base = step.rule ?? { backend: 'nft' as const, family: step.family, table: step.table, chain: step.chain };
  const listed = await system.run('nft', ['-a', 'list', 'chain', step.family, step.table, step.chain], {
    timeoutMs: 2_000,
    maxBytes: 4_000_000,
  });
  const rules = listed.exit === 0 ? rulesIn(listed.stdout) : [];
  const index = rules.findIndex((rule) => rule.handle === base.handle);
  const found = rules[index];
  const iptables =
    iptablesTables.has(step.table) && (step.family === 'ip' || step.family === 'ip6')
      ? await savedRules(step, system)
      : null;
  if (step.kind === 'policy' || base.handle === undefined) {
    return { rule: { ...base, backend: iptables ? 'iptables-nft' : 'nft' } };
  }
  if (!found) return { rule: base };
  const text = iptables?.[index] ?? found.text;
  const comment = commentOf(text);
  return {
    rule: { ...base, backend: iptables ? 'iptables-nft' : 'nft', number: index + 1, text: text.slice(0, longestText) },
    ...(comment === null ? {} : { comment }),
  };
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

/** The chain's rules as `iptables-save` prints them, or null when the table is none of iptables'. */
async function savedRules(step: TraceStep, system: System): Promise<string[] | null> {
  const program = step.family === 'ip6' ? 'ip6tables-save' : 'iptables-save';
  const saved = await system.run(program, ['-t', step.table], { timeoutMs: 2_000, maxBytes: 4_000_000 });
  if (saved.exit !== 0 || saved.stdout.includes('is incompatible')) return null;
  const lines = saved.stdout.split('\n');
  if (!lines.some((line) => line.startsWith(`:${step.chain} `))) return null;
  return lines.filter((line) => line.startsWith(`-A ${step.chain} `));
}

function commentOf(text: string): Hostile | null {
  const quoted = /(?:--comment|comment) "((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return quoted ?? /--comment ([^\s"]+)/.exec(text)?.[1] ?? null;
}
