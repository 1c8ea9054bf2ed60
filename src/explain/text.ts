/**
 * A pasted text made comparable. `clean` keeps case and accents, has no control characters, no terminal escapes and
 * single spaces only; `folded` has the same length, in lower case, without accents, with one kind of quotation mark.
 */
export interface Text {
  readonly clean: string;
  readonly folded: string;
  /** Where each line of the original begins in `clean`, ascending; the first is 0. */
  readonly lines: readonly number[];
}

/** Longer texts lose their middle: an error stands at the beginning or, more often, at the end. */
export const maxLength = 1_000_000;
const keptHead = 300_000;

const escape = 0x1b;
const csi = 0x9b;
const space = 0x20;
const quote = 0x27;

const quotes = '"\u0060\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033';
const dashes = '\u2010\u2011\u2012\u2013\u2014\u2212';
/** Letters with accents that occur in the languages of the tables end at U+024F. */
const foldedRange = 0x250;
const foldTable = buildFoldTable();

function buildFoldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < table.length; code++) table[code] = code;
  for (let code = 0; code < foldedRange; code++) {
    const base = String.fromCharCode(code).normalize('NFD').charAt(0).toLowerCase();
    if (base.length === 1) table[code] = base.charCodeAt(0);
  }
  for (const mark of quotes) table[mark.charCodeAt(0)] = quote;
  for (const mark of dashes) table[mark.charCodeAt(0)] = 0x2d;
  return table;
}

/** Shown as nothing, or able to turn the order of what is shown: zero width, soft hyphen, bidirectional controls. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0xfeff ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfff9 && code <= 0xfffb)
  );
}

function isSpace(code: number): boolean {
  return (
    code <= space ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The index after a terminal escape sequence that begins at `at` (ECMA-48: CSI, OSC and other strings, two-byte ones). */
function afterEscape(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const kind = first === csi ? 0x5b : text.charCodeAt(at + 1);
  let next = first === csi ? at + 1 : at + 2;
  const limit = Math.min(text.length, next + 256);
  if (kind === 0x5b) {
    while (next < limit && text.charCodeAt(next) >= 0x20 && text.charCodeAt(next) <= 0x3f) next++;
    return Math.min(next + 1, text.length);
  }
  if (kind === 0x5d || kind === 0x50 || kind === 0x5e || kind === 0x5f) {
    while (
      next < limit &&
      text.charCodeAt(next) !== 0x07 &&
      text.charCodeAt(next) !== escape &&
      text.charCodeAt(next) !== 0x0a
    )
      next++;
    if (text.charCodeAt(next) === 0x07) return next + 1;
    return text.charCodeAt(next) === escape && text.charCodeAt(next + 1) === 0x5c ? next + 2 : next;
  }
  // Two-byte escapes end with a printable character; anything else is left to be read as text.
  return kind >= 0x30 && kind <= 0x7e ? next : at + 1;
}

const decoder = new TextDecoder('utf-16le');

export function readText(input: string, joinWith: 'space' | 'nothing' = 'space'): Text {
  const short = input.length > maxLength ? `${input.slice(0, keptHead)}\n${input.slice(keptHead - maxLength)}` : input;
  const source = short.normalize('NFC');
  const out = new Uint16Array(source.length);
  const lines = [0];
  let length = 0;
  let pendingSpace = false;
  let pendingLine = false;
  for (let at = 0; at < source.length;) {
    const code = source.charCodeAt(at);
    if (code === escape || code === csi) {
      at = afterEscape(source, at);
      continue;
    }
    at++;
    if (isInvisible(code)) continue;
    if (isSpace(code)) {
      const ends = code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
      pendingLine ||= ends;
      pendingSpace ||= !(ends && joinWith === 'nothing');
      continue;
    }
    if (length > 0 && pendingSpace) out[length++] = space;
    if (length > 0 && pendingLine) lines.push(length);
    pendingSpace = false;
    pendingLine = false;
    out[length++] = code;
  }
  const codes = out.subarray(0, length);
  const clean = decoder.decode(codes);
  for (let at = 0; at < length; at++) codes[at] = foldTable[codes[at] ?? 0] ?? 0;
  return { clean, folded: decoder.decode(codes), lines };
}

/** Folds a pattern, which has neither control characters nor double spaces, in the same way as the text. */
export function fold(pattern: string): string {
  const source = pattern.normalize('NFC');
  const codes = new Uint16Array(source.length);
  for (let at = 0; at < codes.length; at++) codes[at] = foldTable[source.charCodeAt(at)] ?? 0;
  return decoder.decode(codes);
}

/** The number of the line that holds a position. */
export function lineAt(text: Text, position: number): number {
  let low = 0;
  let high = text.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((text.lines[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Letters, digits, underscore, and everything beyond ASCII that folding has left. */
export function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code >= 0x80;
}
