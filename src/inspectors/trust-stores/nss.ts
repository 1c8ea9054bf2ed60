import { rowsOf, type SqliteRow } from './sqlite-table.js';

/** Attributes and classes as softoken spells them: `a` and the number in hexadecimal, values with the greatest byte first. */
const [attributeClass, value, issuer, serial] = ['a0', 'a11', 'a81', 'a82'];
/** CKA_TRUST_SERVER_AUTH of NSS's own (pkcs11n.h), and of PKCS #11 3.2, which newer versions write. */
const serverAuth = ['ace536358', 'a62c'];
const [certificates, trusts] = ['00000001', ['ce534353', '0000000b']];
/** CKT_NSS_TRUSTED_DELEGATOR and CKT_TRUST_ANCHOR: whatever it signs is believed. */
const anchors = ['ce534352', '00000002'];

/**
 * The certificates in a cert9.db of NSS (Firefox, Chromium) that are trusted to sign those of web sites. Those that are only
 * kept there (an email's, one that somebody once looked at, one whose trust was taken away) are none.
 */
export function trustedInNss(bytes: Uint8Array): Uint8Array[] {
  const rows = rowsOf(bytes, 'nssPublic');
  const trusted = new Set(
    rows
      .filter((row) => trusts.includes(hex(row, attributeClass)))
      .filter((row) => serverAuth.some((name) => anchors.includes(hex(row, name))))
      .map(nameOf),
  );
  return rows
    .filter((row) => hex(row, attributeClass) === certificates && trusted.has(nameOf(row)))
    .flatMap((row) => {
      const der = row.get(value);
      return der instanceof Uint8Array ? [der] : [];
    });
}

/** A certificate and what is thought of it belong together by issuer and number. */
function nameOf(row: SqliteRow): string {
  return `${hex(row, issuer)} ${hex(row, serial)}`;
}

function hex(row: SqliteRow, name: string): string {
  const bytes = row.get(name);
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : '';
}
