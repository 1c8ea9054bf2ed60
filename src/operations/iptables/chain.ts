import { Cannot } from '../../model/cannot.js';
import type { IptablesChain, PacketMatch } from '../../model/operation.js';
import type { RunResult } from '../../model/system.js';
import { fromFile } from '../draft-file.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

const bounds = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };
/** Seconds for which iptables waits when another program holds its lock. */
const lockSeconds = '5';

const programs = {
  legacy: { 4: ['iptables-legacy'], 6: ['ip6tables-legacy'] },
  // Distributions that know one backend only have no program of the longer name.
  nft: { 4: ['iptables-nft', 'iptables'], 6: ['ip6tables-nft', 'ip6tables'] },
} as const;

/** The chain's rules as iptables-save prints them, without counters; null when there is no such chain. */
export async function savedChain(at: IptablesChain, hands: Pick<Hands, 'run'>): Promise<string[] | null> {
  const saved = mustHaveRun('iptables-save', await iptablesProgram(at, '-save', ['-t', at.table], hands));
  const lines = saved.split('\n');
  if (!lines.some((line) => line.startsWith(`:${at.chain} `))) return null;
  return lines.filter((line) => line.startsWith(`-A ${at.chain} `)).map((line) => line.trimEnd());
}

/** One command of iptables: the kernel takes it whole or not at all. */
export async function iptables(at: IptablesChain, words: readonly string[], hands: Pick<Hands, 'run'>): Promise<void> {
  const args = ['-w', lockSeconds, '-t', at.table, ...words];
  mustHaveRun('iptables', await iptablesProgram(at, '', args, hands));
}

/** All rules of a chain for others, in one transaction; the chain stays where others jump to it. */
export async function replaceChain(at: IptablesChain, lines: readonly string[], hands: Hands): Promise<void> {
  await iptablesLines(at, [`:${at.chain} - [0:0]`, ...lines], hands);
}

/** Lines of orders for one table, all in one transaction; what they do not name stays. */
export async function iptablesLines(
  at: Pick<IptablesChain, 'backend' | 'family' | 'table'>,
  lines: readonly string[],
  hands: Hands,
): Promise<void> {
  const text = [`*${at.table}`, ...lines, 'COMMIT', ''].join('\n');
  const restore = (file: string): Promise<RunResult> =>
    iptablesProgram(at, '-restore', ['-w', lockSeconds, '--noflush', file], hands);
  mustHaveRun('iptables-restore', await fromFile(text, hands, restore));
}

export async function iptablesProgram(
  { backend, family }: Pick<IptablesChain, 'backend' | 'family'>,
  ending: '' | '-save' | '-restore',
  args: readonly string[],
  { run }: Pick<Hands, 'run'>,
): Promise<RunResult> {
  const [first, second] = programs[backend][family];
  const own = await run(`${first}${ending}`, args, bounds);
  return own.error === 'ENOENT' && second !== undefined ? run(`${second}${ending}`, args, bounds) : own;
}

/** The words of a rule that accepts, as iptables takes them. */
export function acceptWords(match: PacketMatch, tag: string | null): string[] {
  const { source, destination, protocol, sport, dport, established, uid, mark, until } = match;
  return [
    ...(source === undefined ? [] : ['-s', source]),
    ...(destination === undefined ? [] : ['-d', destination]),
    '-p',
    protocol,
    ...(sport === undefined ? [] : ['--sport', String(sport)]),
    ...(dport === undefined ? [] : ['--dport', String(dport)]),
    ...(established ? ['-m', 'conntrack', '--ctstate', 'ESTABLISHED'] : []),
    ...(uid === undefined ? [] : ['-m', 'owner', '--uid-owner', String(uid)]),
    ...(mark === undefined ? [] : ['-m', 'mark', '--mark', `0x${mark.toString(16)}`]),
    // Coordinated Universal Time, unless told otherwise (iptables-extensions(8)).
    ...(until === undefined ? [] : ['-m', 'time', '--datestop', new Date(until * 1000).toISOString().slice(0, 19)]),
    ...(tag === null ? [] : ['-m', 'comment', '--comment', tag]),
    '-j',
    'ACCEPT',
  ];
}

export function isTagged(line: string, tag: string): boolean {
  return line.includes(` --comment "${tag}" `);
}

export function mustBeThere(lines: string[] | null, { chain, table }: IptablesChain): string[] {
  if (lines === null) throw new Cannot(`there is no chain ${chain} in table ${table} any more`);
  return lines;
}
