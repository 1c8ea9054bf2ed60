import type { Files } from '../model/system.js';

export type Json = Readonly<Record<string, unknown>>;

export type JsonFile = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: string };

/**
 * A file in JSON, of a browser, an extension, a package system: anybody's text. `with-comments`: comments, and a comma after
 * the last entry, are taken too, as Chromium does in policies.
 */
export async function readJson(
  files: Files,
  path: string,
  maxBytes: number,
  dialect: 'strict' | 'with-comments' = 'strict',
): Promise<JsonFile> {
  const read = await files.read(path, maxBytes);
  if (!read.ok) return { ok: false, code: read.code };
  if (read.truncated) return { ok: false, code: 'too large' };
  try {
    return {
      ok: true,
      value: JSON.parse(dialect === 'strict' ? decoded(read.bytes) : plain(decoded(read.bytes))) as unknown,
    };
  } catch {
    return { ok: false, code: 'no JSON' };
  }
}

const textOr = (other: string): RegExp => new RegExp(String.raw`"(?:[^"\\]|\\.)*"|${other}`, 'gs');
const comments = textOr(String.raw`//[^\r\n]*|/\*.*?\*/`);
const lastCommas = textOr(String.raw`,(?=\s*[}\]])`);

/** Without comments and without the commas that lead to nothing; what stands in quotes stays as it is. */
function plain(json: string): string {
  return json
    .replace(comments, (found) => (found.startsWith('"') ? found : ' '))
    .replace(lastCommas, (found) => (found.startsWith('"') ? found : ''));
}

/** UTF-8, or by a mark at its beginning UTF-16 of either order, as editors of Windows write it. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const name =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  // The mark itself is left out.
  return new TextDecoder(name).decode(bytes);
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

export function texts(value: unknown, most: number): string[] {
  return list(value, most).filter((one) => typeof one === 'string');
}

export function text(value: unknown, longest = 200): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}
