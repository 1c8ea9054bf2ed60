import type { Files } from '../../model/system.js';

/** Kinds of programs that somebody has told the kernel to run (binfmt_misc). */
const folder = '/proc/sys/fs/binfmt_misc';
const mostKinds = 100;

/**
 * Whether another program is told to run that file, by its first bytes or by the ending of its name (the kernel's
 * admin-guide/binfmt-misc.rst). One that cannot be read counts: it may be meant for it.
 */
export async function isRunByAnother(file: string, head: Uint8Array, files: Files): Promise<boolean> {
  const names = ((await files.list(folder, mostKinds)) ?? []).filter(
    (name) => name !== 'register' && name !== 'status',
  );
  const matches = await Promise.all(
    names.map(async (name) => {
      const read = await files.read(`${folder}/${name}`, 4_096);
      return !read.ok || isMeant(Buffer.from(read.bytes).toString('latin1'), file, head);
    }),
  );
  return matches.includes(true);
}

function isMeant(kind: string, file: string, head: Uint8Array): boolean {
  if (!/^enabled$/m.test(kind)) return false;
  const extension = /^extension (\..{1,250})$/m.exec(kind)?.[1];
  if (extension !== undefined) return file.endsWith(extension);
  const hex = (field: string): Buffer =>
    Buffer.from(new RegExp(`^${field} ([0-9a-f]{2,512})$`, 'm').exec(kind)?.[1] ?? '', 'hex');
  const [magic, mask, offset] = [hex('magic'), hex('mask'), Number(/^offset (\d{1,4})$/m.exec(kind)?.[1] ?? 0)];
  return magic.length > 0 && magic.every((byte, at) => (((head[offset + at] ?? 0) ^ byte) & (mask[at] ?? 0xff)) === 0);
}
