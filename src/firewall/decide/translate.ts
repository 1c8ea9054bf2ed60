import type { Chain, Expression, Nat, Rule, Statement } from '../ruleset.js';
import { formatAddress } from '../values/addresses.js';
import { ipv4 } from '../values/fields.js';
import type { Num } from '../values/intervals.js';
import { ctStatuses } from '../values/symbols.js';
import { type Answer, answerOf } from './answer.js';
import { type Cell, slots } from './cells.js';
import { allKnown, elementFor, keyValues } from './lookup.js';
import type { Machine, Step } from './machine.js';
import { expressionValue, throughMap, write, type Written } from './statements.js';
import type { Station } from './plan.js';
import { rivalTranslations } from './uncertain-order.js';
import type { Way } from './way.js';

type Tproxy = Statement & { readonly kind: 'tproxy' };

/** dnat, snat, masquerade, redirect, TPROXY. A translation ends the base chain with accept. */
export function translate(machine: Machine, way: Way, rule: Rule, part: Nat | Tproxy): Step {
  return part.kind === 'tproxy' ? transparent(machine, way, rule, part) : nat(machine, way, rule, part);
}

function nat(machine: Machine, way: Way, rule: Rule, part: Nat): Step {
  const station = way.station as Station;
  const { hook } = station.base;
  const isV4 = way.cells.values[slots.family] === ipv4;
  const isEarly = hook === 'prerouting' || hook === 'output';
  const ofDestination = part.netmap === true ? isEarly : part.type === 'dnat' || part.type === 'redirect';
  if (ofDestination !== isEarly || (hook !== 'postrouting' && hook !== 'input' && !isEarly)) {
    return { kind: 'unknown', why: `${part.text} (it cannot stand in a chain of hook ${hook})`, way };
  }
  const map = [part.address, part.port].find((expression) => expression?.kind === 'map');
  const found = map === undefined ? 'on' : throughMap(machine, way, map);
  if (found !== 'on') return found;
  const address =
    part.netmap === true
      ? sameHost(part, way, isEarly)
      : part.address === undefined
        ? undefined
        : expressionValue(part.address, way, machine);
  const port =
    part.port === undefined ? portOfMap(part.address, way, machine) : expressionValue(part.port, way, machine);
  if (address === 'no element' || port === 'no element') return 'next rule';
  if (part.family !== undefined && (part.family === 'ip') !== isV4) {
    // Of the other family, in an inet table: the statement does nothing (nft_nat_inet_eval).
    return 'on';
  }
  const chain = way.frame?.chain ?? station.chain;
  if (ofDestination) destination(way, { part, rule, chain, station, address, port, isV4 });
  else source(way, part, address, port);
  machine.note(way, 'translate', rule, way.translation?.to);
  way.passed = { value: { station, chain, rule }, before: way.passed };
  const rivals = ofDestination ? rivalTranslations(machine, way, station) : [];
  if (rivals.length === 0) return 'next station';
  way.rule = undefined;
  way.frame = undefined;
  return [way, ...rivals];
}

/** NETMAP: the network of the new address, the host part of the old one. */
function sameHost(part: Nat, way: Way, ofDestination: boolean): Written {
  const old = way.cells.values[ofDestination ? slots.destination : slots.source];
  if (part.address?.kind !== 'range' || (typeof old !== 'number' && typeof old !== 'bigint'))
    return { cell: undefined };
  const { low, high } = part.address;
  const size = BigInt(high) - BigInt(low) + 1n;
  const host = BigInt(old) % size;
  return { cell: typeof old === 'bigint' ? BigInt(low) + host : Number(BigInt(low) + host) };
}

interface Found {
  readonly part: Nat;
  readonly rule: Rule;
  readonly chain: Chain;
  readonly station: Station;
  readonly address: Written | undefined;
  readonly port: Written | undefined;
  readonly isV4: boolean;
}

function destination(way: Way, found: Found): void {
  const { part, station, address, port, isV4 } = found;
  const isLocal = part.type === 'redirect';
  const { cells } = way;
  const before = [cells.values[slots.destination], cells.values[slots.dport]] as const;
  if (isLocal) {
    // On output the new destination is loopback; for what comes in, an address of the interface it came by.
    const loopback = station.base.hook === 'output' || cells.values[slots.in] === 'lo';
    write(way, slots.destination, { cell: loopback ? (isV4 ? 0x7f000001 : 1n) : undefined });
    cells.write(slots.destinationType, 2);
  } else if (address !== undefined) write(way, slots.destination, address);
  if (port !== undefined && hasPorts(cells.values[slots.protocol])) write(way, slots.dport, port);
  const after = [cells.values[slots.destination], cells.values[slots.dport]] as const;
  addStatus(way, ctStatuses.dnat ?? 0x20, changed(before, after));
  way.destinationSettled = true;
  const to = endpoint(
    cells.values[slots.destination],
    address,
    cells.values[slots.dport],
    port,
    hasPorts(cells.values[slots.protocol]),
  );
  way.translation = { station: found.station, chain: found.chain, rule: found.rule, to, isLocal };
}

function source(way: Way, part: Nat, address: Written | undefined, port: Written | undefined): void {
  const { cells } = way;
  const before = [cells.values[slots.source], cells.values[slots.sport]] as const;
  write(
    way,
    slots.source,
    part.type === 'masquerade' ? { cell: undefined } : (address ?? { cell: cells.values[slots.source] }),
  );
  if (hasPorts(cells.values[slots.protocol])) {
    // A port that is taken already is changed, with or without a range of its own.
    write(way, slots.sport, port ?? { cell: undefined });
  }
  const after = [cells.values[slots.source], cells.values[slots.sport]] as const;
  addStatus(way, ctStatuses.snat ?? 0x10, changed(before, after));
  way.sourceSettled = true;
}

/** A translation to what the packet has already is none: the connection gets no mark of it (nf_nat_setup_info). */
function changed(before: readonly Cell[], after: readonly Cell[]): Answer {
  const answers = before.map((old, i): Answer => {
    const now = after[i];
    if (old === null || now === null) return 'no';
    return old === undefined || now === undefined ? 'maybe' : answerOf(old !== now);
  });
  return answers.includes('yes') ? 'yes' : answers.includes('maybe') ? 'maybe' : 'no';
}

function addStatus(way: Way, bit: number, isChanged: Answer): void {
  const { cells } = way;
  const value = cells.values[slots.ctStatus];
  if (isChanged === 'no') return;
  if (isChanged === 'maybe') {
    const known = typeof value === 'number' ? { mask: 0xffffffff, value } : cells.partial?.get(slots.ctStatus);
    cells.write(slots.ctStatus, undefined);
    if (known !== undefined)
      cells.setPartial(slots.ctStatus, { mask: (known.mask & ~bit) >>> 0, value: (known.value & ~bit) >>> 0 });
    return;
  }
  if (typeof value === 'number') cells.write(slots.ctStatus, (value | bit) >>> 0);
  else {
    const known = cells.partial?.get(slots.ctStatus) ?? { mask: 0, value: 0 };
    cells.setPartial(slots.ctStatus, { mask: (known.mask | bit) >>> 0, value: (known.value | bit) >>> 0 });
    cells.version++;
  }
}

function hasPorts(protocol: Cell): boolean {
  return (
    protocol === undefined ||
    protocol === 6 ||
    protocol === 17 ||
    protocol === 132 ||
    protocol === 33 ||
    protocol === 136
  );
}

function endpoint(
  destinationCell: Cell,
  address: Written | undefined,
  portCell: Cell,
  port: Written | undefined,
  withPort: boolean,
): string {
  const span = (low: Num, high: Num, show: (value: Num) => string): string =>
    low === high ? show(low) : `${show(low)}-${show(high)}`;
  const host =
    typeof destinationCell === 'number' || typeof destinationCell === 'bigint'
      ? formatAddress(destinationCell)
      : address?.range === undefined
        ? ''
        : span(address.range[0], address.range[1], formatAddress);
  const service = !withPort
    ? ''
    : typeof portCell === 'number'
      ? `${portCell}`
      : port?.range === undefined
        ? ''
        : span(port.range[0], port.range[1], String);
  if (service === '') return host;
  return `${host.includes(':') ? `[${host}]` : host}:${service}`;
}

/** `dnat to ip daddr . tcp dport map { … : 192.0.2.1 . 80 }`: the second value is the port. */
function portOfMap(address: Expression | undefined, way: Way, machine: Machine): Written | undefined {
  if (address?.kind !== 'map') return undefined;
  const scope = machine.scope(way);
  const set = scope.sets.find(address.map, scope.table);
  const values = keyValues(address.key, way.cells);
  const element = set !== undefined && allKnown(values) ? elementFor(values, set) : undefined;
  if (element?.data === undefined)
    return set?.elements.some(({ data }) => data !== undefined && 'values' in data && data.values.length > 1) === true
      ? { cell: undefined }
      : undefined;
  if (!('values' in element.data) || element.data.values.length < 2) return undefined;
  const found = expressionValue({ ...address, part: 1 }, way, machine);
  return found === 'no element' ? undefined : found;
}

/** Handed to a program that listens for other machines' addresses. The packet itself stays as it is. */
function transparent(machine: Machine, way: Way, rule: Rule, part: Tproxy): Step {
  const station = way.station as Station;
  const chain = way.frame?.chain ?? station.chain;
  const port = part.port ?? way.cells.values[slots.dport];
  const host = part.address === undefined ? '' : formatAddress(part.address);
  way.translation = {
    station,
    chain,
    rule,
    to: `${host.includes(':') ? `[${host}]` : host}:${typeof port === 'number' ? port : ''}`,
    isLocal: true,
  };
  machine.note(way, 'translate', rule, way.translation.to);
  if (part.mark !== undefined) {
    const value = expressionValue(part.mark.value, way, machine);
    if (value !== 'no element') write(way, slots.mark, value);
  }
  if (!part.ends) return 'on';
  way.passed = { value: { station, chain, rule }, before: way.passed };
  return 'next station';
}
