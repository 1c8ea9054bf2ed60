import type { Packet } from '../packet.js';
import { fieldOf, ipv4, ipv6, isKnownField, slotCount, slotOf } from '../values/fields.js';
import { type Intervals, type Num } from '../values/intervals.js';
import { ctStates } from '../values/symbols.js';
import { destinationTypes, sourceTypes } from './address-types.js';
import { type Cell, Cells, slots } from './cells.js';

/** What the decision may know of the machine beside its rules. */
export interface Surroundings {
  /** The machine's own addresses, where they are all known. */
  readonly localAddresses?: ReadonlySet<Num>;
}

const fragmentSlot = slotOf('ip frag-off');

let empty: Cell[] = [];

/** All unknown. Copying an array is several times faster than filling one. */
function blank(): Cell[] {
  if (empty.length !== slotCount()) empty = Array.from({ length: slotCount() }, () => undefined);
  return empty.slice();
}

/** The packet as it comes in, taken as one of a family. */
export function initialCells(packet: Packet, family: 4 | 6, around: Surroundings): Cells {
  const values = blank();
  const cells = new Cells(values, packet.fields);
  values[slots.family] = family === 4 ? ipv4 : ipv6;
  values[slots.version] = family;
  values[slots.etherType] = family === 4 ? 0x0800 : 0x86dd;
  values[slots.protocol] = packet.protocol;
  values[slots.source] = packet.source;
  values[slots.destination] = packet.destination;
  values[slots.sport] = packet.sport;
  values[slots.dport] = packet.dport;
  values[slots.flags] = packet.flags;
  values[slots.icmpType] = packet.icmpType;
  values[slots.icmpCode] = packet.icmpCode;
  values[slots.ttl] = packet.ttl;
  values[slots.dscp] = packet.dscp;
  values[slots.ecn] = packet.ecn;
  values[slots.length] = packet.length;
  values[slots.mark] = packet.mark;
  values[slots.cgroup] =
    packet.cgroup === undefined ? undefined : `/${packet.cgroup.replaceAll(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  values[slots.sourceMac] = packet.sourceMac;
  // Only packets to this very machine reach the forward hook (ip_forward drops what the link layer sent to others too).
  values[slots.pkttype] = packet.pkttype ?? (packet.hook === 'input' ? undefined : 0);
  values[slots.reversePath] =
    packet.reversePath === undefined ? (packet.in === 'lo' ? 1 : undefined) : Number(packet.reversePath);
  values[slots.looseReversePath] = values[slots.reversePath] === 1 ? 1 : undefined;
  setOwner(cells, packet);
  setClock(cells, packet);
  setTypes(cells, packet, around);
  // Not a fragment; whether it may be made one is not said.
  if (family === 4) cells.setPartial(fragmentSlot, { mask: 0xffffbfff, value: 0 });
  // Names that no rule has asked for yet are looked up when one does: whoever writes packets must not fill memory.
  if (packet.fields !== undefined) {
    for (const [name, value] of Object.entries(packet.fields))
      if (isKnownField(name)) values[fieldOf(name).slot] = value;
  }
  setConnection(cells, packet);
  return cells;
}

function setOwner(cells: Cells, packet: Packet): void {
  const { values } = cells;
  values[slots.uid] = packet.uid;
  values[slots.gid] = packet.gid;
  const unknown = [slots.uid, slots.gid, slots.cgroup].filter((slot) => values[slot] === undefined);
  if (packet.socket === false) {
    for (const slot of unknown) values[slot] = null;
  } else if (packet.hook === 'output') {
    // The kernel's own packets (resets, ICMP errors) have no sender.
    cells.maybeAbsent = new Set(unknown);
  } else if (packet.hook === 'forward' || packet.state === ctStates.new) {
    // No socket is known yet: early demultiplexing finds established ones only.
    for (const slot of unknown) values[slot] = null;
  } else cells.maybeAbsent = new Set(unknown);
}

function setClock(cells: Cells, packet: Packet): void {
  if (packet.time === undefined) return;
  const days = Math.floor(packet.time / 86_400);
  cells.values[slots.day] = (4 + days) % 7;
  // nft prints hours and dates in the time of the machine that lists the rules.
  if (packet.utcOffset === undefined) return;
  const local = packet.time + packet.utcOffset;
  cells.values[slots.time] = local;
  cells.values[slots.hour] = ((local % 86_400) + 86_400) % 86_400;
}

function setTypes(cells: Cells, packet: Packet, around: Surroundings): void {
  put(cells, slots.sourceType, packet.sourceType, sourceTypes(packet, around));
  put(cells, slots.destinationType, packet.destinationType, destinationTypes(packet, around));
}

function put(cells: Cells, slot: number, given: number | undefined, possible: Intervals | undefined): void {
  if (given !== undefined || possible === undefined) cells.values[slot] = given;
  else if (possible.length === 2 && possible[0] === possible[1]) cells.values[slot] = possible[0];
  else cells.setDomain(slot, possible);
}

function setConnection(cells: Cells, packet: Packet): void {
  const { values } = cells;
  values[slots.ctState] = packet.state;
  values[slots.ctStatus] = packet.ctStatus;
  values[slots.ctMark] = packet.ctMark;
  values[slots.ctDirection] = packet.ctDirection;
  settleConnection(cells);
}

const connectionParts = [
  slots.ctStatus,
  slots.ctMark,
  slots.ctDirection,
  slots.ctOriginalSource,
  slots.ctOriginalDestination,
  slots.ctOriginalSourcePort,
  slots.ctOriginalDestinationPort,
  slots.ctProtocol,
  slots.ctFamily,
  slots.helper,
];

/**
 * What the state says about the rest. The first packet of a connection carries no mark and no status yet, and goes the
 * original way; an invalid or untracked one has no connection at all.
 */
export function settleConnection(cells: Cells): void {
  const { values } = cells;
  const state = values[slots.ctState];
  if (state === undefined) {
    cells.maybeAbsent = new Set([
      ...(cells.maybeAbsent ?? []),
      ...connectionParts.filter((slot) => values[slot] === undefined),
    ]);
    return;
  }
  if (cells.maybeAbsent !== undefined)
    cells.maybeAbsent = new Set([...cells.maybeAbsent].filter((slot) => !connectionParts.includes(slot)));
  if (state === ctStates.invalid || state === ctStates.untracked) {
    for (const slot of connectionParts) values[slot] = null;
    return;
  }
  if (state === ctStates.new) {
    values[slots.ctDirection] ??= 0;
    values[slots.ctMark] ??= 0;
    values[slots.helper] ??= null;
    if (values[slots.ctStatus] === undefined) {
      // Unconfirmed as yet, or confirmed when the first packet is sent again; translation is what the rules will say.
      cells.setPartial(slots.ctStatus, { mask: 0x37, value: 0 });
    }
    values[slots.ctOriginalSource] ??= values[slots.source];
    values[slots.ctOriginalDestination] ??= values[slots.destination];
    values[slots.ctOriginalSourcePort] ??= values[slots.sport];
    values[slots.ctOriginalDestinationPort] ??= values[slots.dport];
  } else cells.maybeAbsent = new Set([...(cells.maybeAbsent ?? []), slots.helper]);
  values[slots.ctProtocol] ??= values[slots.protocol];
  values[slots.ctFamily] ??= values[slots.family];
}
