import type { BitOperation, Element, FieldValue, KeyField, Match } from '../../ruleset.js';
import { type Field, fieldOf, fullRange, type NameField } from '../../values/fields.js';
import { fromRanges, type Intervals, type Num, onlyMember, range, single } from '../../values/intervals.js';
import { elementsOf, keyTypesOf } from './elements.js';
import { isList, isObject, type Json, type JsonObject, listOf, soleKey, stringOf } from './json.js';
import { parseLeft, readsPacket, type Surroundings } from './left.js';
import { statementText } from './text.js';
import { pattern, span } from './right.js';

/**
 * One `match` of libnftables' JSON. The operators differ more than they look: `in` and `!` test bits, `==` and `!=`
 * compare all of them (`tcp flags syn` is `in`, `tcp flags == syn` is not).
 */
export function parseMatch(inner: JsonObject, around: Surroundings): Match {
  // Written only where it is kept: most matches are understood, and then nobody wants it.
  const text = (): string => statementText({ match: inner });
  const opaque = (why: string): Match => ({ kind: 'opaque', text: text(), why });
  const operator = stringOf(inner.op) ?? '';
  if (!['==', '!=', '<', '>', '<=', '>=', 'in', '!'].includes(operator))
    return opaque(`operator ${operator} is not understood`);
  const left = parseLeft(inner.left, around);
  if (left.kind === 'opaque') return opaque(left.why);
  if (left.kind === 'chance') return { kind: 'may', what: left.what, text: text() };
  const { key } = left;
  const negated = operator === '!=';
  const first = key[0];
  if (key.length === 1 && first !== undefined && 'name' in first)
    return nameMatch(first.name, operator, inner.right, text);
  const right = inner.right;
  if (typeof right === 'string' && right.startsWith('@')) {
    if (operator === '==' || operator === '!=' || operator === 'in')
      return { kind: 'lookup', key, set: { named: right.slice(1) }, negated };
    return opaque('a set after an operator that takes none');
  }
  if (key.length > 1) return concatenation(key, operator, right, text);
  if (first === undefined || 'name' in first) return opaque('nothing to compare');
  return compare(first, operator, right, text);
}

function compare(left: FieldValue, operator: string, right: Json | undefined, text: () => string): Match {
  const field = fieldOf(left.field);
  const within = field.name.endsWith('oif exists') ? existence(right) : acceptable(field, right);
  if (within === undefined) return { kind: 'opaque', text: text(), why: unreadable(right) };
  const isSet = isObject(right) && soleKey(right) === 'set';
  const only = onlyMember(within);
  switch (operator) {
    case '==':
      return { kind: 'compare', left, within, negated: false };
    case '!=':
      return { kind: 'compare', left, within, negated: true };
    case 'in':
    case '!': {
      const isMask = field.type === 'ctState' || field.type === 'ctStatus' || field.type === 'tcpFlags';
      if (!isMask || isSet) return { kind: 'compare', left, within, negated: operator === '!' };
      if (only === undefined) return { kind: 'opaque', text: text(), why: 'bits that are a range' };
      const bits: readonly BitOperation[] = [...(left.bits ?? []), { operation: '&', operand: only }];
      return { kind: 'compare', left: { field: left.field, bits }, within: single(0), negated: operator === 'in' };
    }
    default: {
      if (only === undefined || isSet)
        return { kind: 'opaque', text: text(), why: 'an order against more than one value' };
      return { kind: 'compare', left, within: ordered(fullRange(field), operator, only), negated: false };
    }
  }
}

function ordered(full: Intervals, operator: string, value: Num): Intervals {
  const [bottom, top] = [full[0] as Num, full[1] as Num];
  const one = typeof value === 'bigint' ? 1n : 1;
  const next = (value as number) + (one as number);
  const previous = (value as number) - (one as number);
  if (operator === '<') return range(bottom, previous);
  if (operator === '<=') return range(bottom, value);
  return operator === '>' ? range(next, top) : range(value, top);
}

/** The values on the right: one, a range, a prefix, several bits, or a set of any of these. */
function acceptable(field: Field, right: Json | undefined): Intervals | undefined {
  if (isObject(right) && soleKey(right) === 'set') {
    const spans: [Num, Num][] = [];
    for (const member of listOf(right.set)) {
      const found = span(member, field.type);
      if (found === undefined) return undefined;
      spans.push(found);
    }
    return fromRanges(spans);
  }
  const found = span(right, field.type);
  return found === undefined ? undefined : range(found[0], found[1]);
}

/** `fib … oif missing` is written as false, as 0 or as "0". A named interface is another question: not answered here. */
function existence(right: Json | undefined): Intervals | undefined {
  if (right === false || right === 0 || right === '0') return single(0);
  return right === true ? single(1) : undefined;
}

function nameMatch(field: NameField, operator: string, right: Json | undefined, text: () => string): Match {
  const opaque = (why: string): Match => ({ kind: 'opaque', text: text(), why });
  if (operator !== '==' && operator !== '!=' && operator !== 'in') return opaque('an order of names');
  const negated = operator === '!=';
  if (typeof right === 'string' && right.startsWith('@'))
    return { kind: 'lookup', key: [{ name: field }], set: { named: right.slice(1) }, negated };
  const members = isObject(right) && soleKey(right) === 'set' ? listOf(right.set) : [right];
  const patterns: string[] = [];
  for (const member of members) {
    const name = pattern(member);
    if (name === undefined || (field === 'cgroup' && /^\d*$/.test(name))) return opaque(unreadable(right));
    patterns.push(field === 'cgroup' ? withinCgroup(name) : name);
  }
  return { kind: 'name', field, patterns, negated };
}

/** A cgroup and all below it; nft's JSON leaves out the level, which is the depth of the path it names. */
export function withinCgroup(path: string): string {
  const plain = path.replace(/^\/+|\/+$/g, '');
  return plain === '' ? '/*' : `/${plain}/*`;
}

function concatenation(key: readonly KeyField[], operator: string, right: Json | undefined, text: () => string): Match {
  if (operator !== '==' && operator !== '!=' && operator !== 'in')
    return { kind: 'opaque', text: text(), why: 'an order of concatenations' };
  const members = isObject(right) && soleKey(right) === 'set' ? listOf(right.set) : [right ?? null];
  const { elements, unsure } = elementsOf(members, keyTypesOf(key), undefined);
  if (unsure !== undefined) return { kind: 'opaque', text: text(), why: unsure };
  return { kind: 'lookup', key, set: { elements: elements satisfies readonly Element[] }, negated: operator === '!=' };
}

function unreadable(right: Json | undefined): string {
  if (readsPacket(right)) return 'compares two parts of the packet';
  if (typeof right === 'string') return `the value ${JSON.stringify(right.slice(0, 80))} is not understood`;
  return isList(right) || isObject(right) ? 'one of the values is not understood' : 'the value is not understood';
}
