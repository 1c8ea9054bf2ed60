import type { FileDetails, Files } from '../../model/system.js';
import type { FanotifyMark } from './fanotify-marks.js';

/** A file as marks know it: by its device and number, those of its folder, and its mount. */
export interface Marked {
  readonly path: string;
  readonly file: FileDetails | null;
  readonly folder: FileDetails | null;
  readonly mount: number | null;
}

const mostLinks = 8;

/** The path, and where its links lead: marks are on what is opened in the end. */
export async function pathsOf(path: string, files: Files): Promise<string[]> {
  const found = [path];
  for (let at = path; found.length <= mostLinks;) {
    const to = await files.link(at);
    if (to === null) break;
    at = to.startsWith('/') ? to : `${folderOf(at)}/${to}`;
    if (found.includes(at)) break;
    found.push(at);
  }
  return found;
}

export async function markedBy(path: string, files: Files): Promise<Marked> {
  const [file, folder, mounts] = await Promise.all([
    files.details(path),
    files.details(folderOf(path)),
    files.read('/proc/self/mountinfo', 1024 * 1024),
  ]);
  return {
    path,
    file: typeof file === 'string' ? null : file,
    folder: typeof folder === 'string' ? null : folder,
    mount: mounts.ok ? mountOf(path, Buffer.from(mounts.bytes).toString('utf8')) : null,
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The last mount of the longest path above it (proc(5): `ID PARENT MAJOR:MINOR ROOT MOUNTPOINT …`, spaces as \040). */
export function mountOf(path: string, table: string): number | null {
  let best: { readonly id: number; readonly length: number } | null = null;
  for (const line of table.split('\n', 10_000)) {
    const [id = '', , , , escaped = ''] = line.split(' ', 5);
    const at = escaped.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    if (at === '' || !/^\d+$/.test(id)) continue;
    const isAbove = at === '/' || path === at || path.startsWith(`${at}/`);
    if (isAbove && (!best || at.length >= best.length)) best = { id: Number(id), length: at.length };
  }
  return best?.id ?? null;
}

/** Whether whoever set the mark is asked when that file is opened, and by what. */
export function coveredBy(mark: FanotifyMark, { file, folder, mount }: Marked) {
  if (!mark.decides) return null;
  if (mark.on === 'mount') return mount !== null && mark.mount === mount ? ('mount' as const) : null;
  if (mark.on === 'file-system') return file && mark.device === file.device ? ('file-system' as const) : null;
  const is = (one: FileDetails | null): boolean =>
    one !== null && mark.device === one.device && mark.inode === one.inode;
  if (is(file)) return 'file' as const;
  return mark.children && is(folder) ? ('folder' as const) : null;
}
