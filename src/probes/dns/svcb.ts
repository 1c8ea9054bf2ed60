/** SVCB and HTTPS records (RFC 9460): where a service is and what it speaks. */
import { ipv4Text, ipv6Text } from './address-text.js';
import { decodeName, escapeText } from './names.js';
import { type Reader, WireError } from './wire.js';

export interface ServiceBinding {
  /** 0 is AliasMode: the target stands for the name, and there are no parameters (section 2.4.2). */
  priority: number;
  /** `.` is the owner's own name, or in AliasMode "no such service". */
  target: string;
  alpn: string[];
  noDefaultAlpn: boolean;
  port: number | null;
  ipv4hint: string[];
  ipv6hint: string[];
  /** Whether a configuration for Encrypted Client Hello is offered. */
  ech: boolean;
  mandatory: number[];
  /** Numbers of parameters that are not read here. */
  otherKeys: number[];
}

const KEY = { mandatory: 0, alpn: 1, noDefaultAlpn: 2, port: 3, ipv4hint: 4, ech: 5, ipv6hint: 6 } as const;
/** Of a list from outside no more is kept; real ones have two or three entries. */
const MAX_LISTED = 16;

/** A parameter that is not as the RFC asks makes the whole record malformed (section 2.2). */
export function decodeServiceBinding(reader: Reader): ServiceBinding {
  const priority = reader.u16();
  const binding: ServiceBinding = {
    priority,
    target: decodeName(reader, 'forbidden'),
    alpn: [],
    noDefaultAlpn: false,
    port: null,
    ipv4hint: [],
    ipv6hint: [],
    ech: false,
    mandatory: [],
    otherKeys: [],
  };
  const seen = new Set<number>();
  let last = -1;
  while (reader.left > 0) {
    const key = reader.u16();
    const value = reader.part(reader.u16());
    if (key <= last) throw new WireError('data-form', value.offset);
    last = key;
    seen.add(key);
    // AliasMode: parameters must be ignored, though they must still be whole.
    if (priority !== 0) readParameter(binding, key, value);
  }
  if (binding.noDefaultAlpn && binding.alpn.length === 0) throw new WireError('data-form', reader.offset);
  if (!binding.mandatory.every((key) => seen.has(key))) throw new WireError('data-form', reader.offset);
  return binding;
}

function readParameter(binding: ServiceBinding, key: number, value: Reader): void {
  switch (key) {
    case KEY.mandatory:
      binding.mandatory = readMandatory(value);
      return;
    case KEY.alpn:
      binding.alpn = readAlpn(value);
      return;
    case KEY.noDefaultAlpn:
      if (value.left !== 0) throw new WireError('data-length', value.offset);
      binding.noDefaultAlpn = true;
      return;
    case KEY.port:
      if (value.left !== 2) throw new WireError('data-length', value.offset);
      binding.port = value.u16();
      return;
    case KEY.ipv4hint:
      binding.ipv4hint = readHints(value, 4);
      return;
    case KEY.ech:
      if (value.left === 0) throw new WireError('data-length', value.offset);
      binding.ech = true;
      return;
    case KEY.ipv6hint:
      binding.ipv6hint = readHints(value, 16);
      return;
    default:
      if (binding.otherKeys.length < MAX_LISTED) binding.otherKeys.push(key);
  }
}

/** Section 8: ascending, not itself. */
function readMandatory(value: Reader): number[] {
  if (value.left === 0 || value.left % 2 !== 0) throw new WireError('data-length', value.offset);
  const keys: number[] = [];
  let last = 0;
  while (value.left > 0) {
    const key = value.u16();
    if (key <= last) throw new WireError('data-form', value.offset);
    last = key;
    if (keys.length < MAX_LISTED) keys.push(key);
  }
  return keys;
}

/** Section 7.1.1: names of 1 to 255 bytes, at least one. */
function readAlpn(value: Reader): string[] {
  const names: string[] = [];
  if (value.left === 0) throw new WireError('data-length', value.offset);
  while (value.left > 0) {
    const name = value.slice(value.u8());
    if (name.length === 0) throw new WireError('data-length', value.offset);
    if (names.length < MAX_LISTED) names.push(escapeText(name));
  }
  return names;
}

function readHints(value: Reader, size: 4 | 16): string[] {
  if (value.left === 0 || value.left % size !== 0) throw new WireError('data-length', value.offset);
  const hints: string[] = [];
  while (value.left > 0) {
    const start = value.take(size);
    if (hints.length < MAX_LISTED) hints.push(size === 4 ? ipv4Text(value.bytes, start) : ipv6Text(value.bytes, start));
  }
  return hints;
}
