import { logText } from '../../logs/log-text.js';
import type { Files } from '../../model/system.js';

/** Where maldet lies, and its files below it (files/internals/internals.conf of 1.6.5). */
export const maldet = '/usr/local/maldetect';
const mostBytes = 1024 * 1024;

export interface MaldetRecord {
  readonly owner: string;
  readonly group: string;
  readonly mode: number | null;
  readonly md5: string;
  /** Seconds since 1970. */
  readonly modified: number | null;
  readonly original: string;
}

/** `FILE.info`: a comment, then `owner:group:mode:size:md5:atime:mtime:ctime:path`; the path may hold anything. */
export function parseInfo(text: string): MaldetRecord | null {
  const record = text.replace(/^(?:#[^\n]*\n)*/, '').replace(/\n$/, '');
  const fields = /^([^:\n]*):([^:\n]*):(\d*):(\d*):([0-9a-f]*):(\d*):(\d*):(\d*):([\s\S]*)$/.exec(record);
  if (!fields) return null;
  const [, owner = '', group = '', mode = '', , md5 = '', , modified = '', , original = ''] = fields;
  if (!original.startsWith('/')) return null;
  return {
    owner,
    group,
    mode: /^[0-7]{3,5}$/.test(mode) ? Number.parseInt(mode, 8) & 0o7777 : null,
    md5,
    modified: modified === '' ? null : Number(modified),
    original,
  };
}

/** What was found and when, by maldet's history: `time:signature:path:…:quarantined file`, the last line of it. */
export function foundByMaldet(file: string, history: string): { signature: string | null; at: number | null } {
  const end = history.lastIndexOf(`:${file}\n`);
  if (end < 0) return { signature: null, at: null };
  const line = history.slice(history.lastIndexOf('\n', end) + 1, end);
  // Signatures are of the form {HEX}php.cmdshell.1 and hold no colon.
  const [, at = '', signature = null] = /^(\d{9,11}):([^:\n]{1,300}):/.exec(line) ?? [];
  return { signature, at: at === '' ? null : Number(at) * 1000 };
}

export async function historyOf(files: Files): Promise<string> {
  const file = await files.tail(`${maldet}/sess/quarantine.hist`, mostBytes);
  return file.ok ? logText(file.bytes) : '';
}
