import { type BootRuleFile, bootRuleFiles } from '../../model/boot-rule-files.js';
import { Cannot } from '../../model/cannot.js';
import type { EditableFile } from '../../model/file-operations.js';
import type { RunResult } from '../../model/system.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import type { Told } from '../untold.js';
import { bytesOfText } from './edit-lines.js';

const bounds = { timeoutMs: 5_000 };
const squidBounds = { timeoutMs: 30_000 };
/** Squid closes its ports, reads everything again and opens them: some tenths of a second. */
const squidMs = 1_500;

/** Programs that run, and read the file again only when they are told. */
export function tellerOf(file: EditableFile): Told | null {
  return file === 'squid/squid.conf' ? 'squid' : null;
}

export async function tellReader(file: EditableFile, { run, clock }: Pick<Hands, 'run' | 'clock'>): Promise<void> {
  if (tellerOf(file) === null) return;
  mustHaveRun('squid', await run('squid', ['-k', 'reconfigure'], squidBounds));
  await clock.sleep(squidMs);
}

type Load = (draft: string, run: Hands['run']) => Promise<string>;

const tests: Readonly<Record<BootRuleFile['holds'], Load>> = {
  nft: async (draft, run) => mustHaveRun('nft', await run('nft', ['-c', '-f', draft], bounds)),
  4: async (draft, run) => mustHaveRun('iptables-restore', await run('iptables-restore', ['--test', draft], bounds)),
  6: async (draft, run) => mustHaveRun('ip6tables-restore', await run('ip6tables-restore', ['--test', draft], bounds)),
};

/** Who reads a file at boot, and reads it without loading it when asked so. */
const loaders: Readonly<Partial<Record<EditableFile, Load>>> = {
  ...Object.fromEntries(bootRuleFiles.map(({ file, holds }) => [file, tests[holds]])),
  // Among chains that ufw makes beforehand (ufw-init-functions), so beside what is loaded.
  'ufw/before.rules': async (draft, run) =>
    mustHaveRun('iptables-restore', await run('iptables-restore', ['--test', '--noflush', draft], bounds)),
  'ufw/before6.rules': async (draft, run) =>
    mustHaveRun('ip6tables-restore', await run('ip6tables-restore', ['--test', '--noflush', draft], bounds)),
  'squid/squid.conf': async (draft, run) => mustParse(await run('squid', ['-k', 'parse', '-f', draft], squidBounds)),
};

/** It prints all that it reads, and ends with 0 whatever a line of access rules names: what it calls fatal or wrong counts. */
function mustParse(result: RunResult): string {
  const wrong = /(?:FATAL|ERROR): [^\n]{1,200}/.exec(`${result.stdout}\n${result.stderr}`)?.[0];
  if (wrong !== undefined) throw new Cannot(`squid: ${wrong}`);
  return mustHaveRun('squid', result);
}

/** It is loaded at boot, before anybody could mend it: it must never be half written. */
export function mayTear(file: EditableFile): boolean {
  return loaders[file] === undefined;
}

/** A firewall that does not load at the next start would be worse than what was wrong: its program reads it first. */
export async function mustLoad(file: EditableFile, text: string, { id, disk, journal, run }: Hands): Promise<void> {
  const load = loaders[file];
  if (load === undefined) return;
  const draft = draftName({ id, journal });
  const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  await disk.remove(draft);
  try {
    await disk.create(draft, bytesOfText(text), rights);
    await load(draft, run);
  } finally {
    await disk.remove(draft);
  }
}

export function draftName({ id, journal }: Pick<Hands, 'id' | 'journal'>): string {
  return `${journal}/draft-${id}`;
}
