import { ufwLine } from '../../inspectors/firewall/ufw-files.js';
import { chainInRestoreFile } from '../../firewall/iptables-file.js';
import { chainInFile, lineOfRule } from '../../firewall/nft-file.js';
import { textOf } from '../../firewall/rule-text.js';
import type { EditableFile, FileLines, LineEdit } from '../../model/file-operations.js';
import type { IptablesAllow } from '../../model/operation.js';
import type { System } from '../../model/system.js';
import { isBefore } from './ufw.js';
import type { Exceptions } from './plan-exceptions.js';

/** Files from which rules are loaded at boot, as Debian and others name them; those that are there. */
export type BootFiles = Readonly<Partial<Record<BootFile, string>>>;
type BootFile = (typeof names)[number];

const names = [
  'nftables.conf',
  'iptables/rules.v4',
  'iptables/rules.v6',
  'ufw/before.rules',
  'ufw/before6.rules',
] as const satisfies readonly EditableFile[];

export async function readBootFiles({ files }: System): Promise<BootFiles> {
  const found: Partial<Record<BootFile, string>> = {};
  for (const name of names) {
    const read = await files.read(`/etc/${name}`);
    if (read.ok && !read.truncated) found[name] = Buffer.from(read.bytes).toString('utf8');
  }
  return found;
}

/** The same exceptions in the files of which their chains were loaded, where they are those files': else they end with a restart. */
export function atBoot(
  { made }: Exceptions,
  bootFiles: BootFiles,
): { readonly edits: readonly FileLines[]; readonly notes: readonly string[] } | { readonly whyNot: string } {
  const edits = new Map<BootFile, LineEdit[]>();
  let isLost = false;
  for (const { obstacle, exception } of made) {
    const { operation } = exception;
    if (operation.kind !== 'iptables-allow' && operation.kind !== 'nft-allow') continue;
    const found =
      operation.kind === 'nft-allow'
        ? nftLine(obstacle.at, operation.rules[0]?.match, bootFiles)
        : iptablesLine(operation, bootFiles);
    if (found === null && obstacle.owner?.id === 'ufw')
      return { whyNot: `the rule is one of ufw's, and the line of its files that made it is not found` };
    if (found === null) isLost = true;
    else edits.set(found.file, [...(edits.get(found.file) ?? []), found.edit]);
  }
  const lost =
    'it holds until the rules are loaded anew or the computer restarts: no file that is known to be loaded then holds it';
  return {
    edits: [...edits].map(([file, lines]) => ({ kind: 'file-lines', file, edits: lines })),
    notes: isLost ? [lost] : [],
  };
}

interface Found {
  readonly file: BootFile;
  readonly edit: LineEdit;
}

function nftLine(
  { table, chain, rule }: Exceptions['made'][number]['obstacle']['at'],
  match: IptablesAllow['match'] | undefined,
  files: BootFiles,
): Found | null {
  const text = files['nftables.conf'];
  const written = text === undefined ? null : chainInFile(text, table.family, table.name, chain.name);
  const line = written === null ? null : rule === undefined ? written.typeLine : lineOfRule(written, textOf(rule));
  if (text === undefined || line === null || match === undefined) return null;
  const below = rule === undefined ? line : line - 1;
  return { file: 'nftables.conf', edit: { do: 'add-allow', below, was: lineOf(text, below), match } };
}

/** Only where the rule stands at the same place in its chain as it does now. */
function iptablesLine({ family, table, chain, position, next, match }: IptablesAllow, files: BootFiles): Found | null {
  const what = { is: 'iptables-allow', chain, match } as const;
  if (isBefore(chain)) return ufwBeforeLine(family, next, what, files);
  const file = family === 4 ? 'iptables/rules.v4' : 'iptables/rules.v6';
  const text = files[file];
  const written = text === undefined ? null : chainInRestoreFile(text, table, chain);
  if (text === undefined || written === null) return null;
  const at = written.rules[position - 1];
  if ((at?.text ?? null) !== next || (next === null && written.rules.length !== position - 1)) return null;
  const below = at === undefined ? (written.rules.at(-1) ?? written.declared).number : at.number - 1;
  return { file, edit: { do: 'add', below, was: lineOf(text, below), what } };
}

/** ufw's files write a rule in other words than iptables-save prints: it is found by what it asks. */
function ufwBeforeLine(
  family: 4 | 6,
  next: string | null,
  what: Extract<LineEdit, { do: 'add' }>['what'],
  files: BootFiles,
): Found | null {
  const file = family === 4 ? 'ufw/before.rules' : 'ufw/before6.rules';
  const text = files[file];
  if (text === undefined || next === null) return null;
  const written = ufwLine(next, [{ path: file, text }], [], family === 4 ? 'ip' : 'ip6');
  const number = Number(/:(\d+)$/.exec(written?.location ?? '')?.[1]);
  if (!(number > 1)) return null;
  return { file, edit: { do: 'add', below: number - 1, was: lineOf(text, number - 1), what } };
}

function lineOf(text: string, number: number): string {
  return (text.split('\n')[number - 1] ?? '').replace(/\r$/, '');
}
