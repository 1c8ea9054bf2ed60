/** The data of one resource record (RFC 1035 3.3, 3596, 9460), typed where a diagnosis reads it. */
import { ipv4Text, ipv6Text } from './address-text.js';
import { decodeName, escapeText } from './names.js';
import { TYPE } from './registry.js';
import { decodeServiceBinding, type ServiceBinding } from './svcb.js';
import { Reader, WireError, type WireProblem } from './wire.js';

export type RecordData =
  | { kind: 'A' | 'AAAA'; address: string }
  | { kind: 'CNAME' | 'NS' | 'PTR'; target: string }
  | {
      kind: 'SOA';
      mname: string;
      rname: string;
      serial: number;
      refresh: number;
      retry: number;
      expire: number;
      minimum: number;
    }
  | { kind: 'MX'; preference: number; exchange: string }
  /** `bytes` is the true length when `strings` had to be cut. */
  | { kind: 'TXT'; strings: string[]; bytes: number; cut: boolean }
  | ({ kind: 'SVCB' | 'HTTPS' } & ServiceBinding)
  | ({ kind: 'RRSIG' } & Signature)
  | ({ kind: 'DNSKEY' } & ZoneKey)
  | ({ kind: 'DS' } & KeyDigest)
  | ({ kind: 'NSEC' } & NextName)
  | ({ kind: 'NSEC3' } & NextHash)
  | { kind: 'unknown'; bytes: number }
  | { kind: 'malformed'; bytes: number; problem: WireProblem };

/** Text of a TXT record that is kept; an SPF or DKIM record is shorter. */
const MAX_TEXT_BYTES = 1024;

/** A signature over records (RFC 4034 3.1). Times are seconds since 1970. */
export interface Signature {
  covers: number;
  algorithm: number;
  labels: number;
  originalTtl: number;
  expiration: number;
  inception: number;
  keyTag: number;
  signer: string;
  /** In hexadecimal, as all bytes here: what is decoded is JSON. */
  signature: string;
}

/** A zone's public key (RFC 4034 2.1). */
export interface ZoneKey {
  flags: number;
  protocol: number;
  algorithm: number;
  key: string;
}

/** What a parent zone says of a key of its child (RFC 4034 5.1). */
export interface KeyDigest {
  keyTag: number;
  algorithm: number;
  digestType: number;
  digest: string;
}

/** Between its owner and the next name there is none; and what types the owner has (RFC 4034 4.1). */
export interface NextName {
  next: string;
  /** The windows and bits of types as they came. */
  types: string;
  /** The whole data as it came: it is signed so (RFC 6840 5.1 leaves the case of the next name as it is). */
  wire: string;
}

/** The same of names that are told by their hash alone (RFC 5155 3). */
export interface NextHash {
  hashAlgorithm: number;
  flags: number;
  iterations: number;
  salt: string;
  nextHash: string;
  types: string;
  wire: string;
}

/** Reads all of `reader`. Data that is not as its type asks spoils this record only, and says so. */
export function decodeRecordData(type: number, reader: Reader): RecordData {
  const bytes = reader.left;
  try {
    const data = readData(type, reader, bytes);
    if (reader.left !== 0) throw new WireError('data-length', reader.offset);
    return data;
  } catch (error) {
    if (error instanceof WireError) return { kind: 'malformed', bytes, problem: error.problem };
    throw error;
  }
}

function readData(type: number, reader: Reader, bytes: number): RecordData {
  switch (type) {
    case TYPE.A:
      return { kind: 'A', address: ipv4Text(reader.bytes, reader.take(4)) };
    case TYPE.AAAA:
      return { kind: 'AAAA', address: ipv6Text(reader.bytes, reader.take(16)) };
    case TYPE.CNAME:
      return { kind: 'CNAME', target: decodeName(reader) };
    case TYPE.NS:
      return { kind: 'NS', target: decodeName(reader) };
    case TYPE.PTR:
      return { kind: 'PTR', target: decodeName(reader) };
    case TYPE.MX:
      return { kind: 'MX', preference: reader.u16(), exchange: decodeName(reader) };
    case TYPE.SOA:
      return readSoa(reader);
    case TYPE.TXT:
      return readText(reader, bytes);
    case TYPE.RRSIG:
      return readSignature(reader);
    case TYPE.DNSKEY:
      return {
        kind: 'DNSKEY',
        flags: reader.u16(),
        protocol: reader.u8(),
        algorithm: reader.u8(),
        key: hexOf(reader.slice(reader.left)),
      };
    case TYPE.DS:
      return {
        kind: 'DS',
        keyTag: reader.u16(),
        algorithm: reader.u8(),
        digestType: reader.u8(),
        digest: hexOf(reader.slice(reader.left)),
      };
    case TYPE.NSEC:
      return readNextName(reader);
    case TYPE.NSEC3:
      return readNextHash(reader);
    case TYPE.SVCB:
      return { kind: 'SVCB', ...decodeServiceBinding(reader) };
    case TYPE.HTTPS:
      return { kind: 'HTTPS', ...decodeServiceBinding(reader) };
    default:
      reader.take(bytes);
      return { kind: 'unknown', bytes };
  }
}

function readNextName(reader: Reader): RecordData {
  const whole = reader.slice(reader.left);
  // Never compressed (RFC 4034 4.1.1): so it can be read of its own bytes.
  const own = new Reader(whole);
  const next = decodeName(own, 'forbidden');
  const types = own.slice(own.left);
  checkTypes(types, reader.offset);
  return { kind: 'NSEC', next, types: hexOf(types), wire: hexOf(whole) };
}

function readNextHash(reader: Reader): RecordData {
  const whole = reader.slice(reader.left);
  const own = new Reader(whole);
  const [hashAlgorithm, flags, iterations] = [own.u8(), own.u8(), own.u16()];
  const salt = hexOf(own.slice(own.u8()));
  const nextHash = hexOf(own.slice(own.u8()));
  const types = own.slice(own.left);
  checkTypes(types, reader.offset);
  return { kind: 'NSEC3', hashAlgorithm, flags, iterations, salt, nextHash, types: hexOf(types), wire: hexOf(whole) };
}

/** Windows in order, of 1 to 32 bytes each (RFC 4034 4.1.2). */
function checkTypes(types: Uint8Array, offset: number): void {
  for (let at = 0, last = -1; at < types.length; at += 2 + (types[at + 1] ?? 0)) {
    const length = types[at + 1] ?? 0;
    const window = types[at] ?? 0;
    if (length < 1 || length > 32 || window <= last || at + 2 + length > types.length)
      throw new WireError('data-length', offset);
    last = window;
  }
}

function readSignature(reader: Reader): RecordData {
  return {
    kind: 'RRSIG',
    covers: reader.u16(),
    algorithm: reader.u8(),
    labels: reader.u8(),
    originalTtl: reader.u32(),
    expiration: reader.u32(),
    inception: reader.u32(),
    keyTag: reader.u16(),
    signer: decodeName(reader),
    signature: hexOf(reader.slice(reader.left)),
  };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function readSoa(reader: Reader): RecordData {
  return {
    kind: 'SOA',
    mname: decodeName(reader),
    rname: decodeName(reader),
    serial: reader.u32(),
    refresh: reader.u32(),
    retry: reader.u32(),
    expire: reader.u32(),
    minimum: reader.u32(),
  };
}

function readText(reader: Reader, bytes: number): RecordData {
  if (bytes === 0) throw new WireError('data-length', reader.offset);
  const strings: string[] = [];
  let room = MAX_TEXT_BYTES;
  let cut = false;
  while (reader.left > 0) {
    const text = reader.slice(reader.u8());
    // Each string costs one more, or 64 KiB of empty strings would be kept.
    if (text.length + 1 > room) cut = true;
    if (!cut) strings.push(escapeText(text));
    room -= text.length + 1;
  }
  return { kind: 'TXT', strings, bytes, cut };
}
