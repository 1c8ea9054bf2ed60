import type { Hands } from './operation-kind.js';

/** In a file of the journal's own, which is swept away when this is cut off. */
export async function fromFile<T>(
  text: string,
  hands: Pick<Hands, 'id' | 'journal' | 'disk'>,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const { disk } = hands;
  const file = draftOf(hands);
  const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  await disk.remove(file);
  try {
    await disk.create(file, new Uint8Array(Buffer.from(text, 'utf8')), rights);
    return await use(file);
  } finally {
    await disk.remove(file);
  }
}

export function draftOf({ id, journal }: Pick<Hands, 'id' | 'journal'>): string {
  return `${journal}/draft-${id}`;
}
