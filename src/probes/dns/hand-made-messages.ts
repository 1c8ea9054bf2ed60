/** Responses made byte by byte for tests: whole ones, and ones that no library would make. */
import { decodeMessage, type Message } from './message.js';
import { encodeName } from './names.js';
import { TYPE } from './registry.js';

export interface HandMadeRecord {
  /** A name, or raw bytes of one. */
  owner: string | readonly number[];
  type: number;
  class?: number;
  ttl?: number;
  data: readonly number[];
}

export interface HandMade {
  id?: number;
  /** Second header word; QR, RD and RA by default. */
  flags?: number;
  rcode?: number;
  question?: { name: string; type: number; class?: number } | null;
  answers?: readonly HandMadeRecord[];
  authorities?: readonly HandMadeRecord[];
  additionals?: readonly HandMadeRecord[];
  /** What the header claims, where it lies. */
  counts?: readonly [number, number, number, number];
}

export const FLAG = { response: 0x8000, aa: 0x0400, tc: 0x0200, rd: 0x0100, ra: 0x0080, ad: 0x0020 } as const;

export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 0xffff)];
}

export function wireName(name: string): number[] {
  const encoded = encodeName(name);
  if (!encoded.ok) throw new TypeError(encoded.problem);
  return [...encoded.bytes];
}

export function handMade(message: HandMade): Uint8Array {
  const {
    question = { name: 'www.example.net', type: TYPE.A },
    answers = [],
    authorities = [],
    additionals = [],
  } = message;
  const counts = message.counts ?? [question ? 1 : 0, answers.length, authorities.length, additionals.length];
  const flags = message.flags ?? FLAG.response | FLAG.rd | FLAG.ra;
  return Uint8Array.from([
    ...u16(message.id ?? 0x1234),
    ...u16(flags | (message.rcode ?? 0)),
    ...counts.flatMap(u16),
    ...(question ? [...wireName(question.name), ...u16(question.type), ...u16(question.class ?? 1)] : []),
    ...[...answers, ...authorities, ...additionals].flatMap(recordBytes),
  ]);
}

function recordBytes({ owner, type, class: klass = 1, ttl = 300, data }: HandMadeRecord): number[] {
  const name = typeof owner === 'string' ? wireName(owner) : owner;
  return [...name, ...u16(type), ...u16(klass), ...u32(ttl), ...u16(data.length), ...data];
}

export function a(owner: string, address: string, ttl = 300): HandMadeRecord {
  return { owner, type: TYPE.A, ttl, data: address.split('.').map(Number) };
}

export function aaaa(owner: string, groups: readonly number[], ttl = 300): HandMadeRecord {
  return { owner, type: TYPE.AAAA, ttl, data: groups.flatMap(u16) };
}

export function cname(owner: string, target: string, ttl = 300): HandMadeRecord {
  return { owner, type: TYPE.CNAME, ttl, data: wireName(target) };
}

export function soa(owner: string, minimum = 60, ttl = 900): HandMadeRecord {
  const numbers = [2024, 7200, 3600, 86400, minimum].flatMap(u32);
  return {
    owner,
    type: TYPE.SOA,
    ttl,
    data: [...wireName('ns.example.net'), ...wireName('admin.example.net'), ...numbers],
  };
}

export function ns(owner: string, target: string): HandMadeRecord {
  return { owner, type: TYPE.NS, data: wireName(target) };
}

export function opt(errors: readonly { code: number; text?: string }[] = [], extendedRcode = 0): HandMadeRecord {
  const data = errors.flatMap(({ code, text = '' }) => {
    const value = [...u16(code), ...new TextEncoder().encode(text)];
    return [...u16(15), ...u16(value.length), ...value];
  });
  return { owner: '.', type: TYPE.OPT, class: 1232, ttl: extendedRcode * 0x1000000, data };
}

export function decoded(bytes: Uint8Array): Message {
  const result = decodeMessage(bytes);
  if (!result.ok) throw new Error(`${result.error.problem} at ${result.error.offset}`);
  return result.message;
}
