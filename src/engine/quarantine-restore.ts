import type { Plan } from '../model/remedy.js';
import type { QuarantinedFile } from '../model/quarantine.js';
import type { Settings } from '../model/settings.js';
import type { System } from '../model/system.js';
import { puttingBack } from '../remedies/scanners/putting-back.js';
import { askScanners, type Judged } from './quarantine.js';
import { carryOut, newId, type Outcome } from './repair/carry-out.js';
import type { Tools } from './repair/tools.js';

export type Restored =
  | { readonly judged: Judged; readonly outcome: Outcome; readonly id: string }
  /** Nothing was changed. `risky`: only because nothing speaks for the file. */
  | { readonly judged: Judged; readonly whyNot: string; readonly risky: boolean };

export interface RestoreRequest {
  readonly file: QuarantinedFile;
  readonly accepted: boolean;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

const keepForMs = 60_000;
/** A scanner that watches has looked at a new file by then. */
const settleMs = 1_500;

/**
 * Puts a file back where it was, with owner, rights and time, when every scanner that is asked calls it clean, or the user
 * takes the risk. Where a scanner still finds something, an exception for this very content is made first.
 */
export async function restore(
  { file, accepted, settings, signal }: RestoreRequest,
  system: System,
  tools: Tools,
): Promise<Restored> {
  const judged = await askScanners(file, settings, system, signal);
  if (judged.verdict !== 'clean' && !accepted) return { judged, whyNot: objection(judged), risky: true };
  const operations = puttingBack(judged.file, judged.verdict);
  if (typeof operations === 'string') return { judged, whyNot: operations, risky: false };
  const id = newId(tools);
  const plan: Plan = {
    title: `puts ${judged.file.original ?? ''} back`,
    operations,
    opens: operations.length > 1 ? ['ClamAV no longer finds anything in files of exactly this content'] : [],
    wider: false,
    mayCutOff: false,
    notes: [],
  };
  const summary = `${file.product} had moved it away${file.signature === null ? '' : `: ${file.signature}`}`;
  const outcome = await carryOut(
    {
      id,
      remedy: { id: 'restore-from-quarantine', risk: 'high' },
      plan,
      ailment: {
        target: { input: judged.file.original ?? '' },
        verdict: { cause: 'antivirus-quarantined-app', summary },
      },
      keepForMs,
      until: null,
      judge: () => stillThere(judged, system),
      signal,
    },
    tools,
  );
  return { judged, outcome, id };
}

function objection({ verdict, opinions, unread, suspicion }: Judged): string {
  const found = opinions
    .filter(({ says }) => says === 'found')
    .map(({ scanner, words }) => `${scanner} finds ${words}`);
  if (verdict === 'harmful') return `${found.join('; ')}${suspicion ? ` (${suspicion.says})` : ''}`;
  const divided = opinions.find(({ says }) => says === 'divided');
  if (divided) return `${divided.scanner}: ${divided.words}`;
  const silent = opinions.filter(({ says }) => says === 'clean').map(({ scanner }) => scanner);
  if (silent.length > 0) return `that ${silent.join(' and ')} found nothing is not enough for a second opinion`;
  return unread ?? 'no scanner could be asked for a second opinion';
}

/** A scanner that was not told takes it away at once, or keeps it from being opened. */
async function stillThere({ file }: Judged, { files, clock }: System): Promise<string | null> {
  await clock.sleep(settleMs);
  const read = await files.read(file.original ?? '', 1);
  if (read.ok) return null;
  return read.code === 'EPERM' ? 'a scanner does not let it be opened' : 'it was taken away again at once';
}
