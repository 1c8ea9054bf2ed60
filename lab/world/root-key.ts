// The key of the lab's own DNS root: always the same one, so that the settings can name it. It is made of a text, not kept.
import { createECDH, createHash } from 'node:crypto';
import { canonicalWire, keyData } from '../../src/probes/dns/dnssec/canonical.js';
import { keyTagOf } from '../../src/probes/dns/dnssec/keys.js';

const secret = createHash('sha256').update("the root of whoblocked's lab, which protects nothing").digest();
const curve = createECDH('prime256v1');
curve.setPrivateKey(secret);
/** Without the byte that says that it is not compressed (RFC 6605 4). */
const point = curve.getPublicKey().subarray(1);
const key = { flags: 257, protocol: 3, algorithm: 13, key: point.toString('hex') } as const;
const tag = keyTagOf(key);
const digest = createHash('sha256')
  .update(canonicalWire('.') ?? '')
  .update(keyData(key))
  .digest('hex');

/** The data of its DS record, as the settings take it. */
export const ROOT_ANCHOR = `${tag} 13 2 ${digest}`;

const name = `K.+013+${String(tag).padStart(5, '0')}`;
const times = ['Created', 'Publish', 'Activate'].map((what) => `${what}: 20200101000000`);

/** As dnssec-keygen writes them. */
export const rootKeyFiles: Readonly<Record<string, string>> = {
  [`${name}.key`]: `. IN DNSKEY 257 3 13 ${point.toString('base64')}\n`,
  [`${name}.private`]: [
    'Private-key-format: v1.3',
    'Algorithm: 13 (ECDSAP256SHA256)',
    `PrivateKey: ${secret.toString('base64')}`,
    ...times,
    '',
  ].join('\n'),
};
