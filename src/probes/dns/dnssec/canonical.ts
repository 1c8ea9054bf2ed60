/** Records as they are signed (RFC 4034 6): names in lower case and whole, records in order. */
import { bytesOf } from '../../../model/address.js';
import type { ResourceRecord } from '../message.js';
import { canonicalName, encodeName } from '../names.js';
import type { KeyDigest, RecordData, Signature, ZoneKey } from '../record-data.js';

export function canonicalWire(name: string): Buffer | null {
  const encoded = encodeName(canonicalName(name));
  return encoded.ok ? Buffer.from(encoded.bytes) : null;
}

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function keyData({ flags, protocol, algorithm, key }: ZoneKey): Buffer {
  return Buffer.concat([u16(flags), Buffer.from([protocol, algorithm]), Buffer.from(key, 'hex')]);
}

function digestData({ keyTag, algorithm, digestType, digest }: KeyDigest): Buffer {
  return Buffer.concat([u16(keyTag), Buffer.from([algorithm, digestType]), Buffer.from(digest, 'hex')]);
}

/** Null for types whose form is not kept: they are not checked. */
function dataOf(data: RecordData): Buffer | null {
  switch (data.kind) {
    case 'A':
    case 'AAAA': {
      const bytes = bytesOf(data.address);
      return bytes && Buffer.from(bytes);
    }
    case 'CNAME':
    case 'NS':
      return canonicalWire(data.target);
    case 'DNSKEY':
      return keyData(data);
    case 'DS':
      return digestData(data);
    case 'NSEC':
    case 'NSEC3':
      return Buffer.from(data.wire, 'hex');
    default:
      return null;
  }
}

/** What a signature is made over: its own fields, then the records (RFC 4034 3.1.8.1). */
export function signedBytes(records: readonly ResourceRecord[], signature: Signature): Buffer | null {
  const [first] = records;
  const signer = canonicalWire(signature.signer);
  const owner = first && ownerWire(first.name, signature.labels);
  if (!first || !signer || !owner) return null;
  const data = records.map((one) => dataOf(one.data));
  if (!data.every((one) => one !== null)) return null;
  // Of two equal records one counts (RFC 4034 6.3).
  const sorted = data
    .toSorted((a, b) => Buffer.compare(a, b))
    .filter((one, index, all) => index === 0 || Buffer.compare(one, all[index - 1] ?? one) !== 0);
  const head = Buffer.concat([
    u16(signature.covers),
    Buffer.from([signature.algorithm, signature.labels]),
    u32(signature.originalTtl),
    u32(signature.expiration),
    u32(signature.inception),
    u16(signature.keyTag),
    signer,
  ]);
  const fixed = Buffer.concat([owner, u16(first.type), u16(first.class), u32(signature.originalTtl)]);
  return Buffer.concat([head, ...sorted.flatMap((one) => [fixed, u16(one.length), one])]);
}

/** A record made from a wildcard was signed under the wildcard's name (RFC 4035 5.3.2). */
function ownerWire(name: string, labels: number): Buffer | null {
  const own = canonicalName(name) === '.' ? [] : canonicalName(name).split('.');
  if (labels > own.length) return null;
  if (labels === own.length) return canonicalWire(name);
  return canonicalWire(['*', ...own.slice(own.length - labels)].join('.'));
}
