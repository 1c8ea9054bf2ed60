import { isObject, type Json, type JsonObject, listOf, stringOf } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import { iptablesProgram } from '../iptables/chain.js';
import type { RunResult } from '../../model/system.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { fromFile } from '../draft-file.js';
import { type Reading, legacyRules, restoreLegacy, type LegacyRules } from './legacy-rules.js';

/** A table of nf_tables as a text that its own program loads again. */
export interface TableText {
  readonly family: string;
  readonly name: string;
  /** Tables with matches of iptables' own can be loaded by iptables alone: nft only prints them. */
  readonly by: 'nft' | 'iptables';
  readonly text: string;
}

/** All rules of this network, in their order. Counters and remaining times are left out. */
export interface KernelRules {
  readonly tables: readonly TableText[];
  readonly legacy: LegacyRules;
}

const bounds = { timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024 };
const mostTables = 1000;
/** Programs that print them side by side. */
const atOnce = 4;

export async function kernelRules(hands: Reading): Promise<KernelRules> {
  const [listed, printed, legacy] = await Promise.all([
    hands.run('nft', ['-j', 'list', 'ruleset'], bounds),
    hands.run('nft', ['-s', 'list', 'ruleset'], bounds),
    legacyRules(hands),
  ]);
  const texts = tablesIn(mustHaveRun('nft', printed));
  const objects = objectsIn(mustHaveRun('nft', listed)) ?? (await objectsOfEach(texts, hands));
  const tables: TableText[] = [];
  for (let i = 0; i < texts.length; i += atOnce)
    tables.push(...(await Promise.all(texts.slice(i, i + atOnce).map((table) => whole(table, objects, hands)))));
  return { tables, legacy };
}

type Printed = Omit<TableText, 'by'>;

/**
 * Each table as nft prints it, but those whose owner alone may change them, and takes them along when it ends
 * (NFT_TABLE_F_OWNER).
 */
function tablesIn(text: string): Printed[] {
  const tables = [...text.matchAll(/^table (\S+) (\S+) \{.*\n[\s\S]*?^\}$/gm)].slice(0, mostTables);
  return tables.flatMap(([lines, family = '', name = '']) =>
    /^.*\n\tflags [\w, ]*\bowner\b/.test(lines) ? [] : [{ family, name, text: `${lines}\n` }],
  );
}

/** Null where nft breaks its JSON off: before 1.1 it may at the flags of a table (table_flags_json). */
function objectsIn(text: string): JsonObject[] | null {
  try {
    const json = JSON.parse(text) as Json;
    return (isObject(json) ? listOf(json.nftables) : []).filter(isObject);
  } catch {
    return null;
  }
}

/** One by one then: a table with such flags is none of iptables', which sets none. */
async function objectsOfEach(tables: readonly Printed[], hands: Pick<Hands, 'run'>): Promise<JsonObject[]> {
  const objects: JsonObject[] = [];
  for (const { family, name, text } of tables) {
    const listed = await hands.run('nft', ['-j', 'list', 'table', family, name], bounds);
    const own = objectsIn(mustHaveRun('nft', listed));
    if (own === null && (!hasFlags(text) || /managed by iptables-nft/.test(listed.stderr)))
      throw new Cannot(`nft does not print all of table ${family} ${name}, so its rules could not be put back`);
    objects.push(...(own ?? []));
  }
  return objects;
}

function hasFlags(text: string): boolean {
  return /^.*\n\tflags /.test(text);
}

async function whole(
  { family, name, text }: Printed,
  objects: readonly JsonObject[],
  hands: Pick<Hands, 'run'>,
): Promise<TableText> {
  const isIn = (one: Json | undefined): one is JsonObject =>
    isObject(one) && one.family === family && one.table === name;
  const isXt = objects.some(
    ({ rule }) => isIn(rule) && listOf(rule.expr).some((part) => isObject(part) && 'xt' in part),
  );
  if (!isXt) return { family, name, by: 'nft', text };
  if (family !== 'ip' && family !== 'ip6')
    throw new Cannot(`table ${family} ${name} belongs to arptables or ebtables, whose rules cannot be put back`);
  const chains = objects.flatMap(({ chain }) => (isIn(chain) ? [chain] : []));
  const at = { backend: 'nft', family: family === 'ip' ? 4 : 6 } as const;
  const saved = mustHaveRun('iptables-save', await iptablesProgram(at, '-save', ['-t', name], hands));
  return { family, name, by: 'iptables', text: restorable(name, chains, saved) };
}

/** The chains in the order in which the kernel has them: iptables-save sorts them, and lists some that are not there. */
function restorable(table: string, chains: readonly JsonObject[], saved: string): string {
  const declared = chains.map(({ name, policy }) => {
    const word = stringOf(policy);
    return `:${stringOf(name) ?? ''} ${word === undefined ? '-' : word.toUpperCase()} [0:0]`;
  });
  const rules = saved.split('\n').filter((line) => line.startsWith('-A '));
  return [`*${table}`, ...declared, ...rules, 'COMMIT', ''].join('\n');
}

export function isSameRules(one: KernelRules, other: KernelRules): boolean {
  return linesOf(one).join('\n') === linesOf(other).join('\n');
}

export function linesOf({ tables, legacy }: KernelRules): string[] {
  return [
    ...tables.flatMap(({ text }) => text.split('\n')),
    ...legacy.four.split('\n'),
    ...legacy.six.split('\n'),
  ].filter((line) => line !== '');
}

/**
 * Everything as in the copy. Tables of nft go in one transaction, what was there with them; one of iptables follows by
 * itself, so that tables come to stand in the old order.
 */
export async function restoreRules(rules: KernelRules, hands: Hands): Promise<void> {
  const now = await kernelRules(hands);
  if (linesOf({ ...now, legacy: rules.legacy }).join('\n') !== linesOf(rules).join('\n')) {
    let batch = 'flush ruleset\n';
    for (const { family, by, text } of rules.tables) {
      if (by === 'nft') {
        batch += `${text}\n`;
        continue;
      }
      if (batch !== '') await loadNft(batch, hands);
      batch = '';
      await loadIptables({ family, text }, hands);
    }
    if (batch !== '') await loadNft(batch, hands);
  }
  await restoreLegacy(rules.legacy, hands);
}

export function loadIptables({ family, text }: Pick<TableText, 'family' | 'text'>, hands: Hands): Promise<RunResult> {
  const at = { backend: 'nft', family: family === 'ip' ? 4 : 6 } as const;
  return fromFile(text, hands, (file) => iptablesProgram(at, '-restore', ['-w', '5', file], hands));
}

/** What was copied must load again, before anything is taken away. */
export async function mustLoadAgain({ tables }: KernelRules, hands: Hands): Promise<void> {
  const text = tables.flatMap((table) => (table.by === 'nft' ? [table.text] : [])).join('\n');
  const check = (file: string): ReturnType<Hands['run']> => hands.run('nft', ['-c', '-f', file], bounds);
  mustHaveRun('nft', await fromFile(`flush ruleset\n${text}\n`, hands, check));
  for (const table of tables.filter(({ by }) => by === 'iptables')) {
    const at = { backend: 'nft', family: table.family === 'ip' ? 4 : 6 } as const;
    const test = (file: string): ReturnType<Hands['run']> => iptablesProgram(at, '-restore', ['--test', file], hands);
    mustHaveRun('iptables-restore', await fromFile(table.text, hands, test));
  }
}

export async function loadNft(text: string, hands: Hands): Promise<void> {
  mustHaveRun('nft', await fromFile(text, hands, (file) => hands.run('nft', ['-f', file], bounds)));
}
