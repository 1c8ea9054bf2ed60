import { ruleText } from '../../firewall/parse/nft/text.js';
import { Cannot } from '../../model/cannot.js';
import type { LineEdit } from '../../model/operation.js';
import { acceptExpression } from '../nft/match-expression.js';
import { tagOf } from '../tag.js';

/** Bytes as text and back without loss, whatever they mean. */
export const textOfBytes = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const bytesOfText = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The file with the edits in it. Throws when a line is no longer what it was when the plan was made. */
export function edited(text: string, edits: readonly LineEdit[], id: string): string {
  const lines = text.split('\n');
  // From below, so that the numbers of the lines above still hold.
  for (const edit of edits.toSorted((a, b) => numberOf(b) - numberOf(a))) {
    const index = numberOf(edit) - 1;
    const line = lines[index];
    if (line === undefined || withoutReturn(line) !== asBytes(edit.was))
      throw new Cannot(`line ${index + 1} is no longer what it was: somebody changed the file meanwhile`);
    if (edit.do === 'comment-out') lines[index] = `${commentMark(id)}${line}`;
    else lines.splice(index + 1, 0, allowLine(line, edit, id));
  }
  return lines.join('\n');
}

/** Takes the change's own lines out, whatever else was changed in the file meanwhile. */
export function withoutEdits(text: string, id: string): string {
  const mark = commentMark(id);
  const own = `comment "${tagOf(id)}"`;
  return text
    .split('\n')
    .filter((line) => line.startsWith(mark) || !withoutReturn(line).trimEnd().endsWith(own))
    .map((line) => (line.startsWith(mark) ? line.slice(mark.length) : line))
    .join('\n');
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
  return edit.do === 'comment-out' ? edit.line : edit.below;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Plans hold text, the file is handled as bytes. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
