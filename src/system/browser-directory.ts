import { cp, lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProfileSetting } from '../model/browser-facts.js';
import type { BrowseRequest, LeftOut } from '../model/engine-questions.js';

const prefix = 'whoblocked-browser-';
const mostBytes = 400 * 1024 * 1024;
const mostFiles = 20_000;

/**
 * What of a profile decides about pages: settings, extensions and their rules, pins to HTTPS. No cookies, no passwords, no
 * history.
 */
const ofProfile = [
  'Preferences',
  'Secure Preferences',
  'TransportSecurity',
  'Extensions',
  'Extension Rules',
  'Extension State',
  'DNR Extension Rules',
  'Local Extension Settings',
];

/** A new directory for a browser, only for this user; its name says whose it is. */
export function newDirectory(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Directories of runs that were killed: their process is gone, and they are this user's own. */
export async function sweepDirectories(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    const pid = Number(/^whoblocked-browser-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    const directory = path.join(tmpdir(), name);
    // oxlint-disable-next-line no-await-in-loop -- there is hardly ever one
    // Whoever puts a link there has not made what it leads to his own: it is none of ours.
    const found = await lstat(directory).catch(() => null);
    // oxlint-disable-next-line no-await-in-loop -- see above
    if (found?.isDirectory() === true && found.uid === process.getuid?.())
      await rm(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Copies the parts of a profile into a browser's new directory. Why not, or null. */
export async function copyProfile(
  { directory, name, without }: NonNullable<BrowseRequest['profile']>,
  into: string,
): Promise<string | null> {
  const left = { bytes: mostBytes, files: mostFiles };
  const extension = without && 'extension' in without ? without.extension : undefined;
  const filter = async (source: string): Promise<boolean> => {
    if (extension !== undefined && source.split('/').includes(extension)) return false;
    const found = await stat(source).catch(() => null);
    if (found === null || !(found.isFile() || found.isDirectory())) return false;
    left.bytes -= found.isFile() ? found.size : 0;
    left.files -= 1;
    return left.bytes >= 0 && left.files >= 0;
  };
  const copies = [
    ['Local State', 'Local State'] as const,
    ...ofProfile.map((part) => [path.join(name, part), path.join(name, part)] as const),
  ];
  // What is a link there must be none in the copy: the browser, and we, would write through it.
  for (const [from, to] of copies) {
    // oxlint-disable-next-line no-await-in-loop -- one disk
    await cp(path.join(directory, from), path.join(into, to), { recursive: true, dereference: true, filter }).catch(
      () => undefined,
    );
  }
  if (left.bytes < 0 || left.files < 0) return 'the extensions of the profile are too large to copy';
  for (const file of ['Local State', path.join(name, 'Preferences'), path.join(name, 'Secure Preferences')]) {
    // oxlint-disable-next-line no-await-in-loop -- three small files
    if (!(await takeOut(path.join(into, file), without))) return `${path.join(directory, file)} cannot be read`;
  }
  return null;
}

/** Takes what is left out from copied settings. The originals are never written. False: they are no settings. */
async function takeOut(file: string, without: LeftOut | undefined): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return true;
  let settings: Settings | null;
  try {
    settings = asSettings(JSON.parse(text));
  } catch {
    return false;
  }
  if (settings !== null && without) {
    if ('setting' in without) delete settings[keys[without.setting]];
    else delete asSettings(asSettings(settings['extensions'])?.['settings'])?.[without.extension];
  }
  await writeFile(file, JSON.stringify(settings), { mode: 0o600 });
  return true;
}

type Settings = Record<string, unknown>;

/** The first in `Preferences`, the second in `Local State`. */
const keys: Readonly<Record<ProfileSetting, string>> = { proxy: 'proxy', secureNames: 'dns_over_https' };

function asSettings(value: unknown): Settings | null {
  return typeof value === 'object' && value !== null ? (value as Settings) : null;
}
