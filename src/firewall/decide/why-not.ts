import { matchText, valueText } from '../match-text.js';
import type { Match } from '../ruleset.js';
import { fieldOf, slotOf } from '../values/fields.js';
import { formatAddress } from '../values/addresses.js';
import { type Cell, type Cells } from './cells.js';
import { rawCell, readValue, requirements } from './read-field.js';

/** Why a match does not hold, for people who look at the whole way: `tcp dport 80 (it is 443)`. */
export function whyNot(match: Match, cells: Cells): string {
  const text = matchText(match);
  const is = actual(match, cells);
  return is === undefined ? text : `${text} (${is})`;
}

function actual(match: Match, cells: Cells): string | undefined {
  if (match.kind === 'name') {
    const value = rawCell(slotOf(match.field), cells);
    return value === '' || value === null
      ? 'there is none here'
      : typeof value === 'string'
        ? `it is ${JSON.stringify(value)}`
        : undefined;
  }
  if (match.kind !== 'compare') return undefined;
  const field = fieldOf(match.left.field);
  if (requirements(field, cells) === 'no') return 'this packet has none';
  const value: Cell = readValue({ field: match.left.field }, cells);
  if (value === null) return 'this packet has none';
  if (typeof value === 'number' && (field.type === 'ipv4' || field.type === 'ipv6'))
    return `it is ${formatAddress(value)}`;
  return typeof value === 'number' || typeof value === 'bigint' ? `it is ${valueText(value, field.type)}` : undefined;
}
