import { children, contentOf, type DerNode, textOf } from './der.js';

const utf8 = 0x0c;
const bmp = 0x1e;
const universal = 0x1c;
/** Printable, T61, IA5, Visible: one byte a character. */
const narrow = new Set([0x13, 0x14, 0x16, 0x1a]);

/**
 * A key that is equal for two X.501 names that OpenSSL would hold for the same: string types do not matter, nor do case
 * (ASCII only), outer and repeated blanks (x509_name_canon, crypto/x509/x_name.c). Certificates whose issuer is spelled
 * in another string type than that issuer's own subject are common with older authorities.
 */
export function nameKey(name: DerNode): string {
  return relativeNames(name).join(';');
}

/** The same for each relative name, in order: a name is below another one when these are its beginning. */
export function relativeNames(name: DerNode): string[] {
  return children(name).map((set) => children(set).map(attributeKey).toSorted().join('+'));
}

function attributeKey(attribute: DerNode): string {
  const [type, value] = children(attribute);
  if (!type || !value) return '';
  return `${textOf(contentOf(type))}=${valueKey(value)}`;
}

function valueKey(value: DerNode): string {
  const text = stringOf(value);
  if (text === null) return `#${value.tag}:${textOf(contentOf(value))}`;
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[ \t\n\v\f\r]+/g, ' ')
    .replace(/^ | $/g, '');
}

function stringOf(value: DerNode): string | null {
  const content = contentOf(value);
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (value.tag === utf8) return buffer.toString('utf8');
  if (narrow.has(value.tag)) return buffer.toString('latin1');
  if (value.tag === bmp && content.length % 2 === 0) return Buffer.from(buffer).swap16().toString('utf16le');
  if (value.tag === universal && content.length % 4 === 0) {
    return String.fromCodePoint(
      ...Array.from({ length: content.length / 4 }, (_, i) => Math.min(buffer.readUInt32BE(4 * i), 0x10ffff)),
    );
  }
  return null;
}
