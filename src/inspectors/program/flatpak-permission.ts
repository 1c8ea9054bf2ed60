import type { NetworkPermission } from '../../model/program.js';
import type { System } from '../../model/system.js';
import { homeOfUser } from '../accounts/home.js';

const mostBytes = 64 * 1024;
const systemWide = '/var/lib/flatpak';

/**
 * Flatpak writes what a program of its may into its sandbox (`/.flatpak-info`, flatpak-run(1)). `shared=network` is the
 * right to use the network; it comes from the package's own metadata and from overrides (flatpak-metadata(5),
 * flatpak-override(1)), which settings of the desktop write too.
 */
export async function flatpakPermission(
  pid: number,
  uid: number | null,
  system: System,
): Promise<NetworkPermission | null> {
  const info = await textOf(`/proc/${pid}/root/.flatpak-info`, system);
  const app = /^name=([\w.-]{1,100})$/m.exec(info ?? '')?.[1];
  if (info === null || app === undefined) return null;
  const allowed = sharedIn(info)?.includes('network') ?? false;
  const installed = /^app-path=(\/[^\n]{1,500})\/files$/m.exec(info)?.[1] ?? null;
  const home = await homeOfUser(uid, system.files);
  const own = home === null ? null : `${home}/.local/share/flatpak`;
  const installation = installed?.slice(0, installed.indexOf(`/app/${app}/`)) ?? '';
  const places = [...new Set([systemWide, installation, own])].filter((place) => place?.startsWith('/'));
  // What is said last counts: for everything before for one program, of the system before of the user.
  const overrides = places.flatMap((place) => [`${place}/overrides/global`, `${place}/overrides/${app}`]);
  const wanted = allowed ? 'network' : '!network';
  for (const path of overrides.toReversed()) {
    const found = lineOf((await textOf(path, system)) ?? '', wanted);
    if (found !== null) return { by: 'flatpak', app, allowed, decided: 'setting', location: `${path}:${found}` };
  }
  const metadata = installed === null ? null : `${installed}/metadata`;
  const text = metadata === null ? null : await textOf(metadata, system);
  if (text === null) return { by: 'flatpak', app, allowed, decided: null, location: null };
  const asks = sharedIn(text)?.includes('network') ?? false;
  return { by: 'flatpak', app, allowed, decided: asks === allowed ? 'package' : 'start', location: metadata };
}

/** Words of `shared=` in the group Context (key files of GLib); null where there is none. */
function sharedIn(text: string): string[] | null {
  const at = contextLine(text);
  return at === null ? null : at.words;
}

function lineOf(text: string, word: string): number | null {
  const at = contextLine(text);
  return at?.words.includes(word) === true ? at.line : null;
}

function contextLine(text: string): { readonly line: number; readonly words: string[] } | null {
  let group = '';
  for (const [index, line] of text.split('\n', 2_000).entries()) {
    group = /^\[([^\]]{1,100})\]\s*$/.exec(line)?.[1] ?? group;
    const value = group === 'Context' ? /^shared\s*=\s*(.{0,500})$/.exec(line)?.[1] : undefined;
    if (value !== undefined) return { line: index + 1, words: value.split(';').map((word) => word.trim()) };
  }
  return null;
}

async function textOf(path: string, { files }: System): Promise<string | null> {
  const read = await files.read(path, mostBytes);
  return read.ok ? Buffer.from(read.bytes).toString('utf8') : null;
}
