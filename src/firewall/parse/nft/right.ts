import type { Component } from '../../ruleset.js';
import { prefixRange } from '../../values/addresses.js';
import type { ValueType } from '../../values/fields.js';
import type { Num } from '../../values/intervals.js';
import { parseValue } from '../../values/parse-value.js';
import { isList, isObject, type Json, listOf, numberOf, soleKey } from './json.js';

/** A number that is known without any packet; lists are bits set together (`syn,ack`), as are `syn | ack`. */
export function constant(value: Json | undefined, type: ValueType): Num | undefined {
  if (isList(value)) return fold('|', value, type);
  if (!isObject(value)) return parseValue(value, type);
  const kind = soleKey(value);
  if (kind === '&' || kind === '|' || kind === '^' || kind === '<<' || kind === '>>')
    return fold(kind, listOf(value[kind]), type);
  return undefined;
}

function fold(operator: string, operands: readonly Json[], type: ValueType): Num | undefined {
  let result: bigint | undefined;
  let big = false;
  for (const operand of operands) {
    const value = constant(operand, type);
    if (value === undefined) return undefined;
    if (typeof value === 'bigint') big = true;
    const right = BigInt(value);
    if (result === undefined) result = right;
    else if (operator === '|') result |= right;
    else if (operator === '&') result &= right;
    else if (operator === '^') result ^= right;
    else if (right > 128n) return undefined;
    else result = operator === '<<' ? result << right : result >> right;
  }
  if (result === undefined) return undefined;
  return big ? result : Number(result);
}

/** A value, a range or a prefix, as the lowest and the highest number in it. */
export function span(value: Json | undefined, type: ValueType): [Num, Num] | undefined {
  if (isObject(value)) {
    const kind = soleKey(value);
    const inner = kind === undefined ? undefined : value[kind];
    if (kind === 'range') return rangeOf(listOf(inner), type);
    if (kind === 'prefix') return isObject(inner) ? prefixOf(inner, type) : undefined;
    if (kind === 'elem') return isObject(inner) ? span(inner.val, type) : undefined;
  }
  const only = constant(value, type);
  return only === undefined ? undefined : [only, only];
}

function rangeOf(ends: readonly Json[], type: ValueType): [Num, Num] | undefined {
  if (ends.length !== 2) return undefined;
  const low = constant(ends[0], type);
  const high = constant(ends[1], type);
  return low === undefined || high === undefined || low > high ? undefined : [low, high];
}

function prefixOf(inner: { readonly [key: string]: Json }, type: ValueType): [Num, Num] | undefined {
  const address = constant(inner.addr, type);
  const length = numberOf(inner.len);
  if (address === undefined || length === undefined) return undefined;
  return type === 'ipv4' || type === 'ipv6' ? prefixRange(address, length) : undefined;
}

/** An interface name or the like; `\*` is a star that is meant. */
export function pattern(value: Json | undefined): string | undefined {
  if (isObject(value)) {
    const kind = soleKey(value);
    const inner = kind === 'elem' ? value.elem : undefined;
    return isObject(inner) ? pattern(inner.val) : undefined;
  }
  return typeof value === 'string' && value.length <= 4096 && value !== '*' ? value : undefined;
}

export function component(value: Json | undefined, type: ValueType | 'name'): Component | undefined {
  if (type === 'name') {
    const name = pattern(value);
    return name === undefined ? undefined : { pattern: name };
  }
  const found = span(value, type);
  return found === undefined ? undefined : { low: found[0], high: found[1] };
}
