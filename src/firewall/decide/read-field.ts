import type { BitOperation, FieldValue } from '../ruleset.js';
import {
  type Field,
  fieldOf,
  fullRange,
  isConnectionSlot,
  ordinary,
  type Requirement,
  slotName,
  slotOf,
} from '../values/fields.js';
import { type Intervals, type Num, overlap, contains } from '../values/intervals.js';
import { addressTypes, ctStates } from '../values/symbols.js';
import { type Answer, answerOf, every } from './answer.js';
import { type Cell, type Cells, type PartialBits, slots } from './cells.js';
import { headerBits, ones, type RawBits, rawBitsOf } from './raw-header.js';

const portProtocols: ReadonlySet<Cell> = new Set<Cell>([6, 17, 33, 132, 136]);

/** The first words of whatever transport header there is: ports for most, type and code for ICMP. */
function transportWord(slot: number, cells: Cells): { readonly slot: number } | { readonly value: Cell } {
  const protocol = cells.values[slots.protocol];
  if (portProtocols.has(protocol)) return { slot: slot === slots.thSport ? slots.sport : slots.dport };
  if ((protocol === 1 || protocol === 58) && slot === slots.thSport) {
    const type = cells.values[slots.icmpType];
    const code = cells.values[slots.icmpCode];
    return { value: typeof type === 'number' && typeof code === 'number' ? type * 256 + code : undefined };
  }
  return { value: undefined };
}

/** The slot that a field reads for this packet; ports of "any transport" become ports of this one. */
export function slotFor(field: Field, cells: Cells): number {
  if (field.slot !== slots.thSport && field.slot !== slots.thDport) return field.slot;
  const found = transportWord(field.slot, cells);
  return 'slot' in found ? found.slot : field.slot;
}

/** Said under nft's name, or as it is in an ordinary packet. */
function unsaid(slot: number, cells: Cells): Cell {
  if (cells.extra !== undefined) {
    const name = slotName(slot);
    if (Object.hasOwn(cells.extra, name)) return cells.extra[name];
  }
  return ordinary.get(slot);
}

const typesByDevice = new Map(
  ['daddr', 'saddr'].flatMap((side) =>
    ['iif', 'oif'].map((device) => [slotOf(`fib ${side} ${device} type`), slotOf(`${side}Type`)] as const),
  ),
);
const typesByMark = new Map(
  ['daddr', 'saddr'].map((side) => [slotOf(`fib ${side} mark type`), slotOf(`${side}Type`)] as const),
);
const { unicast, multicast } = addressTypes;

/**
 * Only of this machine's own addresses it matters which of its interfaces has them (__inet_dev_addr_type); without a
 * mark a question that takes it into account is the plain one.
 */
function typeBeyond(slot: number, cells: Cells): Cell {
  const unmarked = typesByMark.get(slot);
  if (unmarked !== undefined) return cells.values[slots.mark] === 0 ? cells.values[unmarked] : undefined;
  const plain = typesByDevice.get(slot);
  const type = plain === undefined ? undefined : cells.values[plain];
  return type === unicast || type === multicast ? type : undefined;
}

/** What stands in the slot, before anything is done to it. */
export function rawCell(slot: number, cells: Cells): Cell {
  if (cells.connectionHidden && isConnectionSlot(slot)) return slot === slots.ctState ? ctStates.invalid : null;
  const stored = cells.values[slot];
  const value = stored === undefined ? (unsaid(slot, cells) ?? typeBeyond(slot, cells)) : stored;
  if (value === undefined && (slot === slots.thSport || slot === slots.thDport)) {
    const found = transportWord(slot, cells);
    return 'value' in found ? found.value : cells.values[found.slot];
  }
  return value;
}

/** Whether the packet has the header that the field belongs to. */
export function requirements(field: Field, cells: Cells): Answer {
  return every(field.requires, (one) => fulfils(one, cells));
}

function fulfils({ slot, within }: Requirement, cells: Cells): Answer {
  const value = rawCell(slot, cells);
  if (typeof value === 'number') return answerOf(contains(within, value));
  if (value === null) return 'no';
  const domain = cells.domain(slot);
  return domain !== undefined && overlap(domain, within) === 'none' ? 'no' : 'maybe';
}

/** The field's value with its bits worked on; undefined when unknown, null when the packet has none. */
export function readValue(value: FieldValue, cells: Cells): Cell {
  const field = fieldOf(value.field);
  if (field.zeroUnless !== undefined && fulfils(field.zeroUnless, cells) === 'no') return 0;
  const stored = rawCell(slotFor(field, cells), cells);
  const raw = stored === undefined && field.name.startsWith('@') ? headerValue(field, cells) : stored;
  if (typeof raw !== 'number' && typeof raw !== 'bigint') return raw;
  const plain = field.plus === 0 || typeof raw === 'bigint' ? raw : raw + field.plus;
  return value.bits === undefined ? plain : operate(plain, value.bits, field.bits);
}

/** Raw bits of a header, when all of them are known. */
function headerValue(field: Field, cells: Cells): Cell {
  const raw = rawBitsOf(field.name);
  if (raw === undefined || raw.length > 53) return undefined;
  const { mask, value } = headerBits(raw, cells);
  return mask === ones(raw.length) ? Number(value) : undefined;
}

export function operate(value: Num, bits: readonly BitOperation[], width: number): Num {
  if (typeof value === 'number' && width <= 32) {
    let word = value;
    for (const { operation, operand } of bits) word = operate32(word, operation, Number(operand));
    return word;
  }
  let word = BigInt(value);
  for (const { operation, operand } of bits) {
    const right = BigInt(operand);
    if (operation === '&') word &= right;
    else if (operation === '|') word |= right;
    else if (operation === '^') word ^= right;
    else if (operation === '<<') word = BigInt.asUintN(width, word << right);
    else word >>= right;
  }
  return typeof value === 'bigint' ? word : Number(word);
}

function operate32(left: number, operation: BitOperation['operation'], right: number): number {
  switch (operation) {
    case '&':
      return (left & right) >>> 0;
    case '|':
      return (left | right) >>> 0;
    case '^':
      return (left ^ right) >>> 0;
    case '<<':
      return right >= 32 ? 0 : (left << right) >>> 0;
    default:
      return right >= 32 ? 0 : left >>> right;
  }
}

/** What is known of single bits when not the whole is: a mark of which a rule has set a part. */
export function knownBits(value: FieldValue, cells: Cells): PartialBits {
  const field = fieldOf(value.field);
  const raw = field.name.startsWith('@') ? rawBitsOf(field.name) : undefined;
  if (raw === undefined ? field.bits > 32 : raw.length > 32) return { mask: 0, value: 0 };
  let { mask, value: word } =
    raw === undefined ? (cells.partial?.get(slotFor(field, cells)) ?? { mask: 0, value: 0 }) : rawPart(raw, cells);
  for (const { operation, operand } of value.bits ?? []) {
    const right = Number(operand);
    if (operation === '&') {
      mask = (mask | ~right) >>> 0;
      word = (word & right) >>> 0;
    } else if (operation === '|') {
      mask = (mask | right) >>> 0;
      word = (word | right) >>> 0;
    } else if (operation === '^') word = (word ^ (right & mask)) >>> 0;
    else if (operation === '<<') {
      mask = right >= 32 ? 0xffffffff : ((mask << right) | (2 ** right - 1)) >>> 0;
      word = right >= 32 ? 0 : (word << right) >>> 0;
    } else {
      mask = right >= 32 ? 0xffffffff : ((mask >>> right) | ~(0xffffffff >>> right)) >>> 0;
      word = right >= 32 ? 0 : word >>> right;
    }
    word = (word & mask) >>> 0;
  }
  return { mask, value: word };
}

function rawPart(raw: RawBits, cells: Cells): PartialBits {
  const { mask, value } = headerBits(raw, cells);
  // Above its length there is nothing: those bits are known to be zero.
  return { mask: Number(mask | (0xffffffffn ^ ones(raw.length))), value: Number(value) };
}

/** Whether an unknown value lies in a set, by what it can still be and by the bits that are known. */
export function unknownWithin(value: FieldValue, within: Intervals, cells: Cells): Answer {
  const field = fieldOf(value.field);
  const slot = slotFor(field, cells);
  const partly = knownBits(value, cells);
  if (partly.mask !== 0) {
    if (partly.mask === 0xffffffff) return answerOf(contains(within, partly.value));
    if (
      within.length === 2 &&
      within[0] === within[1] &&
      ((partly.value ^ Number(within[0])) & partly.mask) >>> 0 !== 0
    )
      return 'no';
  }
  if (value.bits !== undefined) return 'maybe';
  const shifted =
    field.plus === 0 ? within : within.map((edge) => (typeof edge === 'bigint' ? edge : edge - field.plus));
  const common = overlap(cells.domain(slot) ?? fullRange(field), shifted);
  return common === 'all' ? 'yes' : common === 'none' ? 'no' : 'maybe';
}
