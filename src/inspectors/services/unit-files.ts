import type { System } from '../../model/system.js';

/** In this order the first file of a name counts (systemd.unit(5), and what `set-property` writes). */
const directories = [
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
const mostFiles = 64;

/** Its own file and what is dropped into its folders, in the order in which they are read. */
export async function unitFiles(unit: string, files: System['files']): Promise<string[]> {
  const own = namesOf(unit);
  const main: string[] = [];
  for (const name of own.main)
    for (const directory of directories)
      if (main.length === 0 && (await files.exists(`${directory}/${name}`))) main.push(`${directory}/${name}`);
  // Of two of one name the one in the first directory, and of one directory the one in the folder that names the unit best.
  const dropIns = new Map<string, string>();
  for (const folder of own.folders)
    for (const directory of directories)
      for (const name of (await files.list(`${directory}/${folder}.d`, mostFiles)) ?? [])
        if (name.endsWith('.conf') && !dropIns.has(name)) dropIns.set(name, `${directory}/${folder}.d/${name}`);
  const sorted = [...dropIns].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
  return [...main, ...sorted.slice(0, mostFiles)];
}

/** `user@1000.service` has also those of `user@.service`; `user-1000.slice` of `user-.slice`; all of `service`. */
function namesOf(unit: string): { readonly main: readonly string[]; readonly folders: readonly string[] } {
  const dot = unit.lastIndexOf('.');
  const [stem, type] = [unit.slice(0, dot), unit.slice(dot + 1)];
  const at = stem.indexOf('@');
  const template = at < 0 ? [] : [`${stem.slice(0, at + 1)}.${type}`];
  const parts = stem.split('-');
  const beginnings = parts
    .slice(1)
    .map((_, i) => `${parts.slice(0, i + 1).join('-')}-.${type}`)
    .toReversed();
  return { main: [unit, ...template], folders: [unit, ...template, ...beginnings, type] };
}
