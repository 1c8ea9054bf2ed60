import { isSwitchedOn } from '../../inspectors/firewall/boot-loaded.js';
import { ufwLine } from '../../inspectors/firewall/ufw-files.js';
import { chainInRestoreFile } from '../../firewall/iptables-file.js';
import { chainInFile, lineOfRule } from '../../firewall/nft-file.js';
import { textOf } from '../../firewall/rule-text.js';
import { bootRuleFiles } from '../../model/boot-rule-files.js';
import type { FileLines, LineEdit } from '../../model/file-operations.js';
import type { IptablesAllow } from '../../model/operation.js';
import type { System } from '../../model/system.js';
import { isBefore } from './ufw.js';
import type { Exceptions } from './plan-exceptions.js';

/** Files from which rules are loaded at boot, those that are there. */
export type BootFiles = Readonly<Partial<Record<BootFile, BootText>>>;

interface BootText {
  readonly text: string;
  /** systemd has no service switched on that is known to load it. */
  readonly isOff?: true;
}

const ufwFiles = [
  { file: 'ufw/before.rules', unit: 'ufw' },
  { file: 'ufw/before6.rules', unit: 'ufw' },
] as const;
const known = [...bootRuleFiles, ...ufwFiles];
type BootFile = (typeof known)[number]['file'];

export async function readBootFiles(system: System): Promise<BootFiles> {
  // With another way of starting its services, nobody knows which of them are switched on.
  const hasSystemd = await system.files.exists('/run/systemd/system');
  const found: Partial<Record<BootFile, BootText>> = {};
  for (const { file, unit } of known) {
    const read = await system.files.read(`/etc/${file}`);
    if (!read.ok || read.truncated) continue;
    const isOff = hasSystemd && !(await isSwitchedOn(unit, system));
    found[file] = { text: Buffer.from(read.bytes).toString('utf8'), ...(isOff && { isOff }) };
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
  const off = [...edits.keys()].filter((file) => bootFiles[file]?.isOff);
  const lost =
    'it holds until the rules are loaded anew or the computer restarts: no file that is known to be loaded then holds it';
  return {
    edits: [...edits].map(([file, lines]) => ({ kind: 'file-lines', file, edits: lines })),
    notes: [
      ...(isLost ? [lost] : []),
      ...off.map(
        (file) =>
          `no service that loads /etc/${file} is switched on: after a restart it holds only if somebody loads it`,
      ),
    ],
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
  if (match === undefined) return null;
  for (const { file, holds } of bootRuleFiles) {
    const text = holds === 'nft' ? files[file]?.text : undefined;
    const written = text === undefined ? null : chainInFile(text, table.family, table.name, chain.name);
    const line = written === null ? null : rule === undefined ? written.typeLine : lineOfRule(written, textOf(rule));
    if (text === undefined || line === null) continue;
    const below = rule === undefined ? line : line - 1;
    return { file, edit: { do: 'add-allow', below, was: lineOf(text, below), match } };
  }
  return null;
}

/** Only where the rule stands at the same place in its chain as it does now. */
function iptablesLine({ family, table, chain, position, next, match }: IptablesAllow, files: BootFiles): Found | null {
  const what = { is: 'iptables-allow', chain, match } as const;
  if (isBefore(chain)) return ufwBeforeLine(family, next, what, files);
  for (const { file, holds } of bootRuleFiles) {
    const text = holds === family ? files[file]?.text : undefined;
    const written = text === undefined ? null : chainInRestoreFile(text, table, chain);
    if (text === undefined || written === null) continue;
    const at = written.rules[position - 1];
    if ((at?.text ?? null) !== next || (next === null && written.rules.length !== position - 1)) continue;
    const below = at === undefined ? (written.rules.at(-1) ?? written.declared).number : at.number - 1;
    return { file, edit: { do: 'add', below, was: lineOf(text, below), what } };
  }
  return null;
}

/** ufw's files write a rule in other words than iptables-save prints: it is found by what it asks. */
function ufwBeforeLine(
  family: 4 | 6,
  next: string | null,
  what: Extract<LineEdit, { do: 'add' }>['what'],
  files: BootFiles,
): Found | null {
  const file = family === 4 ? 'ufw/before.rules' : 'ufw/before6.rules';
  const text = files[file]?.text;
  if (text === undefined || next === null) return null;
  const written = ufwLine(next, [{ path: file, text }], [], family === 4 ? 'ip' : 'ip6');
  const number = Number(/:(\d+)$/.exec(written?.location ?? '')?.[1]);
  if (!(number > 1)) return null;
  return { file, edit: { do: 'add', below: number - 1, was: lineOf(text, number - 1), what } };
}

function lineOf(text: string, number: number): string {
  return (text.split('\n')[number - 1] ?? '').replace(/\r$/, '');
}
