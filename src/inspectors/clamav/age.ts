import type { ScannerAge } from '../../model/guard-facts.js';
import type { System } from '../../model/system.js';
import { askClamd } from './clamd.js';
import type { ClamSettings } from './settings.js';

const answerMs = 150;

/** The engine by clamd's own word, with the age of its signatures. */
export async function clamAge(settings: ClamSettings, system: System, signal: AbortSignal): Promise<ScannerAge> {
  const [version, signatures] = await Promise.all([
    askClamd(settings, 'VERSION', system, signal, answerMs),
    clamSignatures(settings.databases, system),
  ]);
  return {
    product: 'ClamAV',
    engine: version.ok ? version.text.slice(0, 100) : null,
    signatures,
    location: settings.databases,
  };
}

/**
 * The signatures of a folder by the heads of their files (`ClamAV-VDB:time:version:…`, 512 bytes). Databases without such a
 * head are somebody's own.
 */
export async function clamSignatures(databases: string, system: System): Promise<ScannerAge['signatures']> {
  const all = (await system.files.list(databases, 200)) ?? [];
  const names = all.filter((name) => /\.c[lv]d$/.test(name)).slice(0, 16);
  const heads = await Promise.all(names.map((name) => system.files.read(`${databases}/${name}`, 512)));
  return names.map((name, index) => {
    const head = heads[index];
    const [, built = null, number = null] =
      /^ClamAV-VDB:([^:]{1,60}):(\d{1,9}):/.exec(head?.ok ? Buffer.from(head.bytes).toString('latin1') : '') ?? [];
    return { name, version: number === null ? null : Number(number), built: built === null ? null : dateOf(built) };
  });
}

/** `27 Nov 2025 03-20 -0500`: the hour with a dash, since colons part the fields. */
function dateOf(text: string): string | null {
  const at = new Date(text.replace(/ (\d\d)-(\d\d) /, ' $1:$2 '));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
