import type { Context } from '../model/gatherer.js';
import type { Inspected, Opinion } from '../model/quarantine.js';
import { defaultOptions, type Settings } from '../model/settings.js';
import type { System } from '../model/system.js';
import { virusTotal } from '../probes/virustotal/look-up.js';

const usualService = 'https://www.virustotal.com';
const keyVariable = 'WHOBLOCKED_VIRUSTOTAL_KEY';
const longestMs = 60_000;
const longestKey = 256;

/** VirusTotal's word, where the user has given a key: by the environment, else by a file that the settings name. */
export async function byVirusTotal(
  { sha256 }: Inspected,
  { scanners }: Settings,
  system: System,
  signal: AbortSignal,
): Promise<Opinion | null> {
  if (sha256 === null) return null;
  const key = await keyOf(scanners?.virusTotalKeyFile, system);
  if (key === null) return null;
  if (typeof key !== 'string')
    return { scanner: 'VirusTotal', says: 'no-answer', words: key.why, knows: null, speaksFor: true };
  return virusTotal(sha256, { service: scanners?.virusTotal ?? usualService, key }, contextOf(system, signal));
}

async function keyOf(file: string | undefined, system: System): Promise<string | { readonly why: string } | null> {
  const given = system.environment(keyVariable);
  if (given !== undefined && given !== '') return checked(given, keyVariable);
  if (file === undefined) return null;
  const read = await system.files.read(file, 4_096);
  return read.ok
    ? checked(Buffer.from(read.bytes).toString('latin1'), file)
    : { why: `the key cannot be read from ${file} (${read.code})` };
}

/** What cannot be a key is sent nowhere, and shown nowhere. */
function checked(text: string, where: string): string | { readonly why: string } {
  const key = text.trim();
  return /^[\x21-\x7e]{16,}$/.test(key) && key.length <= longestKey
    ? key
    : { why: `${where} holds nothing that could be a key` };
}

/** There is no diagnosis around it. */
function contextOf(system: System, signal: AbortSignal): Context {
  const began = system.clock.now();
  return {
    system,
    options: defaultOptions,
    signal,
    streams: new Map(),
    remaining: () => Math.max(0, longestMs - (system.clock.now() - began)),
    settled: () => Promise.resolve(),
    latest: () => {
      throw new Error('no facts are gathered here');
    },
  };
}
