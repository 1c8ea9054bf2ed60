import path from 'node:path';
import { Cannot } from '../../model/cannot.js';
import type { Rights } from '../../model/disk.js';
import type { Hands } from '../operation-kind.js';

export function temporaryName(file: string, id: string): string {
  return path.join(path.dirname(file), `.whoblocked-${id}`);
}

/**
 * Replaces a file: a new one beside it, synced, then renamed over it. Where something is mounted on the file itself (in
 * containers) it is written in place; the journal has what was there, so a cut in the middle is mended. What is loaded at
 * boot, before anybody could mend it, must not tear.
 */
export async function putInPlace(
  file: string,
  bytes: Uint8Array,
  rights: Rights,
  { id, disk }: Hands,
  mayTear = true,
): Promise<void> {
  const beside = temporaryName(file, id);
  await disk.remove(beside);
  try {
    await disk.create(beside, bytes, rights);
    await disk.sync(beside);
    if (!(await disk.move(beside, file))) {
      if (!mayTear) throw new Cannot(`${file} cannot be replaced at once (something is mounted on it)`);
      await disk.overwrite(file, bytes);
      await disk.sync(file);
    }
  } finally {
    await disk.remove(beside);
  }
  await disk.syncDirectory(path.dirname(file));
}
