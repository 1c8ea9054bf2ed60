import type { QuarantinedFile, QuarantineFolder, QuarantineList } from '../../model/quarantine.js';
import type { Files, System } from '../../model/system.js';
import { foundIn, moveOf } from '../../logs/clamav-log.js';
import { logText } from '../../logs/log-text.js';
import { clamSettings } from '../clamav/settings.js';
import { quarantineFolders } from './folders.js';
import { foundByMaldet, historyOf, parseInfo } from './maldet.js';

const mostFiles = 2_000;
const logBytes = 4 * 1024 * 1024;

/** Everything that lies in a quarantine of this device, without opening any of it. */
export async function listQuarantine(system: System): Promise<QuarantineList> {
  const { files } = system;
  const folders = await quarantineFolders(files);
  const found: QuarantinedFile[] = [];
  let truncated = false;
  const [logs, history] = [await clamLogs(folders, files), await historyOf(files)];
  for (const one of folders) {
    const names = (await files.list(one.folder, mostFiles + 1)) ?? [];
    truncated ||= names.length > mostFiles;
    const kept = names.slice(0, mostFiles).filter((name) => !isOwnFile(name, one));
    const read = one.product === 'maldet' ? maldetFile : clamFile;
    for (const name of kept)
      found.push(await read(`${one.folder}/${name}`, files, one.product === 'maldet' ? history : logs));
  }
  // What the logs have moved there and is there no more.
  for (const one of folders.filter(({ product }) => product === 'ClamAV')) found.push(...vanished(one, logs, found));
  return { folders, files: found, truncated };
}

/** Short, so that it can be typed; the same file keeps it. */
export function idOf(file: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(file).digest('hex').slice(0, 10);
}

/** Locks of clamonacc, and what maldet wrote down beside a file. */
function isOwnFile(name: string, { product }: QuarantineFolder): boolean {
  return name.startsWith('.clamav-quarantine-lock') || (product === 'maldet' && name.endsWith('.info'));
}

async function clamLogs(folders: readonly QuarantineFolder[], files: Files): Promise<string> {
  const settings = await clamSettings(files);
  const usual = ['/var/log/clamav/clamav.log', '/var/log/clamav/clamonacc.log', '/var/log/clamonacc.log'];
  // clamd's own comes last: its lines have times.
  const names = [...folders.map(({ log }) => log), ...usual, settings?.log];
  const all = [...new Set(names.filter((name) => typeof name === 'string'))];
  const texts = await Promise.all(all.map((name) => files.tail(name, logBytes)));
  return texts.map((text) => (text.ok ? logText(text.bytes) : '')).join('\n');
}

async function looked(file: string, files: Files) {
  const details = await files.details(file);
  if (typeof details === 'string')
    return { state: details === 'ENOENT' ? ('gone' as const) : ('closed' as const), details: null };
  const state =
    details.kind === 'link'
      ? ('link' as const)
      : details.kind !== 'file'
        ? ('no-file' as const)
        : details.names > 1
          ? ('shared' as const)
          : ('there' as const);
  return { state, details };
}

async function clamFile(file: string, files: Files, logs: string): Promise<QuarantinedFile> {
  const { state, details } = await looked(file, files);
  const move = moveOf(file, logs);
  const found = move ? foundIn(move.original, logs) : null;
  // rename(2) leaves owner, rights and time as they were.
  const own = details && (state === 'there' || state === 'shared') ? details : null;
  return {
    id: idOf(file),
    product: 'ClamAV',
    tried: true,
    file,
    state,
    original: move?.original ?? null,
    signature: found?.signature ?? move?.signature ?? null,
    at: iso(found?.at ?? move?.at ?? null),
    size: own?.size ?? null,
    owner: own && { uid: own.uid, gid: own.gid, mode: own.mode },
    modified: own && iso(own.modified),
    record: move ? 'the log of ClamAV' : null,
  };
}

async function maldetFile(file: string, files: Files, history: string): Promise<QuarantinedFile> {
  const { state, details } = await looked(file, files);
  const info = await files.read(`${file}.info`, 64 * 1024);
  const record = info.ok ? parseInfo(Buffer.from(info.bytes).toString('utf8')) : null;
  const { signature, at } = foundByMaldet(file, history);
  const ids = record ? await idsOf(record.owner, record.group, files) : null;
  return {
    id: idOf(file),
    product: 'maldet',
    tried: false,
    file,
    state,
    original: record?.original ?? null,
    signature,
    at: iso(at),
    size: details && state === 'there' ? details.size : null,
    owner: ids && record?.mode !== null && record ? { ...ids, mode: record.mode } : null,
    modified: record?.modified ? iso(record.modified * 1000) : null,
    record: record ? `${file}.info` : null,
  };
}

/** Numbers of accounts as the local files have them; null where one is unknown. */
async function idsOf(user: string, group: string, files: Files): Promise<{ uid: number; gid: number } | null> {
  const number = async (path: string, name: string): Promise<number | null> => {
    if (/^\d{1,10}$/.test(name)) return Number(name);
    const file = await files.read(path);
    const lines = file.ok ? Buffer.from(file.bytes).toString('latin1').split('\n', 10_000) : [];
    const id = lines.find((line) => line.startsWith(`${name}:`))?.split(':')[2];
    return id !== undefined && /^\d{1,10}$/.test(id) ? Number(id) : null;
  };
  const [uid, gid] = [await number('/etc/passwd', user), await number('/etc/group', group)];
  return uid === null || gid === null ? null : { uid, gid };
}

function vanished({ folder }: QuarantineFolder, logs: string, there: readonly QuarantinedFile[]): QuarantinedFile[] {
  const told = [...logs.matchAll(/: moved to '([^]{1,4000}?)'\n/g)].slice(-mostFiles).map(([, file = '']) => file);
  const missing = [...new Set(told)].filter(
    (file) => file.startsWith(`${folder}/`) && !there.some((one) => one.file === file),
  );
  return missing.map((file) => {
    const move = moveOf(file, logs);
    return {
      id: idOf(file),
      product: 'ClamAV',
      tried: true,
      file,
      state: 'gone',
      original: move?.original ?? null,
      signature: move?.signature ?? null,
      at: iso(move?.at ?? null),
      size: null,
      owner: null,
      modified: null,
      record: 'the log of ClamAV',
    };
  });
}

function iso(at: number | null): string | null {
  return at === null || !Number.isFinite(at) ? null : new Date(at).toISOString();
}
