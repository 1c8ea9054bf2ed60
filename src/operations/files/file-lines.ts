import { Cannot } from '../../model/cannot.js';
import type { FileContent } from '../../model/disk.js';
import {
  editableFile,
  type EditableFile,
  type FileLines,
  type LineEdit,
  ownFile,
} from '../../model/file-operations.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { Arguments, checkMatch } from '../validate.js';
import { addedText, checkAdded } from './added-line.js';
import { bytesOfText, edited, textOfBytes, withoutEdits } from './edit-lines.js';
import { changedText, checkChange } from './line-change.js';
import { putInPlace, temporaryName } from './put-in-place.js';
import { draftName, mayTear, mustLoad, tellReader, tellerOf } from './readers.js';
import { isUntold, takeBackAndTell } from '../untold.js';

const mostBytes = 1024 * 1024;

interface Before {
  /** The whole file, base64: undo restores it byte for byte. */
  readonly content: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Lines of one of the files that are listed above. */
export const operation: OperationKindOf<FileLines, Before> = {
  kind: 'file-lines',
  check(json) {
    const args = new Arguments('file-lines', json);
    args.oneOf('kind', ['file-lines']);
    const name = args.text('file', 200);
    const file = name.startsWith('~/') ? ownFile(name.slice(2)) : editableFile(`/etc/${name}`);
    if (file === null) throw args.wrong('file is none that may be edited');
    const edits = args.list('edits', 64, checkEdit);
    args.end();
    return { kind: 'file-lines', file, edits };
  },
  commands: ({ file, edits }) => edits.map((edit) => wordsOf(edit, pathOf(file))),
  undo: ({ file }) => [`put back ${pathOf(file)} as it was`],
  async capture({ file, edits }, hands) {
    const now = await contentOf(file, hands);
    if (now === null) throw new Cannot(`there is no ${pathOf(file)} any more`);
    const changed = edited(textOfBytes(now.bytes), edits, hands.id);
    await mustLoad(file, changed, hands);
    const { mode, uid, gid } = now;
    return { content: Buffer.from(now.bytes).toString('base64'), mode, uid, gid };
  },
  preview: ({ file, edits }, before, id) => {
    const text = textOfBytes(bytesBefore(before));
    return [
      `  ${pathOf(file)}:`,
      ...readable(difference(text.split('\n'), edited(text, edits, id).split('\n'))).map(withoutLogin),
    ];
  },
  async apply({ file, edits }, before, hands) {
    const content = bytesOfText(edited(textOfBytes(bytesBefore(before)), edits, hands.id));
    await putInPlace(pathOf(file), content, before, hands, mayTear(file));
    await tellReader(file, hands);
  },
  async look({ file, edits }, before, hands): Promise<Look> {
    const now = await contentOf(file, hands);
    const text = now === null ? null : textOfBytes(now.bytes);
    const was = textOfBytes(bytesBefore(before));
    const left = edited(was, edits, hands.id);
    const sameRights = now !== null && now.mode === before.mode && now.uid === before.uid && now.gid === before.gid;
    if (sameRights && text === was) {
      const teller = tellerOf(file);
      if (teller === null || !(await isUntold(hands, teller))) return { is: 'before' };
      return { is: 'torn', difference: [`  ${teller} was not told that ${pathOf(file)} is as before`] };
    }
    if (sameRights && text === left) return { is: 'after' };
    const changed = text === null ? ['- the whole file'] : difference(left.split('\n'), text.split('\n'));
    const shown = readable(changed.length === 0 ? ['  its owner or its rights are others'] : changed);
    const lines = [`  ${pathOf(file)}:`, ...shown];
    if (text !== null && isTorn(text, was, left)) return { is: 'torn', difference: lines };
    return { is: 'other', ours: text !== null && withoutEdits(text, hands.id) !== text, difference: lines };
  },
  async revert({ file, edits }, before, hands) {
    const now = await contentOf(file, hands);
    if (now === null) return;
    const text = textOfBytes(now.bytes);
    const was = textOfBytes(bytesBefore(before));
    const left = edited(was, edits, hands.id);
    const teller = tellerOf(file);
    if (text === was && (teller === null || !(await isUntold(hands, teller)))) return;
    const whole = text === was || text === left || isTorn(text, was, left);
    const content = bytesOfText(whole ? was : withoutEdits(text, hands.id));
    const takeBack = (): Promise<void> => putInPlace(pathOf(file), content, whole ? before : now, hands);
    if (teller === null) await takeBack();
    else await takeBackAndTell(hands, teller, takeBack, () => tellReader(file, hands));
  },
  async sweep({ file }, hands) {
    await hands.disk.remove(temporaryName(pathOf(file), hands.id));
    await hands.disk.remove(draftName(hands));
  },
};

/** What is shown holds no password of a proxy. */
function withoutLogin(line: string): string {
  return line.replace(/(:\/\/)[^\s"'@/]+@/g, '$1…@');
}

/** A user's own files are below the home of the one who runs this; root edits nobody's. */
function pathOf(file: EditableFile): string {
  if (!file.startsWith('~/')) return `/etc/${file}`;
  const home = process.env['HOME'] ?? '';
  if (process.geteuid?.() === 0) throw new Cannot(`${file} is a user's own: it is changed by that user, not by root`);
  if (!home.startsWith('/')) throw new Cannot('it is not known where your home directory is');
  return `${home.replace(/\/+$/, '')}${file.slice(1)}`;
}

function wordsOf(edit: LineEdit, path: string): string {
  switch (edit.do) {
    case 'comment-out':
      return `put "#" in front of line ${edit.line} of ${path}`;
    case 'add-allow':
      return `add the same rule below line ${edit.below} of ${path}`;
    case 'add':
      return edit.what.is === 'iptables-allow'
        ? `add the same rule below line ${edit.below} of ${path}`
        : `add "${addedText(edit.what, '')}" below line ${edit.below} of ${path}`;
    case 'change':
      return `write line ${edit.line} of ${path} as "${withoutLogin(changedText(edit.was, edit.how).trim())}"`;
  }
}

function checkEdit(json: unknown): LineEdit {
  const args = new Arguments('an edit', json);
  const what = args.oneOf('do', ['comment-out', 'add-allow', 'add', 'change']);
  const was = args.text('was');
  const line = (name: string, low: number): number => args.whole(name, low, 1_000_000);
  const edit: LineEdit =
    what === 'comment-out'
      ? { do: what, line: line('line', 1), was }
      : what === 'add-allow'
        ? { do: what, below: line('below', 1), was, match: checkMatch(args.take('match')) }
        : what === 'add'
          ? { do: what, below: line('below', 0), was, what: checkAdded(args.take('what')) }
          : { do: what, line: line('line', 1), was, how: checkChange(args.take('how')) };
  args.end();
  return edit;
}

function contentOf(file: EditableFile, hands: Hands): Promise<FileContent | null> {
  return hands.disk.read(pathOf(file), mostBytes);
}

function bytesBefore({ content }: Before): Uint8Array {
  return new Uint8Array(Buffer.from(content, 'base64'));
}

/** A file that could only be written in place was cut off on the way: the new beginning, then the old rest or nothing. */
function isTorn(now: string, from: string, to: string): boolean {
  const isBetween = (a: string, b: string): boolean => {
    let same = 0;
    while (same < now.length && now[same] === b[same]) same++;
    return now.slice(same) === a.slice(same, Math.max(same, a.length)) || now.length === same;
  };
  return now !== from && now !== to && (isBetween(from, to) || isBetween(to, from));
}

function readable(lines: readonly string[]): string[] {
  return lines.map((line) => Buffer.from(line, 'latin1').toString('utf8'));
}
