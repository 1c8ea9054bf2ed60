import type { Inspected, QuarantinedFile } from '../../model/quarantine.js';
import type { System } from '../../model/system.js';

/** What is larger is not read: a scanner has to be asked by hand. */
export const mostBytes = 256 * 1024 * 1024;

/** The bytes of a quarantined file, when it is an ordinary one with one name: whatever else lies there is not opened. */
export async function bytesOf(one: QuarantinedFile, { files }: System): Promise<Uint8Array | string> {
  if (one.state !== 'there') return whyClosed[one.state];
  const file = await files.read(one.file, mostBytes);
  if (!file.ok)
    return file.code === 'EPERM'
      ? 'an on-access scanner does not let it be opened'
      : file.code === 'EACCES'
        ? 'only root may read it'
        : `it cannot be read (${file.code})`;
  return file.truncated ? 'it is larger than 256 MiB' : file.bytes;
}

const whyClosed = {
  gone: 'it is not there any more',
  link: 'it is a symbolic link, which no scanner puts there',
  shared: 'it has a second name somewhere, so that it is not kept apart',
  'no-file': 'it is no ordinary file',
  closed: 'it cannot be looked at',
} as const;

export async function inspect(one: QuarantinedFile, system: System): Promise<Inspected> {
  const bytes = await bytesOf(one, system);
  const readable = typeof bytes !== 'string';
  const { createHash } = process.getBuiltinModule('node:crypto');
  const sha256 = readable ? createHash('sha256').update(bytes).digest('hex') : null;
  const md5 = readable ? createHash('md5').update(bytes).digest('hex') : null;
  const owner = one.original === null ? null : await packageOf(one.original, md5, system);
  return { ...one, sha256, unread: readable ? null : bytes, package: owner };
}

/**
 * By dpkg, whose lists hold an MD5 of each file but the settings (dpkg-query(1), /var/lib/dpkg/info/*.md5sums). On systems
 * with one /usr the lists may still say /bin.
 */
async function packageOf(path: string, md5: string | null, system: System): Promise<Inspected['package']> {
  for (const spelling of spellings(path)) {
    const { exit, stdout } = await system.run(
      'dpkg-query',
      ['--search', '--', spelling.replace(/[\\*?[\]]/g, '\\$&')],
      {
        timeoutMs: 5_000,
      },
    );
    const name = /^([a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?)(?:, [^\n]*?)?: /.exec(stdout)?.[1];
    if (exit !== 0 || name === undefined) continue;
    const lists = [name, name.replace(/:.*$/, '')].map((one) => `/var/lib/dpkg/info/${one}.md5sums`);
    const read = await Promise.all(lists.map((list) => system.files.read(list, 16 * 1024 * 1024)));
    const text = read.flatMap((list) => (list.ok ? [Buffer.from(list.bytes).toString('utf8')] : [])).join('\n');
    const wanted = new Set(spellings(path).map((one) => one.slice(1)));
    const line = text.split('\n').find((one) => wanted.has(one.slice(34)));
    return { name, unchanged: line === undefined || md5 === null ? null : line.slice(0, 32) === md5 };
  }
  return null;
}

function spellings(path: string): string[] {
  const other = path.startsWith('/usr/') ? path.slice(4) : `/usr${path}`;
  return /^\/(?:usr\/)?(?:bin|sbin|lib)/.test(path) ? [path, other] : [path];
}
