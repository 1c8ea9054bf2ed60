import type { Rights } from '../../model/disk.js';
import type { ResetTarget } from '../../model/operation.js';
import type { ManagerOff } from '../../model/service-operations.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import type { Hands } from '../operation-kind.js';

export interface SettingsFile extends Rights {
  readonly path: string;
  /** Base64. */
  readonly content: string;
}

/** Whose settings: of a manager, or of what a reset goes back to. */
type Whose = ResetTarget | ManagerOff['manager'];

/** Where each manager keeps what a reset changes. ufw leaves copies with a date behind, firewalld some that end in .old. */
const places: Readonly<Record<Whose, readonly { readonly directory: string; readonly names: RegExp }[]>> = {
  ufw: [
    { directory: '/etc/ufw', names: /^[\w.-]+\.(?:rules|conf|init)(?:\.\d{8}_\d{6})?$/ },
    { directory: '/etc/default', names: /^ufw$/ },
  ],
  firewalld: ['', '/zones', '/policies', '/services', '/ipsets', '/icmptypes', '/helpers'].map((below) => ({
    directory: `/etc/firewalld${below}`,
    names: /^[\w.-]+\.(?:xml|conf)(?:\.old)?$/,
  })),
  nftables: ['/etc', '/etc/sysconfig'].map((directory) => ({ directory, names: /^nftables\.conf$/ })),
  'netfilter-persistent': [{ directory: '/etc/iptables', names: /^rules\.v[46]$/ }],
  'boot-files': [],
  nothing: [],
};
const mostBytes = 8 * 1024 * 1024;
const mostFiles = 2000;

export async function settingsFiles(targets: readonly Whose[], hands: Hands): Promise<SettingsFile[]> {
  const files: SettingsFile[] = [];
  for (const path of (await pathsOf(targets, hands)).slice(0, mostFiles)) {
    const file = await hands.disk.read(path, mostBytes);
    if (file === null) continue;
    const { bytes, mode, uid, gid } = file;
    files.push({ path, content: Buffer.from(bytes).toString('base64'), mode, uid, gid });
  }
  return files;
}

async function pathsOf(targets: readonly Whose[], { disk }: Hands): Promise<string[]> {
  const paths: string[] = [];
  for (const { directory, names } of targets.flatMap((target) => places[target])) {
    // A folder that is not there holds nothing.
    const found = await disk.list(directory).catch((): readonly string[] => []);
    paths.push(...found.filter((name) => names.test(name)).map((name) => `${directory}/${name}`));
  }
  return paths.sort();
}

/** Byte for byte, and what came in between is taken away. */
export async function restoreFiles(
  wanted: readonly SettingsFile[],
  targets: readonly Whose[],
  hands: Hands,
): Promise<boolean> {
  const now = await settingsFiles(targets, hands);
  let isChanged = false;
  for (const file of wanted) {
    const there = now.find(({ path }) => path === file.path);
    if (there !== undefined && isSameFile(there, file)) continue;
    await putInPlace(file.path, new Uint8Array(Buffer.from(file.content, 'base64')), file, hands);
    isChanged = true;
  }
  for (const { path } of now) {
    if (wanted.some((file) => file.path === path)) continue;
    await hands.disk.remove(path);
    isChanged = true;
  }
  return isChanged;
}

export async function sweepFiles(targets: readonly Whose[], hands: Hands): Promise<void> {
  for (const { directory } of targets.flatMap((target) => places[target]))
    await hands.disk.remove(temporaryName(`${directory}/any`, hands.id));
}

function isSameFile(one: SettingsFile, other: SettingsFile): boolean {
  return one.content === other.content && one.mode === other.mode && one.uid === other.uid && one.gid === other.gid;
}

/** Files that are not alike, by name. */
export function filesDiffering(before: readonly SettingsFile[], now: readonly SettingsFile[]): string[] {
  const lines: string[] = [];
  for (const file of before) {
    const there = now.find(({ path }) => path === file.path);
    if (there === undefined) lines.push(`- ${file.path}`);
    else if (!isSameFile(file, there)) lines.push(`  ${file.path} is another`);
  }
  for (const { path } of now) if (!before.some((file) => file.path === path)) lines.push(`+ ${path}`);
  return lines;
}
