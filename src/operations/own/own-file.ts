import path from 'node:path';
import { Cannot } from '../../model/cannot.js';
import type { OwnContent, OwnFile } from '../../model/own-file-operations.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { isUntold, takeBackAndTell } from '../untold.js';
import { Arguments } from '../validate.js';
import { browserAllow } from './browser-policy.js';
import { opensnitchAllow } from './opensnitch-allow.js';
import type { OwnContentKind } from './own-content.js';
import { unitAllow, unitFiles } from './unit-drop-in.js';

const kinds: { readonly [Is in OwnContent['is']]: OwnContentKind<Extract<OwnContent, { is: Is }>> } = {
  'opensnitch-allow': opensnitchAllow,
  'browser-allow': browserAllow,
  'unit-allow': unitAllow,
  'unit-files': unitFiles,
};
const rights = { mode: 0o644, uid: 0, gid: 0 };
const mostBytes = 256 * 1024;

interface Before {
  /** Folders that were missing, the topmost first; they are taken away again where nobody else has put anything in. */
  readonly missing: readonly string[];
}

/** A file that is ours alone: it is there or it is not. */
export const operation: OperationKindOf<OwnFile, Before> = {
  kind: 'own-file',
  check(json) {
    const args = new Arguments('own-file', json);
    const kind = args.oneOf('kind', ['own-file']);
    const content = new Arguments('the content of a file', args.take('what'));
    args.end();
    const is = content.oneOf('is', Object.keys(kinds) as OwnContent['is'][]);
    const what = kindOf({ is }).check(content);
    content.end();
    return { kind, what };
  },
  commands: ({ what }, id) => [`write ${placeOf(what, id)}`, ...tellingOf(what)],
  undo: ({ what }, id) => [`rm ${placeOf(what, id)}`, ...tellingOf(what)],
  async capture({ what }, hands) {
    const file = placeOf(what, hands.id);
    if ((await hands.disk.read(file, mostBytes)) !== null) throw new Cannot(`${file} is there already`);
    return { missing: await missingAbove(file, hands) };
  },
  preview: ({ what }, _before, id) => [
    `  ${placeOf(what, id)}:`,
    ...textOf(what, id).trimEnd().split('\n').map((line) => `+ ${line}`),
  ], // prettier-ignore
  async apply({ what }, { missing }, hands) {
    const file = placeOf(what, hands.id);
    for (const folder of missing) {
      await hands.disk.makeDirectory(folder);
      await hands.disk.syncDirectory(path.dirname(folder));
    }
    // Not renamed into its place: who watches the folder may be told only of what is written (OpenSnitch, live reload).
    await hands.disk.create(file, bytesOf(what, hands.id), rights);
    await hands.disk.sync(file);
    await hands.disk.syncDirectory(path.dirname(file));
    await kindOf(what).tell?.(hands);
    await hands.clock.sleep(kindOf(what).seenWithinMs);
  },
  async look({ what }, { missing }, hands): Promise<Look> {
    const file = placeOf(what, hands.id);
    const now = await hands.disk.read(file, mostBytes);
    const { reader } = kindOf(what);
    if (now === null) {
      const empty = await emptyOf(missing, hands);
      if (empty !== undefined) return { is: 'torn', difference: [`  ${empty} is there, and empty`] };
      if (reader === undefined || !(await isUntold(hands, reader))) return { is: 'before' };
      return { is: 'torn', difference: [`  ${reader} was not told that ${file} is gone`] };
    }
    const [text, whole] = [Buffer.from(now.bytes), Buffer.from(bytesOf(what, hands.id))];
    const isRight = now.mode === rights.mode && now.uid === rights.uid && now.gid === rights.gid;
    if (text.equals(whole) && isRight) return { is: 'after' };
    const difference = [`  ${file} holds something else than was written`];
    if (whole.subarray(0, text.length).equals(text)) return { is: 'torn', difference };
    // Its name is ours alone, whoever has written into it since.
    return { is: 'other', ours: true, difference };
  },
  async revert({ what }, { missing }, hands) {
    const file = placeOf(what, hands.id);
    const takeBack = async (): Promise<void> => {
      await hands.disk.remove(file);
      for (const folder of missing.toReversed()) await hands.disk.removeEmptyDirectory(folder);
      const last = missing[0] === undefined ? path.dirname(file) : path.dirname(missing[0]);
      await hands.disk.syncDirectory(last);
    };
    const { reader, tell } = kindOf(what);
    if (reader === undefined) await takeBack();
    else await takeBackAndTell(hands, reader, takeBack, async () => tell?.(hands));
    await hands.clock.sleep(kindOf(what).seenWithinMs);
  },
};

/** The folders in which it would lie that are not there, the topmost first. */
async function missingAbove(file: string, { disk }: Pick<Hands, 'disk'>): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path.dirname(file); folder !== '/'; folder = path.dirname(folder)) {
    if ((await entriesOf(folder, disk)) !== null) break;
    missing.unshift(folder);
  }
  return missing;
}

/** One of them that was made, and that nothing is in. */
async function emptyOf(folders: readonly string[], { disk }: Pick<Hands, 'disk'>): Promise<string | undefined> {
  for (const folder of folders.toReversed()) if ((await entriesOf(folder, disk))?.length === 0) return folder;
  return undefined;
}

async function entriesOf(folder: string, disk: Hands['disk']): Promise<readonly string[] | null> {
  try {
    return await disk.list(folder);
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    return null;
  }
}

function tellingOf(what: OwnContent): readonly string[] {
  return kindOf(what).telling ?? [];
}

/** Each kind gets only its own content: `check` has seen to it. */
function kindOf({ is }: Pick<OwnContent, 'is'>): OwnContentKind<OwnContent> {
  return kinds[is];
}

function placeOf(what: OwnContent, id: string): string {
  return kindOf(what).place(what, id);
}

function textOf(what: OwnContent, id: string): string {
  return kindOf(what).text(what, id);
}

function bytesOf(what: OwnContent, id: string): Uint8Array {
  return new Uint8Array(Buffer.from(textOf(what, id), 'utf8'));
}
