import { fieldValue, type Match } from '../../ruleset.js';
import { type Intervals, type Num, fromRanges, range } from '../../values/intervals.js';
import { services } from '../../values/symbols.js';

/** Decimal, or hexadecimal with 0x, as strtoul reads it; never more than `top`. */
export function number(text: string | undefined, top = 0xffffffff): number | undefined {
  if (text === undefined || !/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return undefined;
  const value = Number(text);
  return value <= top ? value : undefined;
}

export function port(text: string | undefined): number | undefined {
  return number(text, 65535) ?? (text !== undefined && Object.hasOwn(services, text) ? services[text] : undefined);
}

/** `22`, `1024:65535`, `:1023`, `1024:`. */
export function portRange(text: string): [number, number] | undefined {
  const [low, high, more] = text.split(':');
  if (more !== undefined) return undefined;
  const first = low === '' ? 0 : port(low);
  const last = high === undefined ? first : high === '' ? 65535 : port(high);
  return first === undefined || last === undefined || first > last ? undefined : [first, last];
}

export function portList(text: string): Intervals | undefined {
  const ranges: [Num, Num][] = [];
  for (const part of text.split(',')) {
    const found = portRange(part);
    if (found === undefined) return undefined;
    ranges.push(found);
  }
  return fromRanges(ranges);
}

/** `5`, `10:20`, `10:`, for lengths and the like. */
export function numberRange(text: string, top = 0xffffffff): Intervals | undefined {
  const parts = text.split(':');
  const low = parts[0] === '' && parts.length === 2 ? 0 : number(parts[0], top);
  const high = parts.length === 1 ? low : parts[1] === '' ? top : number(parts[1], top);
  return low === undefined || high === undefined || low > high || parts.length > 2 ? undefined : range(low, high);
}

export function compare(field: string, within: Intervals, negated: boolean, whenAbsent?: boolean): Match {
  const left = fieldValue(field);
  return whenAbsent === undefined
    ? { kind: 'compare', left, within, negated }
    : { kind: 'compare', left, within, negated, whenAbsent };
}

/** (field & mask) == value, or not. A mask of all bits is left out. */
export function masked(field: string, mask: number, value: number, negated: boolean, whenAbsent?: boolean): Match {
  const left = mask === 0xffffffff ? fieldValue(field) : { field, bits: [{ operation: '&' as const, operand: mask }] };
  return {
    kind: 'compare',
    left,
    within: range(value, value),
    negated,
    ...(whenAbsent === undefined ? {} : { whenAbsent }),
  };
}

/** `0x1/0xff`, or a value alone. */
export function valueAndMask(text: string | undefined): [number, number] | undefined {
  const [value, mask, more] = (text ?? '').split('/');
  const first = number(value);
  const second = mask === undefined ? 0xffffffff : number(mask);
  return first === undefined || second === undefined || more !== undefined ? undefined : [first, second];
}
