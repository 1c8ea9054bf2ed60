import { type BitOperation, fieldValue, type KeyField } from '../../ruleset.js';
import { fieldOf, type NameField } from '../../values/fields.js';
import type { Num } from '../../values/intervals.js';
import { isList, isObject, type Json, type JsonObject, listOf, numberOf, soleKey, stringOf } from './json.js';
import { constant } from './right.js';

/** What a match or a map reads from the packet. `chance`: drawn, or hashed with a seed that the dump does not show. */
export type Left =
  | { readonly kind: 'key'; readonly key: readonly KeyField[] }
  | { readonly kind: 'chance'; readonly what: string }
  | { readonly kind: 'opaque'; readonly why: string };

const opaque = (why: string): Left => ({ kind: 'opaque', why });
const field = (name: string): Left => ({ kind: 'key', key: [fieldValue(name)] });
const named = (name: NameField): Left => ({ kind: 'key', key: [{ name }] });

export interface Surroundings {
  /** Family of the table: `ct original saddr` without a family means the table's. */
  readonly family: string;
}

export function parseLeft(expression: Json | undefined, around: Surroundings): Left {
  if (!isObject(expression)) return opaque('the left side is not an expression');
  const kind = soleKey(expression);
  const inner = kind === undefined ? undefined : expression[kind];
  switch (kind) {
    case 'payload':
      return isObject(inner) ? payload(inner) : opaque('payload without its field');
    case 'meta':
      return isObject(inner) ? meta(stringOf(inner.key) ?? '') : opaque('meta without its key');
    case 'ct':
      return isObject(inner) ? conntrack(inner, around) : opaque('ct without its key');
    case 'fib':
      return isObject(inner) ? fib(inner) : opaque('fib without its result');
    case 'socket':
      return isObject(inner) ? socket(stringOf(inner.key) ?? '') : opaque('socket without its key');
    case 'exthdr':
    case 'tcp option':
    case 'ip option':
    case 'sctp chunk':
    case 'dccp option':
      return isObject(inner) ? option(kind, inner) : opaque(`${kind} without its name`);
    case 'rt':
    case 'ipsec':
    case 'osf':
      return isObject(inner) ? field(`${kind} ${described(inner)}`) : opaque(`${kind} without its field`);
    case 'numgen':
    case 'jhash':
    case 'symhash':
      return { kind: 'chance', what: kind };
    case 'concat':
      return concatenation(listOf(inner), around);
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return operation(kind, listOf(inner), around);
    default:
      return opaque(`expression ${kind ?? '?'} is not understood`);
  }
}

function described(inner: JsonObject): string {
  return Object.entries(inner)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(' ');
}

/** A header or an option by its name: with a field its value, without one whether it is there. */
function option(kind: string, inner: JsonObject): Left {
  const name = inner.name ?? inner.type;
  if (typeof name !== 'string' && typeof name !== 'number') return opaque(`${kind} without its name`);
  const { name: _, type: __, ...rest } = inner;
  return field(`${kind} ${name} ${Object.keys(rest).length === 0 ? 'exists' : described(rest)}`);
}

function payload(inner: JsonObject): Left {
  if (inner.tunnel !== undefined) return opaque('a header inside a tunnel');
  const base = stringOf(inner.base);
  if (base !== undefined) return field(`@${base},${numberOf(inner.offset) ?? '?'},${numberOf(inner.len) ?? '?'}`);
  const protocol = stringOf(inner.protocol);
  const name = stringOf(inner.field);
  return protocol === undefined || name === undefined
    ? opaque('payload without its field')
    : field(`${protocol} ${name}`);
}

const metaNames: Readonly<Record<string, NameField>> = {
  iifname: 'iifname',
  oifname: 'oifname',
  iif: 'iifname',
  oif: 'oifname',
  iifkind: 'iifkind',
  oifkind: 'oifkind',
  ibrname: 'ibrname',
  obrname: 'obrname',
  ibridgename: 'ibrname',
  obridgename: 'obrname',
};

function meta(key: string): Left {
  if (key === 'random') return { kind: 'chance', what: 'meta random' };
  const name = Object.hasOwn(metaNames, key) ? metaNames[key] : undefined;
  if (name !== undefined) return named(name);
  return key === '' ? opaque('meta without its key') : field(`meta ${key}`);
}

function conntrack(inner: JsonObject, around: Surroundings): Left {
  const key = stringOf(inner.key) ?? '';
  const direction = stringOf(inner.dir);
  if (key === 'helper') return named('helper');
  if (key === '') return opaque('ct without its key');
  if (direction === undefined) return field(`ct ${key}`);
  const family = stringOf(inner.family) ?? (around.family === 'ip' || around.family === 'ip6' ? around.family : '');
  const full = key === 'saddr' || key === 'daddr' ? `ct ${direction} ${family} ${key}` : `ct ${direction} ${key}`;
  return field(full);
}

function fib(inner: JsonObject): Left {
  const result = stringOf(inner.result) ?? '';
  const flags = listOf(inner.flags).filter((flag) => typeof flag === 'string');
  const asked = (...names: string[]): string => names.filter((flag) => flags.includes(flag)).join(' ');
  // A mark may lead to a routing table that takes any address for this machine's own (transparent proxies).
  if (result === 'type') return field(`fib ${asked('saddr', 'daddr', 'mark', 'iif', 'oif')} type`);
  // Whether there is a way back is the same question, whichever table answers it.
  const plain = asked('saddr', 'daddr', 'iif', 'oif');
  if (result === 'oif' || result === 'oifname' || result === 'check') return field(`fib ${plain} oif exists`);
  return opaque('fib with an unknown result');
}

function socket(key: string): Left {
  if (key === 'cgroupv2') return named('cgroup');
  return key === '' ? opaque('socket without its key') : field(`socket ${key}`);
}

function concatenation(parts: readonly Json[], around: Surroundings): Left {
  const key: KeyField[] = [];
  for (const part of parts) {
    const left = parseLeft(part, around);
    if (left.kind === 'chance') key.push({ field: left.what });
    else if (left.kind === 'opaque' || left.key.length !== 1)
      return left.kind === 'opaque' ? left : opaque('a concatenation in a concatenation');
    else key.push(...left.key);
  }
  return key.length > 0 && key.length <= 16 ? { kind: 'key', key } : opaque('a concatenation of nothing');
}

/** A field and a constant, in either nesting: `meta mark & 0xff`, `(meta mark & 0xff) ^ 1`. */
function operation(operator: BitOperation['operation'], operands: readonly Json[], around: Surroundings): Left {
  const left = parseLeft(operands[0], around);
  const first = left.kind === 'key' && left.key.length === 1 ? left.key[0] : undefined;
  if (first === undefined || 'name' in first)
    return left.kind === 'opaque' ? left : opaque(`${operator} of more than one field`);
  const type = fieldOf(first.field).type;
  const bits: BitOperation[] = [...(first.bits ?? [])];
  for (const operand of operands.slice(1)) {
    const value: Num | undefined = operator === '<<' || operator === '>>' ? numberOf(operand) : constant(operand, type);
    if (value === undefined) return opaque(`${operator} with what is not a constant`);
    bits.push({ operation: operator, operand: value });
  }
  return bits.length > 0 ? { kind: 'key', key: [{ field: first.field, bits }] } : opaque(`${operator} of nothing`);
}

/** Whether a JSON value can only be an expression on the packet, not a constant. */
export function readsPacket(value: Json | undefined): boolean {
  if (isList(value)) return value.some(readsPacket);
  if (!isObject(value)) return false;
  const kind = soleKey(value);
  if (kind === undefined) return false;
  if (['&', '|', '^', '<<', '>>', 'concat'].includes(kind)) return listOf(value[kind]).some(readsPacket);
  return !['set', 'range', 'prefix', 'elem'].includes(kind);
}
