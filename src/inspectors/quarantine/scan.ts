import type { Opinion, QuarantinedFile } from '../../model/quarantine.js';
import type { System } from '../../model/system.js';
import { clamSignatures } from '../clamav/age.js';
import { askClamd } from '../clamav/clamd.js';
import { clamSettings, usualDatabases } from '../clamav/settings.js';
import { bytesOf } from './inspect.js';
import { byRules } from './rules.js';

const answerMs = 60_000;
const dayMs = 86_400_000;
/** New ones come every day: freshclam(1). What older ones do not find may be newer than they are. */
const freshDays = 30;

export interface Scanned {
  readonly opinions: readonly Opinion[];
  /** Why it could not be shown to anybody. */
  readonly unread: string | null;
}

/**
 * `harmful`: a scanner still finds something in it. `clean`: every scanner that answered finds nothing, and one of them is
 * a second opinion, so that the block may have been a mistake. `untold`: nobody whose word counts answered, or one is
 * divided.
 */
export type Said = 'harmful' | 'clean' | 'untold';

export function saidBy({ opinions }: Pick<Scanned, 'opinions'>): Said {
  if (opinions.some(({ says }) => says === 'found')) return 'harmful';
  if (opinions.some(({ says }) => says === 'divided')) return 'untold';
  return opinions.some(({ says, speaksFor }) => says === 'clean' && speaksFor) ? 'clean' : 'untold';
}

/**
 * Every scanner at hand is asked once more, with what it knows today. clamscan reads the signatures anew and is asked only
 * where no clamd answers: its word would be the same. `rules`: a file or folder of YARA rules of the user's own.
 */
export async function scan(
  one: QuarantinedFile,
  rules: string | null,
  system: System,
  signal: AbortSignal,
): Promise<Scanned> {
  const bytes = await bytesOf(one, system);
  if (typeof bytes === 'string') return { opinions: [], unread: bytes };
  const since = one.product === 'ClamAV' ? one.at : null;
  const clamd = await byClamd(bytes, system, signal, since);
  const clamscan =
    clamd?.says === 'clean' || clamd?.says === 'found' ? null : await byClamscan(one, since, system, signal);
  const own = rules === null ? null : await byRules(rules, bytes, one.original ?? one.file, system, signal);
  return { opinions: [clamd, clamscan, own].filter((opinion) => opinion !== null), unread: null };
}

/** `since`: when this very scanner found something in it, where it did; ISO 8601. */
export async function byClamd(
  bytes: Uint8Array,
  system: System,
  signal: AbortSignal,
  since: string | null = null,
): Promise<Opinion | null> {
  const settings = await clamSettings(system.files);
  if (!settings) return null;
  const [answer, worth] = await Promise.all([
    askClamd(settings, 'INSTREAM', system, signal, answerMs, bytes),
    worthOf(settings.databases, since, system),
  ]);
  const said = meaning(answer.ok ? answer.text : null, answer.ok ? '' : answer.why);
  return { scanner: 'ClamAV (clamd)', ...said, ...worth };
}

/** Endings of databases that say what to find (clamav's documentation, "Signatures"); the others say what to let pass. */
const finds = /\.(?:c[lvu]d|i?db|[hmnl]d[bu]|[hm]s[bu]|[gpc]db|[zr]md|cbc|imp|yara?)$/;

/** What a scanner with the signatures of this folder knows, and whether its finding nothing says anything. */
async function worthOf(
  databases: string,
  since: string | null,
  system: System,
): Promise<Pick<Opinion, 'knows' | 'speaksFor'>> {
  const names = await system.files.list(databases, 200);
  if (names && !names.some((name) => finds.test(name)))
    return { knows: 'no signatures, so that it finds nothing in anything', speaksFor: false };
  const built = (await clamSignatures(databases, system))
    .flatMap((one) => one.built ?? [])
    .toSorted()
    .at(-1);
  if (built === undefined) return { knows: 'signatures of its own only', speaksFor: true };
  if (since !== null && Date.parse(built) < Date.parse(since))
    return {
      knows: `signatures of ${built.slice(0, 10)}: the scanner that found it, and nothing newer, so no second opinion`,
      speaksFor: false,
    };
  const days = Math.floor((system.clock.wall().getTime() - Date.parse(built)) / dayMs);
  const isFresh = days <= freshDays;
  const knows = `signatures of ${built.slice(0, 10)}${isFresh ? '' : `: ${days} days old, too old to speak for a file`}`;
  return { knows, speaksFor: isFresh };
}

/** `stream: OK`, `stream: NAME FOUND`, `… ERROR`. */
export function meaning(text: string | null, why: string): Pick<Opinion, 'says' | 'words'> {
  if (text === null) return { says: 'no-answer', words: why };
  const found = /^[^\n]*: (.{1,300}) FOUND$/m.exec(text)?.[1];
  if (found !== undefined) return { says: 'found', words: found };
  return /^[^\n]*: OK$/m.test(text)
    ? { says: 'clean', words: 'nothing found' }
    : { says: 'no-answer', words: text.slice(0, 200) };
}

async function byClamscan(
  one: QuarantinedFile,
  since: string | null,
  system: System,
  signal: AbortSignal,
): Promise<Opinion | null> {
  const databases = (await clamSettings(system.files))?.databases ?? usualDatabases;
  const args = ['--no-summary', '--stdout', `--database=${databases}`, '--', one.file];
  const ran = await system.run('clamscan', args, { timeoutMs: answerMs, signal });
  if (ran.error === 'ENOENT') return null;
  // clamscan(1): 0 nothing found, 1 found, 2 an error.
  const words = meaning(ran.exit === 0 || ran.exit === 1 ? ran.stdout.trim() : null, (ran.stderr || ran.stdout).trim());
  return { scanner: 'ClamAV (clamscan)', ...words, ...(await worthOf(databases, since, system)) };
}
