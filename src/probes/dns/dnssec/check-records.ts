import type { ChainFlaw } from '../../../model/name-facts.js';
import type { ResourceRecord } from '../message.js';
import { sameName } from '../names.js';
import type { Signature, ZoneKey } from '../record-data.js';
import { signedBytes } from './canonical.js';
import { holds, isKnownAlgorithm, keyTagOf, signs } from './keys.js';

export interface Checked {
  readonly flaw?: ChainFlaw;
  /** Seconds since 1970, of the signature that was looked at. */
  readonly from?: number;
  readonly until?: number;
  readonly keyTag?: number;
  /** How many labels were signed: fewer than the name has where the record was made from a wildcard (RFC 4034 3.1.3). */
  readonly labels?: number;
}

const mostSignatures = 8;

/**
 * Whether one of the signatures over these records of one name and type holds, by one of the zone's keys (RFC 4035 5.3). Of
 * several flaws the one that is nearest to holding is told: a signature that is genuine and too old says more than one that
 * is not.
 */
export function checkRecords(
  records: readonly ResourceRecord[],
  signatures: readonly Signature[],
  zone: string,
  keys: readonly ZoneKey[],
  nowS: number,
): Checked {
  const [first] = records;
  if (!first) return { flaw: 'signature-missing' };
  const own = signatures.filter(({ covers, signer }) => covers === first.type && sameName(signer, zone));
  if (own.length === 0) return { flaw: 'signature-missing' };
  const results = own.slice(0, mostSignatures).map((one) => checkOne(records, one, keys, nowS));
  const rank = ({ flaw }: Checked): number => (flaw === undefined ? -1 : nearness.indexOf(flaw));
  return results.toSorted((a, b) => rank(a) - rank(b))[0] ?? { flaw: 'signature-missing' };
}

const nearness: readonly ChainFlaw[] = [
  'not-checked',
  'signature-expired',
  'signature-not-yet-valid',
  'signature-wrong',
  'key-missing',
  'signature-missing',
];

function checkOne(
  records: readonly ResourceRecord[],
  signature: Signature,
  keys: readonly ZoneKey[],
  nowS: number,
): Checked {
  const { expiration, inception, keyTag, algorithm, labels } = signature;
  const told = { from: inception, until: expiration, keyTag, labels };
  if (!isKnownAlgorithm(algorithm)) return { flaw: 'not-checked', ...told };
  const fitting = keys.filter((key) => signs(key) && key.algorithm === algorithm && keyTagOf(key) === keyTag);
  if (fitting.length === 0) return { flaw: 'key-missing', ...told };
  const signed = signedBytes(records, signature);
  if (!signed) return { flaw: 'not-checked', ...told };
  if (!fitting.some((key) => holds(key, signed, signature.signature) === true))
    return { flaw: 'signature-wrong', ...told };
  // Serial numbers of 32 bits (RFC 4034 3.1.5); good until 2106 as they are.
  if (expiration < nowS) return { flaw: 'signature-expired', ...told };
  if (inception > nowS) return { flaw: 'signature-not-yet-valid', ...told };
  return told;
}
