/**
 * Domain names between wire and presentation form (RFC 1035 3.1, 4.1.4, 5.1; RFC 4343 2.1).
 * In presentation form each byte outside printable ASCII is `\DDD`, a dot or backslash inside a label `\.` or `\\`:
 * nothing that a terminal obeys comes out, and two names are the same exactly when their texts are, but for ASCII case.
 */
import { type Reader, u16At, WireError } from './wire.js';

const MAX_NAME_BYTES = 255;
const MAX_LABEL_BYTES = 63;
/** A name of 255 bytes has at most 127 labels, so at most 127 pointers that add something. */
const MAX_POINTERS = 127;
const HEADER_BYTES = 12;

export type NameProblem = 'empty' | 'empty-label' | 'label-too-long' | 'name-too-long' | 'bad-character' | 'bad-escape';
export type EncodedName = { ok: true; bytes: Uint8Array } | { ok: false; problem: NameProblem };

const BYTE_TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x2e || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
  if (byte > 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `\\${String(byte).padStart(3, '0')}`;
});

/**
 * A name in presentation form as wire bytes, without compression. A trailing dot is allowed, `.` is the root.
 * Internationalised names must be in their ASCII form already.
 */
export function encodeName(text: string): EncodedName {
  if (text === '') return { ok: false, problem: 'empty' };
  // The longest name has 255 bytes of at most four characters each; what is longer need not be looked at.
  if (text.length > MAX_NAME_BYTES * 4) return { ok: false, problem: 'name-too-long' };
  if (text === '.') return { ok: true, bytes: new Uint8Array(1) };
  const out: number[] = [];
  let label: number[] = [];
  const endLabel = (): NameProblem | null => {
    if (label.length === 0) return 'empty-label';
    if (label.length > MAX_LABEL_BYTES) return 'label-too-long';
    out.push(label.length, ...label);
    label = [];
    return null;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      const problem = endLabel();
      if (problem) return { ok: false, problem };
    } else if (code === 0x5c) {
      const escape = readEscape(text, at + 1);
      if (!escape) return { ok: false, problem: 'bad-escape' };
      label.push(escape.byte);
      at += escape.length;
    } else if (code > 0x20 && code < 0x7f) {
      label.push(code);
    } else {
      return { ok: false, problem: 'bad-character' };
    }
  }
  if (label.length > 0) {
    const problem = endLabel();
    if (problem) return { ok: false, problem };
  }
  out.push(0);
  return out.length > MAX_NAME_BYTES
    ? { ok: false, problem: 'name-too-long' }
    : { ok: true, bytes: Uint8Array.from(out) };
}

function readEscape(text: string, at: number): { byte: number; length: number } | null {
  const digits = /^[0-9]{3}/.exec(text.slice(at, at + 3))?.[0];
  if (digits !== undefined) return Number(digits) > 255 ? null : { byte: Number(digits), length: 3 };
  const code = text.charCodeAt(at);
  return code > 0x20 && code < 0x7f && !(code >= 0x30 && code <= 0x39) ? { byte: code, length: 1 } : null;
}

/**
 * Reads a name and moves past it. A pointer must lead before the part that it ends, so each jump goes strictly
 * backwards and no loop is possible; the number of jumps and the length are bounded as well.
 */
export function decodeName(reader: Reader, pointers: 'allowed' | 'forbidden' = 'allowed'): string {
  const { bytes } = reader;
  let at = reader.offset;
  let end = reader.end;
  let partStart = at;
  let after = -1;
  let length = 1;
  let jumps = 0;
  let text = '';
  for (;;) {
    if (at >= end) throw new WireError('name-past-end', at);
    const size = bytes[at] ?? 0;
    if (size === 0) {
      reader.offset = after < 0 ? at + 1 : after;
      return text === '' ? '.' : text;
    }
    if (size >= 0xc0) {
      if (at + 2 > end) throw new WireError('name-past-end', at);
      if (pointers === 'forbidden') throw new WireError('pointer-not-allowed', at);
      const target = u16At(bytes, at) & 0x3fff;
      if (target >= partStart) throw new WireError('pointer-not-backwards', at);
      if (target < HEADER_BYTES) throw new WireError('pointer-into-header', at);
      if (++jumps > MAX_POINTERS) throw new WireError('too-many-pointers', at);
      if (after < 0) after = at + 2;
      at = target;
      partStart = target;
      end = bytes.length;
      continue;
    }
    if (size > MAX_LABEL_BYTES) throw new WireError('label-type-reserved', at);
    length += size + 1;
    if (length > MAX_NAME_BYTES) throw new WireError('name-too-long', at);
    if (at + 1 + size > end) throw new WireError('name-past-end', at);
    if (text !== '') text += '.';
    for (let index = at + 1; index <= at + size; index++) text += BYTE_TEXT[bytes[index] ?? 0] ?? '';
    at += size + 1;
  }
}

/** Moves past a name without following its pointer: for records that are counted and not kept. */
export function skipName(reader: Reader): void {
  const start = reader.offset;
  for (;;) {
    const size = reader.u8();
    if (size === 0) return;
    if (size >= 0xc0) {
      reader.take(1);
      return;
    }
    if (size > MAX_LABEL_BYTES) throw new WireError('label-type-reserved', reader.offset - 1);
    reader.take(size);
    if (reader.offset - start > MAX_NAME_BYTES) throw new WireError('name-too-long', start);
  }
}

/** One text for all spellings of a name that DNS holds to be the same (RFC 4343); only for decoded or valid names. */
export function canonicalName(name: string): string {
  // Most names have neither an escape nor a trailing dot: then lower case is all there is to do.
  const plain = name.includes('\\') ? respell(name) : name;
  const withoutRoot =
    plain.length > 1 && plain.endsWith('.') && !isEscaped(plain, plain.length - 1) ? plain.slice(0, -1) : plain;
  return withoutRoot.toLowerCase();
}

function respell(name: string): string {
  return name.replace(/\\([0-9]{3})|\\(.)/g, (_, digits: string | undefined, character: string | undefined) => {
    const byte = digits === undefined ? (character ?? '').charCodeAt(0) : Number(digits);
    return BYTE_TEXT[byte] ?? '';
  });
}

export function sameName(one: string, other: string): boolean {
  return one === other || canonicalName(one) === canonicalName(other);
}

/** Whether `name` is `zone` or below it. */
export function isWithin(name: string, zone: string): boolean {
  const inner = canonicalName(name);
  const outer = canonicalName(zone);
  if (outer === '.' || inner === outer) return true;
  const dot = inner.length - outer.length - 1;
  return dot > 0 && inner.endsWith(outer) && inner[dot] === '.' && !isEscaped(inner, dot);
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

/** Bytes of a character string (TXT, ALPN) as text, escaped in the same way, dots left as they are. */
export function escapeText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte === 0x2e ? '.' : byte === 0x20 ? ' ' : (BYTE_TEXT[byte] ?? '');
  return text;
}
