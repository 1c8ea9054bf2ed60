import { type Cell, type Cells, slots } from '../../firewall/decide/cells.js';
import { evaluate } from '../../firewall/decide/evaluate.js';
import { initialCells, type Surroundings } from '../../firewall/decide/initial.js';
import { rawCell, slotFor } from '../../firewall/decide/read-field.js';
import { SetReader } from '../../firewall/decide/sets.js';
import type { Packet } from '../../firewall/packet.js';
import type { Match, Part, Rule, Ruleset, Statement, Table } from '../../firewall/ruleset.js';
import { formatAddress } from '../../firewall/values/addresses.js';
import { fieldOf, slotOf } from '../../firewall/values/fields.js';
import { ctStates, protocols } from '../../firewall/values/symbols.js';

const words: ReadonlyMap<number, string> = new Map([
  [slots.protocol, 'the protocol'],
  [slots.source, 'the source'],
  [slots.destination, 'the destination'],
  [slots.sport, 'the source port'],
  [slots.dport, 'the port'],
  [slots.in, 'it comes in on'],
  [slots.out, 'it goes out on'],
  [slots.uid, 'the user'],
  [slots.gid, 'the group'],
  [slots.mark, 'the mark'],
  [slots.ctState, 'the connection'],
  [slots.ctMark, "the connection's mark"],
  [slots.cgroup, 'the control group'],
]);
const statements: ReadonlySet<string> = new Set<Statement['kind']>([
  'verdict',
  'vmap',
  'nat',
  'tproxy',
  'assign',
  'update',
  'notrack',
  'note',
  'effect',
]);
const addresses: ReadonlySet<number> = new Set([slots.source, slots.destination]);
const interfaces: ReadonlySet<number> = new Set([slots.in, slots.out]);

/**
 * Which of its conditions does not hold for a packet, in a few words; null when none is plain to see. The packet is
 * taken as it came: what rules before this one changed about it is not considered.
 */
export function whyNoMatch(
  packet: Packet,
  around: Surroundings,
  ruleset: Ruleset,
): (rule: Rule, table: Table) => string | null {
  const sets = new SetReader();
  const cells = initialCells(packet, packet.family ?? 4, around);
  // The hook sets them on the way; a packet has no outgoing interface before it is routed, and a local one no incoming.
  cells.values[slots.in] = packet.hook === 'output' ? '' : packet.in;
  cells.values[slots.out] = packet.hook === 'input' ? '' : packet.out;
  return (rule, table) => {
    const scope = { ruleset, table, packet, sets, isTouched: () => false };
    const failing = rule.parts.find((part): part is Match => isMatch(part) && evaluate(part, cells, scope) === 'no');
    return failing === undefined ? null : factOf(failing, cells);
  };
}

function isMatch(part: Part): part is Match {
  return !statements.has(part.kind);
}

/** "the port is 443" */
function factOf(match: Match, cells: Cells): string | null {
  switch (match.kind) {
    case 'compare': {
      const field = fieldOf(match.left.field);
      const absent = field.requires.find(({ slot }) => slot === slots.protocol);
      const protocol = rawCell(slots.protocol, cells);
      if (absent !== undefined && typeof protocol === 'number' && !isWithin(protocol, absent.within))
        return said(slots.protocol, protocol);
      const slot = slotFor(field, cells);
      return said(slot, rawCell(slot, cells));
    }
    case 'name':
      return said(slotOf(match.field), rawCell(slotOf(match.field), cells));
    case 'ipset':
      return `not ${match.negated ? 'outside' : 'in'} the set ${match.set}`;
    case 'lookup':
      return 'named' in match.set
        ? `not ${match.negated ? 'outside' : 'in'} the set ${match.set.named}`
        : keyOf(match, cells);
    case 'all':
    case 'any': {
      const parts = match.of.map((one) => factOf(one, cells)).filter((one) => one !== null);
      return parts[0] ?? null;
    }
    case 'clock':
      return 'the time is another one';
    default:
      return null;
  }
}

function keyOf(match: Match & { readonly kind: 'lookup' }, cells: Cells): string | null {
  const parts = match.key.map((part) => {
    const slot = 'name' in part ? slotOf(part.name) : slotFor(fieldOf(part.field), cells);
    return said(slot, rawCell(slot, cells));
  });
  return parts.every((part) => part !== null) ? parts.join(', ') : null;
}

function said(slot: number, value: Cell): string | null {
  const what = words.get(slot);
  if (what === undefined || value === undefined || value === null) return null;
  if (interfaces.has(slot)) return value === '' ? null : `${what} ${String(value)}`;
  return `${what} is ${shown(slot, value)}`;
}

function shown(slot: number, value: NonNullable<Cell>): string {
  if (typeof value === 'string') return value;
  if (addresses.has(slot)) return formatAddress(value);
  if (slot === slots.protocol) return nameIn(protocols, value);
  return slot === slots.ctState ? nameIn(ctStates, value) : String(value);
}

function nameIn(table: Readonly<Record<string, number>>, value: number | bigint): string {
  return Object.entries(table).find(([, number]) => number === value)?.[0] ?? String(value);
}

function isWithin(value: number, within: readonly (number | bigint)[]): boolean {
  for (let i = 0; i + 1 < within.length; i += 2)
    if ((within[i] ?? 0) <= value && value <= (within[i + 1] ?? -1)) return true;
  return false;
}
