import { suspicionOf, type Suspicion } from '../causes/evidence/block-right.js';
import { oddName } from '../causes/evidence/odd-name.js';
import { inspect } from '../inspectors/quarantine/inspect.js';
import { listQuarantine } from '../inspectors/quarantine/list.js';
import { type Said, saidBy, scan } from '../inspectors/quarantine/scan.js';
import type { Inspected, Opinion, QuarantinedFile, QuarantineList } from '../model/quarantine.js';
import type { Settings } from '../model/settings.js';
import type { System } from '../model/system.js';
import { byVirusTotal } from './quarantine-second.js';

export interface Examined {
  readonly file: Inspected;
  readonly suspicion: Suspicion | null;
  /** What speaks for and against it, one clause each. */
  readonly signs: readonly string[];
}

export interface Judged extends Examined {
  readonly opinions: readonly Opinion[];
  readonly unread: string | null;
  readonly verdict: Said;
}

export function quarantined(system: System): Promise<QuarantineList> {
  return listQuarantine(system);
}

/** By its id, or the path where it lies or was. Null when there is no such file, or several of them. */
export function chosen({ files }: QuarantineList, word: string): QuarantinedFile | null {
  const found = files.filter(
    ({ id, file, original }) =>
      id === word || file === word || original === word || (word.length >= 4 && id.startsWith(word)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

export async function examine(one: QuarantinedFile, system: System): Promise<Examined> {
  const file = await inspect(one, system);
  const suspicion = file.signature === null ? null : suspicionOf(file.signature);
  return { file, suspicion, signs: signsOf(file, suspicion, system.clock.wall()) };
}

export async function askScanners(
  one: QuarantinedFile,
  settings: Settings,
  system: System,
  signal: AbortSignal,
): Promise<Judged> {
  const examined = await examine(one, system);
  const [asked, known] = await Promise.all([
    scan(one, settings.scanners?.yaraRules ?? null, system, signal),
    byVirusTotal(examined.file, settings, system, signal),
  ]);
  const all = { ...asked, opinions: [...asked.opinions, ...(known ? [known] : [])] };
  return { ...examined, ...all, verdict: saidBy(all) };
}

const dayMs = 86_400_000;

function signsOf(file: Inspected, suspicion: Suspicion | null, now: Date): string[] {
  const { original, package: owner, modified } = file;
  const days = modified === null ? null : Math.floor((now.getTime() - Date.parse(modified)) / dayMs);
  const odd = original === null ? null : oddName(original);
  return [
    ...(suspicion ? [suspicion.says] : []),
    ...(owner?.unchanged === true ? [`byte for byte the file of the package ${owner.name}`] : []),
    ...(owner?.unchanged === false
      ? [`the package ${owner.name} brought another file in its place: somebody changed it`]
      : []),
    ...(owner?.unchanged === null ? [`it belongs to the package ${owner.name}, which keeps no checksum of it`] : []),
    ...(owner === null && original !== null ? ['it belongs to no package of this computer'] : []),
    ...(odd === null ? [] : [odd]),
    ...(original !== null && /^\/(?:tmp|var\/tmp|dev\/shm)\//.test(original)
      ? ['it lay in a folder for temporary files, into which anybody may write']
      : []),
    ...(original !== null && /\/Downloads?\//.test(original) ? ['it lay among downloads'] : []),
    ...(days === null || days < 0
      ? []
      : [`last changed ${days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`}`]),
  ];
}
