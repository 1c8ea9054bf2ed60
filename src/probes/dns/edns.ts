/** EDNS (RFC 6891): the OPT record and the extended errors in it (RFC 8914). */
import { extendedErrorName } from './registry.js';
import { type Reader, WireError } from './wire.js';

export interface ExtendedError {
  code: number;
  /** The registry's name of the code, or `EDE` and the number. */
  name: string;
  /** What the server adds in its own words: from outside, bounded, without control characters. */
  text: string;
}

export interface Edns {
  payloadSize: number;
  version: number;
  dnssecOk: boolean;
  /** Upper eight bits of the response code. */
  extendedRcode: number;
  extendedErrors: ExtendedError[];
  /** Codes of all options, these errors included. */
  options: number[];
  /** False when the options end in the middle of one; those before it are kept. */
  whole: boolean;
}

const OPTION_EXTENDED_ERROR = 15;
const MAX_EXTENDED_ERRORS = 8;
const MAX_OPTIONS = 32;
const MAX_TEXT = 256;

/** An OPT record keeps the sender's payload size in its class, and code, version and flags in its TTL. */
export function decodeEdns(klass: number, ttl: number, data: Reader): Edns {
  const edns: Edns = {
    payloadSize: klass,
    version: (ttl >>> 16) & 0xff,
    dnssecOk: (ttl & 0x8000) !== 0,
    extendedRcode: ttl >>> 24,
    extendedErrors: [],
    options: [],
    whole: true,
  };
  try {
    while (data.left > 0 && edns.options.length < MAX_OPTIONS) {
      const code = data.u16();
      const value = data.slice(data.u16());
      edns.options.push(code);
      if (code !== OPTION_EXTENDED_ERROR || edns.extendedErrors.length >= MAX_EXTENDED_ERRORS) continue;
      if (value.length < 2) edns.whole = false;
      else edns.extendedErrors.push(decodeExtendedError(value));
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    edns.whole = false;
  }
  return edns;
}

function decodeExtendedError(value: Uint8Array): ExtendedError {
  const code = ((value[0] ?? 0) << 8) | (value[1] ?? 0);
  return { code, name: extendedErrorName(code), text: readableText(value.subarray(2)) };
}

/** Controls, line separators, and what turns the direction of writing or hides: none of it may reach a terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

function readableText(bytes: Uint8Array): string {
  // Four bytes a character at most; a character cut at the end becomes a replacement mark and is then cut off too.
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_TEXT * 4));
  // RFC 8914 section 2: some senders end the text with a NUL.
  const characters = Array.from(text.replace(/\0+$/, '').replace(UNPRINTABLE, '\ufffd'));
  return characters.slice(0, MAX_TEXT).join('');
}

const OPT_BYTES = 11;

/** An OPT record for a query, without options. */
export function encodeEdns(payloadSize: number, dnssecOk: boolean): Uint8Array {
  const bytes = new Uint8Array(OPT_BYTES);
  bytes[2] = 41;
  bytes[3] = payloadSize >> 8;
  bytes[4] = payloadSize & 0xff;
  if (dnssecOk) bytes[7] = 0x80;
  return bytes;
}
