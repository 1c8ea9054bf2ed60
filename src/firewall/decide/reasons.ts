import type { KeyField, Match } from '../ruleset.js';
import { fieldOf, slotName, slotOf } from '../values/fields.js';
import { type Cells, slots } from './cells.js';
import { rawCell, readValue, requirements, slotFor } from './read-field.js';
import type { Scope } from './scope.js';

const words: Readonly<Record<number, string>> = {
  [slots.protocol]: 'protocol',
  [slots.source]: 'source address',
  [slots.destination]: 'destination address',
  [slots.sport]: 'source port',
  [slots.dport]: 'destination port',
  [slots.flags]: 'TCP flags',
  [slots.icmpType]: 'ICMP type',
  [slots.icmpCode]: 'ICMP code',
  [slots.ttl]: 'TTL',
  [slots.dscp]: 'DSCP',
  [slots.ecn]: 'ECN',
  [slots.length]: 'length',
  [slots.mark]: 'mark',
  [slots.uid]: 'user',
  [slots.gid]: 'group',
  [slots.pkttype]: 'packet type',
  [slots.in]: 'incoming interface',
  [slots.out]: 'outgoing interface',
  [slots.cgroup]: 'cgroup',
  [slots.sourceType]: 'type of the source address',
  [slots.destinationType]: 'type of the destination address',
  [slots.reversePath]: 'way back to the source',
  [slots.ctState]: 'state of the connection',
  [slots.ctStatus]: 'status of the connection',
  [slots.ctMark]: 'mark of the connection',
  [slots.ctDirection]: 'direction',
  [slots.hour]: 'hour',
  [slots.day]: 'day',
  [slots.time]: 'time',
  [slots.helper]: 'conntrack helper',
};

function slotWords(slot: number): string {
  return words[slot] ?? slotName(slot);
}

/** What would have to be known to tell whether the match holds: `mark not given`, `limit rate 3/minute`. */
export function missing(match: Match, cells: Cells, scope: Scope): string {
  switch (match.kind) {
    case 'compare':
      return missingField(match.left, cells);
    case 'name':
      return `${slotWords(slotOf(match.field))} not given`;
    case 'lookup': {
      const unknown = match.key.map((part) => missingPart(part, cells)).find((text) => text !== undefined);
      if (unknown !== undefined) return unknown;
      const set = scope.sets.find(match.set, scope.table);
      const name = 'named' in match.set ? match.set.named : 'of the rule';
      if (set === undefined) return `set ${name} is not in the dump`;
      return set.unsure === undefined ? `set ${name} is written to by the rules` : `set ${name}: ${set.unsure}`;
    }
    case 'ipset':
      return scope.ruleset.ipsets.has(match.set)
        ? (match.unsure ?? `membership in ipset ${match.set} hangs on what is not given`)
        : `ipset ${match.set} is not in the dump`;
    case 'all':
    case 'any':
      return match.of.map((one) => missing(one, cells, scope)).find((text) => !text.startsWith('nothing')) ?? 'nothing';
    case 'merged':
      return 'nft may have merged two conditions with != into one';
    case 'clock':
      return scope.packet.time === undefined ? 'time not given' : 'zone of the kernel not given';
    case 'may':
      return match.text;
    case 'opaque':
      return `${match.text} (${match.why})`;
  }
}

export function missingField(
  left: { readonly field: string; readonly bits?: readonly unknown[] },
  cells: Cells,
): string {
  const field = fieldOf(left.field);
  const header =
    requirements(field, cells) === 'maybe'
      ? field.requires.find(({ slot }) => rawCell(slot, cells) === undefined)
      : undefined;
  if (header !== undefined) return `${slotWords(header.slot)} not given`;
  const slot = slotFor(field, cells);
  if (rawCell(slot, cells) !== undefined && !cells.isMaybeAbsent(slot)) return 'nothing';
  return `${slotWords(slot)} not given`;
}

function missingPart(part: KeyField, cells: Cells): string | undefined {
  if ('name' in part)
    return rawCell(slotOf(part.name), cells) === undefined ? `${slotWords(slotOf(part.name))} not given` : undefined;
  return readValue(part, cells) === undefined || requirements(fieldOf(part.field), cells) === 'maybe'
    ? missingField(part, cells)
    : undefined;
}
