import { parseIptablesSave } from './parse/iptables-save.js';

/** Behind the target ufw writes one, where iptables-save has none. */
const comment = / -m comment --comment (?:'[^']*'|"(?:[^"\\]|\\.)*"|\S+)/;

/**
 * What a rule of iptables (`-A CHAIN …`) asks and does, in one spelling and order; comments do not count. `chains` are those
 * of the user's own that it may lead to. Null for what is no rule.
 */
export function contentOf(line: string, family: 'ip' | 'ip6', chains: Iterable<string>): string | null {
  const chain = /^-A (\S+) /.exec(line)?.[1];
  if (chain === undefined) return null;
  const declared = [...new Set([chain, ...chains])].map((name) => `:${name} - [0:0]`);
  const dump = ['*filter', ...declared, line.replace(comment, ''), 'COMMIT'].join('\n');
  const rule = parseIptablesSave(dump, { family, backend: 'iptables-nft' }).tables[0]?.chains.get(chain)?.rules.at(0);
  if (!rule) return null;
  const parts = rule.parts.filter((part) => part.kind !== 'note');
  return parts
    .map((part) => JSON.stringify(part, plain))
    .sort()
    .join();
}

/** The chain that a rule leads to, or its target. */
export function targetIn(line: string): string | null {
  return / -[jg] (\S+)/.exec(line)?.[1] ?? null;
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value instanceof Set ? [...value] : value;
}
