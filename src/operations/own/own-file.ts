import path from 'node:path';
import { Cannot } from '../../model/cannot.js';
import type { OwnContent, OwnFile } from '../../model/own-file-operations.js';
import type { Look, OperationKindOf } from '../operation-kind.js';
import { Arguments } from '../validate.js';
import { opensnitchAllow } from './opensnitch-allow.js';
import type { OwnContentKind } from './own-content.js';

const kinds: { readonly [Is in OwnContent['is']]: OwnContentKind<Extract<OwnContent, { is: Is }>> } = {
  'opensnitch-allow': opensnitchAllow,
};
const rights = { mode: 0o644, uid: 0, gid: 0 };
const mostBytes = 256 * 1024;

/** A file that is ours alone: it is there or it is not. */
export const operation: OperationKindOf<OwnFile, null> = {
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
  commands: ({ what }, id) => [`write ${placeOf(what, id)}`],
  undo: ({ what }, id) => [`rm ${placeOf(what, id)}`],
  async capture({ what }, hands) {
    const file = placeOf(what, hands.id);
    if ((await hands.disk.read(file, mostBytes)) !== null) throw new Cannot(`${file} is there already`);
    await hands.disk.list(path.dirname(file));
    return null;
  },
  preview: ({ what }, _before, id) => [
    `  ${placeOf(what, id)}:`,
    ...textOf(what, id).trimEnd().split('\n').map((line) => `+ ${line}`),
  ], // prettier-ignore
  async apply({ what }, _before, hands) {
    const file = placeOf(what, hands.id);
    // Not renamed into its place: who watches the folder may be told only of what is written (OpenSnitch, live reload).
    await hands.disk.create(file, bytesOf(what, hands.id), rights);
    await hands.disk.sync(file);
    await hands.disk.syncDirectory(path.dirname(file));
    await hands.clock.sleep(kindOf(what).seenWithinMs);
  },
  async look({ what }, _before, hands): Promise<Look> {
    const file = placeOf(what, hands.id);
    const now = await hands.disk.read(file, mostBytes);
    if (now === null) return { is: 'before' };
    const [text, whole] = [Buffer.from(now.bytes), Buffer.from(bytesOf(what, hands.id))];
    const isRight = now.mode === rights.mode && now.uid === rights.uid && now.gid === rights.gid;
    if (text.equals(whole) && isRight) return { is: 'after' };
    const difference = [`  ${file} holds something else than was written`];
    if (whole.subarray(0, text.length).equals(text)) return { is: 'torn', difference };
    // Its name is ours alone, whoever has written into it since.
    return { is: 'other', ours: true, difference };
  },
  async revert({ what }, _before, hands) {
    const file = placeOf(what, hands.id);
    await hands.disk.remove(file);
    await hands.disk.syncDirectory(path.dirname(file));
    await hands.clock.sleep(kindOf(what).seenWithinMs);
  },
};

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
