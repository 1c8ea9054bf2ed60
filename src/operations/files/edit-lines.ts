import { ruleText } from '../../firewall/parse/nft/text.js';
import { Cannot } from '../../model/cannot.js';
import type { LineEdit } from '../../model/file-operations.js';
import { acceptExpression } from '../nft/match-expression.js';
import { tagOf } from '../tag.js';
import { addedText } from './added-line.js';
import { changedText } from './line-change.js';

/** Bytes as text and back without loss, whatever they mean. */
export const textOfBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const bytesOfText = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The file with the edits in it. Throws when a line is no longer what it was when the plan was made. */
export function edited(text: string, edits: readonly LineEdit[], id: string): string {
  const lines = text.split('\n');
  // From below, so that the numbers of the lines above still hold.
  for (const edit of edits.toSorted((a, b) => numberOf(b) - numberOf(a))) {
    const index = numberOf(edit) - 1;
    const line = index < 0 ? '' : lines[index];
    if (line === undefined || withoutReturn(line) !== asBytes(edit.was))
      throw new Cannot(`line ${index + 1} is no longer what it was: somebody changed the file meanwhile`);
    const end = line.endsWith('\r') ? '\r' : '';
    switch (edit.do) {
      case 'comment-out':
        lines[index] = `${commentMark(id)}${line}`;
        break;
      case 'add-allow':
        lines.splice(index + 1, 0, allowLine(line, edit, id));
        break;
      case 'add':
        lines.splice(index + 1, 0, ...withMark(addedText(edit.what, id), end, id));
        break;
      case 'change':
        lines.splice(
          index,
          1,
          `${commentMark(id)}${line}`,
          ...withMark(changedText(withoutReturn(line), edit.how), end, id),
        );
    }
  }
  return lines.join('\n');
}

/** Takes the change's own lines out, whatever else was changed in the file meanwhile. */
export function withoutEdits(text: string, id: string): string {
  const mark = commentMark(id);
  const kept: string[] = [];
  let isNextOurs = false;
  for (const line of text.split('\n')) {
    const bare = withoutReturn(line);
    if (isNextOurs) isNextOurs = false;
    else if (bare === nextMark(id)) isNextOurs = true;
    else if (line.startsWith(mark)) kept.push(line.slice(mark.length));
    else if (!isMarked(bare, id)) kept.push(line);
  }
  return kept.join('\n');
}

/** A line that bears the mark in itself, or the mark and the line. */
function withMark(line: string, end: string, id: string): string[] {
  return isMarked(line, id) ? [`${line}${end}`] : [`${nextMark(id)}${end}`, `${line}${end}`];
}

function isMarked(line: string, id: string): boolean {
  return line.trimEnd().endsWith(`comment "${tagOf(id)}"`) || line.includes(` --comment "${tagOf(id)}" `);
}

function nextMark(id: string): string {
  return `# ${tagOf(id)} added the next line`;
}

function commentMark(id: string): string {
  return `# ${tagOf(id)}: `;
}

function allowLine(above: string, edit: Extract<LineEdit, { do: 'add-allow' }>, id: string): string {
  const indent = /^[ \t]*/.exec(above)?.[0] ?? '';
  const end = above.endsWith('\r') ? '\r' : '';
  return `${indent}${ruleText(acceptExpression(edit.match), tagOf(id))}${end}`;
}

function numberOf(edit: LineEdit): number {
  return 'line' in edit ? edit.line : edit.below;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Plans hold text, the file is handled as bytes. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
