import { iptablesProgram } from '../iptables/chain.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { fromFile } from '../draft-file.js';

/** As iptables-legacy-save prints them, without counts; a table without rules, chains and policies counts as none. */
export interface LegacyRules {
  readonly four: string;
  readonly six: string;
}

/** What a look at the rules takes. */
export interface Reading extends Pick<Hands, 'run'> {
  readonly disk: Pick<Hands['disk'], 'read'>;
}

const empty: LegacyRules = { four: '', six: '' };

export async function legacyRules(hands: Reading): Promise<LegacyRules> {
  const [four, six] = await Promise.all([saved(4, hands), saved(6, hands)]);
  return { four: shorn(four), six: shorn(six) };
}

async function saved(family: 4 | 6, hands: Reading): Promise<string> {
  // The program would make the tables that it looks for, and load what the kernel needs for them.
  const names = await hands.disk.read(`/proc/net/${family === 4 ? 'ip' : 'ip6'}_tables_names`, 4096);
  if (names === null || names.bytes.length === 0) return '';
  const result = await iptablesProgram({ backend: 'legacy', family }, '-save', [], hands);
  // Where there is no such program, or the kernel has no such tables, there are no such rules either.
  if (result.error === 'ENOENT' || /does not exist|not supported/i.test(result.stderr)) return '';
  return mustHaveRun('iptables-legacy-save', result);
}

/** Each table from its name to COMMIT. */
function tablesOf(text: string): string[] {
  return text.match(/^\*[\s\S]*?^COMMIT$/gm) ?? [];
}

function shorn(text: string): string {
  return tablesOf(text.replaceAll(/\[\d+:\d+\]/g, '[0:0]'))
    .filter((table) => !table.split('\n').every((line) => /^(?:\*|COMMIT|:\S+ ACCEPT )/.test(line)))
    .join('\n');
}

/** Tables that are there now and not in the copy are emptied: one that was looked at stays in the kernel. */
export async function restoreLegacy(rules: LegacyRules, hands: Hands): Promise<void> {
  for (const [family, wanted] of [
    [4, rules.four],
    [6, rules.six],
  ] as const) {
    const now = await saved(family, hands);
    if (shorn(now) === wanted) continue;
    const named = new Set(tablesOf(wanted).map(nameOf));
    const emptied = tablesOf(now).flatMap((table) => (named.has(nameOf(table)) ? [] : [withoutRules(table)]));
    const text = [...tablesOf(wanted), ...emptied, ''].join('\n');
    const restore = (file: string): ReturnType<Hands['run']> =>
      iptablesProgram({ backend: 'legacy', family }, '-restore', ['-w', '5', file], hands);
    mustHaveRun('iptables-legacy-restore', await fromFile(text, hands, restore));
  }
}

export async function emptyLegacy(hands: Hands): Promise<void> {
  await restoreLegacy(empty, hands);
}

function nameOf(table: string): string {
  return table.split('\n', 1)[0] ?? '';
}

function withoutRules(table: string): string {
  const builtIn = table.split('\n').flatMap((line) => /^:(\S+) (?!-)/.exec(line)?.[1] ?? []);
  return [nameOf(table), ...builtIn.map((chain) => `:${chain} ACCEPT [0:0]`), 'COMMIT'].join('\n');
}
