import type { FieldValue, KeyField, Match } from './ruleset.js';
import { formatAddress } from './values/addresses.js';
import { fieldOf, symbolsOf, type ValueType } from './values/fields.js';
import type { Intervals, Num } from './values/intervals.js';

const mostShown = 4;

/** A condition in nft's words, whatever tool the rule is from: `tcp dport != 80-90`, `iifname "eth*"`. */
export function matchText(match: Match): string {
  switch (match.kind) {
    case 'compare':
      return compareText(match.left, match.within, match.negated);
    case 'name':
      return `${match.field} ${match.negated ? '!= ' : ''}${match.patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`;
    case 'lookup':
      return `${keyText(match.key)} ${match.negated ? '!= ' : ''}${'named' in match.set ? `@${match.set.named}` : `{ ${match.set.elements.length} elements }`}`;
    case 'ipset':
      return `${match.negated ? 'not ' : ''}${match.directions.join(',')} in ipset ${match.set}`;
    case 'all':
    case 'any':
      return `${match.negated ? 'not ' : ''}(${match.of.map(matchText).join(match.kind === 'all' ? ' and ' : ' or ')})`;
    case 'merged':
      return match.of.map(matchText).join(' ');
    case 'clock':
      return 'time of day or date';
    case 'may':
    case 'opaque':
      return match.text;
  }
}

function compareText(left: FieldValue, within: Intervals, negated: boolean): string {
  const { type } = fieldOf(left.field);
  // (flags & mask) != 0 is how "at least one of these bits" is kept.
  const only = left.bits?.length === 1 ? left.bits[0] : undefined;
  const isBits = within.length === 2 && within[0] === 0 && within[1] === 0 && only?.operation === '&';
  if (isBits && symbolsOf[type] !== undefined)
    return `${left.field} ${negated ? '' : '! '}${bitsText(only.operand, type)}`;
  return `${fieldText(left)} ${negated ? '!= ' : ''}${rangesText(within, type)}`;
}

export function fieldText({ field, bits = [] }: FieldValue): string {
  return `${field}${bits.map(({ operation, operand }) => ` ${operation} ${typeof operand === 'bigint' ? formatAddress(operand) : `0x${operand.toString(16)}`}`).join('')}`;
}

function keyText(key: readonly KeyField[]): string {
  return key.map((part) => ('name' in part ? part.name : fieldText(part))).join(' . ');
}

function rangesText(within: Intervals, type: ValueType): string {
  if (within.length === 0) return 'nothing';
  const out: string[] = [];
  for (let i = 0; i < within.length && out.length < mostShown; i += 2) {
    const low = valueText(within[i] as Num, type);
    const high = valueText(within[i + 1] as Num, type);
    out.push(low === high ? low : `${low}-${high}`);
  }
  return `${out.join(', ')}${within.length > 2 * mostShown ? ', …' : ''}`;
}

/** A value as its type is written. */
export function valueText(value: Num, type: ValueType): string {
  if (typeof value === 'bigint') return formatAddress(value);
  if (type === 'ipv4') return formatAddress(value);
  if (type === 'mark') return `0x${value.toString(16)}`;
  if (type === 'tcpFlags' || type === 'ctStatus') return bitsText(value, type);
  const table = type === 'port' ? undefined : symbolsOf[type];
  return Object.entries(table ?? {}).find(([, number]) => number === value)?.[0] ?? `${value}`;
}

function bitsText(value: Num, type: ValueType): string {
  const names = Object.entries(symbolsOf[type] ?? {}).filter(([, bit]) => (Number(value) & bit) !== 0);
  return names.length === 0 ? `${value}` : names.map(([name]) => name).join(',');
}
