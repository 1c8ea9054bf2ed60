import { Cannot } from '../model/cannot.js';
import type { Hands } from './operation-kind.js';

/** Programs that read their settings or lists again only when they are told. */
export type Told = 'clamd' | 'squid' | 'systemd';

type Parts = Pick<Hands, 'disk' | 'id' | 'journal'>;

function noteOf({ id, journal }: Parts, who: Told): string {
  return `${journal}/untold-${who}-${id}`;
}

/**
 * Takes a change of files back and tells whoever reads them. A cut between the two would leave the program with what was
 * taken back already; a note in the journal's folder says so until it is told.
 */
export async function takeBackAndTell(
  hands: Parts,
  who: Told,
  takeBack: () => Promise<void>,
  tell: () => Promise<void>,
): Promise<void> {
  const note = noteOf(hands, who);
  const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  try {
    if ((await hands.disk.read(note, 16)) === null) {
      await hands.disk.create(note, new Uint8Array(), rights);
      await hands.disk.sync(note);
      await hands.disk.syncDirectory(hands.journal);
    }
  } catch (error) {
    // A full disk keeps nothing from being taken back.
    if (!(error instanceof Cannot)) throw error;
  }
  await takeBack();
  await tell();
  await hands.disk.remove(note);
}

/** It was taken back, and the program not told. */
export async function isUntold(hands: Parts, who: Told): Promise<boolean> {
  return (await hands.disk.read(noteOf(hands, who), 16)) !== null;
}
