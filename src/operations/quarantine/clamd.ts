import { Cannot } from '../../model/cannot.js';
import type { Hands } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';

/** Where distributions keep clamd's settings; the database folder stands in them. */
const settings = ['/etc/clamav/clamd.conf', '/etc/clamd.d/scan.conf', '/etc/clamd.conf'];
const usualFolder = '/var/lib/clamav';
/** With all of ClamAV's signatures reading them takes half a minute, and the old ones hold meanwhile. */
const longestMs = 45_000;
const stepMs = 100;
const blindMs = 2_000;
/** clamdscan's words where nobody listens at clamd's socket. */
const runsNot = /Could not connect to clamd on LocalSocket \S+: (?:No such file or directory|Connection refused)/;

/** The words of clamd.conf that one of these names stands before, each without its quotes. */
async function settingOf(name: 'DatabaseDirectory' | 'LogFile', { disk }: Pick<Hands, 'disk'>): Promise<string | null> {
  for (const file of settings) {
    const read = await disk.read(file, 256 * 1024);
    if (read === null) continue;
    const text = Buffer.from(read.bytes).toString('utf8');
    return new RegExp(`^\\s*${name}\\s+"?(/[^"\\n]{1,500}?)"?\\s*$`, 'm').exec(text)?.[1] ?? '';
  }
  return null;
}

/** Where clamd keeps its signatures. */
export async function signatureFolder(hands: Pick<Hands, 'disk'>): Promise<string> {
  const told = await settingOf('DatabaseDirectory', hands);
  if (told === null) throw new Cannot('the settings of clamd were not found, so nothing can be changed for it');
  return told === '' ? usualFolder : told;
}

/** The same for what is to be changed there: refused where clamd could not be told of it, or of its end, afterwards. */
export async function folderToChange(hands: Pick<Hands, 'disk' | 'run'>): Promise<string> {
  const folder = await signatureFolder(hands);
  const asked = await hands.run('clamdscan', ['--version'], { timeoutMs: 10_000 });
  if (asked.error === 'ENOENT')
    throw new Cannot('clamdscan is not installed, and clamd is told by it to read its signatures anew');
  return folder;
}

/**
 * clamd reads its lists anew; without it the change would hold only from its next start on. It says "yes" at once and goes on
 * by the old ones until it has read them: that it has stands in its log, where it keeps one.
 */
export async function reloadClamd(hands: Pick<Hands, 'disk' | 'run' | 'clock'>): Promise<void> {
  const log = await settingOf('LogFile', hands);
  const before = await reloads(log, hands);
  const asked = await hands.run('clamdscan', ['--reload'], { timeoutMs: 60_000 });
  // One that does not run has read nothing: it takes the lists as they are when it starts.
  if (asked.exit !== 0 && runsNot.test(asked.stderr)) return;
  mustHaveRun('clamdscan', asked);
  if (before === null) return hands.clock.sleep(blindMs);
  const end = hands.clock.now() + longestMs;
  while (hands.clock.now() < end) {
    if (((await reloads(log, hands)) ?? 0) !== before) return;
    await hands.clock.sleep(stepMs);
  }
}

/** How often its log says so; null where it has none, or it does not say. */
async function reloads(log: string | null, { run }: Pick<Hands, 'run'>): Promise<number | null> {
  if (log === null || log === '') return null;
  const found = await run('grep', ['-c', '-e', 'Database correctly reloaded', '--', log], { timeoutMs: 10_000 });
  const count = Number(found.stdout.trim() || 'none');
  return Number.isInteger(count) ? count : null;
}
