import type { Hands } from '../operation-kind.js';

/** In a file of the journal's own, which is swept away when this is cut off. */
export async function fromFile<T>(
  text: string,
  { id, journal, disk }: Hands,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const file = `${journal}/draft-${id}`;
  const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  await disk.remove(file);
  try {
    await disk.create(file, new Uint8Array(Buffer.from(text, 'utf8')), rights);
    return await use(file);
  } finally {
    await disk.remove(file);
  }
}
