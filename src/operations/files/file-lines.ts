import { Cannot } from '../../model/cannot.js';
import type { FileContent } from '../../model/disk.js';
import { editableFiles, type EditableFile, type FileLines, type LineEdit } from '../../model/operation.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments, checkMatch } from '../validate.js';
import { bytesOfText, edited, textOfBytes, withoutEdits } from './edit-lines.js';
import { putInPlace, temporaryName } from './put-in-place.js';

const places: Readonly<Record<EditableFile, string>> = {
  hosts: '/etc/hosts',
  'nftables.conf': '/etc/nftables.conf',
};

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
    const file = args.oneOf('file', editableFiles);
    const edits = args.list('edits', 64, checkEdit);
    args.end();
    return { kind: 'file-lines', file, edits };
  },
  commands: ({ file, edits }) =>
    edits.map((edit) =>
      edit.do === 'comment-out'
        ? `put "#" in front of line ${edit.line} of ${places[file]}`
        : `add the same rule below line ${edit.below} of ${places[file]}`,
    ),
  undo: ({ file }) => [`put back ${places[file]} as it was`],
  async capture({ file, edits }, hands) {
    const now = await contentOf(file, hands);
    if (now === null) throw new Cannot(`there is no ${places[file]} any more`);
    const changed = edited(textOfBytes(now.bytes), edits, hands.id);
    if (file === 'nftables.conf') await mustLoad(changed, hands);
    const { mode, uid, gid } = now;
    return { content: Buffer.from(now.bytes).toString('base64'), mode, uid, gid };
  },
  preview: ({ file, edits }, before, id) => {
    const text = textOfBytes(bytesBefore(before));
    return [`  ${places[file]}:`, ...readable(difference(text.split('\n'), edited(text, edits, id).split('\n')))];
  },
  async apply({ file, edits }, before, hands) {
    const content = bytesOfText(edited(textOfBytes(bytesBefore(before)), edits, hands.id));
    await putInPlace(places[file], content, before, hands, file !== 'nftables.conf');
  },
  async look({ file, edits }, before, hands): Promise<Look> {
    const now = await contentOf(file, hands);
    const text = now === null ? null : textOfBytes(now.bytes);
    const was = textOfBytes(bytesBefore(before));
    const left = edited(was, edits, hands.id);
    const sameRights = now !== null && now.mode === before.mode && now.uid === before.uid && now.gid === before.gid;
    if (sameRights && text === was) return { is: 'before' };
    if (sameRights && text === left) return { is: 'after' };
    const changed = text === null ? ['- the whole file'] : difference(left.split('\n'), text.split('\n'));
    const shown = readable(changed.length === 0 ? ['  its owner or its rights are others'] : changed);
    const lines = [`  ${places[file]}:`, ...shown];
    if (text !== null && isTorn(text, was, left)) return { is: 'torn', difference: lines };
    return { is: 'other', ours: text !== null && withoutEdits(text, hands.id) !== text, difference: lines };
  },
  async revert({ file, edits }, before, hands) {
    const now = await contentOf(file, hands);
    if (now === null) return;
    const text = textOfBytes(now.bytes);
    const was = textOfBytes(bytesBefore(before));
    const left = edited(was, edits, hands.id);
    if (text === was) return;
    const whole = text === left || isTorn(text, was, left);
    await putInPlace(
      places[file],
      bytesOfText(whole ? was : withoutEdits(text, hands.id)),
      whole ? before : now,
      hands,
    );
  },
  async sweep({ file }, hands) {
    await hands.disk.remove(temporaryName(places[file], hands.id));
    await hands.disk.remove(draftName(hands));
  },
};

function checkEdit(json: unknown): LineEdit {
  const args = new Arguments('an edit', json);
  const what = args.oneOf('do', ['comment-out', 'add-allow']);
  const was = args.text('was');
  const edit: LineEdit =
    what === 'comment-out'
      ? { do: what, line: args.whole('line', 1, 1_000_000), was }
      : { do: what, below: args.whole('below', 1, 1_000_000), was, match: checkMatch(args.take('match')) };
  args.end();
  return edit;
}

function contentOf(file: EditableFile, hands: Hands): Promise<FileContent | null> {
  return hands.disk.read(places[file], mostBytes);
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

/** A firewall that does not load at the next start would be worse than what was wrong: nft reads it without loading it. */
async function mustLoad(text: string, { id, disk, journal, run }: Hands): Promise<void> {
  const draft = draftName({ id, journal });
  const rights = { mode: 0o600, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  await disk.remove(draft);
  try {
    await disk.create(draft, bytesOfText(text), rights);
    mustHaveRun('nft', await run('nft', ['-c', '-f', draft], { timeoutMs: 5_000 }));
  } finally {
    await disk.remove(draft);
  }
}

function draftName({ id, journal }: Pick<Hands, 'id' | 'journal'>): string {
  return `${journal}/draft-${id}`;
}

function readable(lines: readonly string[]): string[] {
  return lines.map((line) => Buffer.from(line, 'latin1').toString('utf8'));
}
