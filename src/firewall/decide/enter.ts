import { isWithoutDevice } from '../parse/nft/chain-devices.js';
import type { Match } from '../ruleset.js';
import { ctStates } from '../values/symbols.js';
import { slots } from './cells.js';
import { evaluate } from './evaluate.js';
import type { Machine } from './machine.js';
import type { Group, Station } from './plan.js';
import type { Way } from './way.js';

/** On to the chains of the next priority, in each order that they may have. */
export function enterGroup(machine: Machine, way: Way, group: Group): 'on' | readonly Way[] {
  way.group++;
  way.inGroup = 0;
  way.groupStart = undefined;
  const [first = [], ...others] = group.orders;
  const settled = others.length > 0 && passesNat(way, first);
  const ways = settled ? [first] : group.orders;
  const begun = ways.map((order, i) => {
    const one = i === 0 ? way : way.copy();
    if (ways.length > 1) one.because(`whether translation or the chains of the same priority come first`);
    one.order = order;
    if (order.length > 1) one.groupStart = one.copy();
    return one;
  });
  const entered = begun.map((one) => enterCurrent(machine, one));
  if (begun.length === 1) return entered[0] ?? 'on';
  return begun.flatMap((one, i) => {
    const step = entered[i];
    return step === undefined || step === 'on' ? [one] : step;
  });
}

/** A packet of a known connection meets no nat chain, and then the order does not matter. */
function passesNat(way: Way, order: readonly Station[]): boolean {
  const nat = order.find((station) => station.base.type === 'nat');
  if (nat === undefined) return true;
  const isEarly = nat.base.hook === 'prerouting' || nat.base.hook === 'output';
  if (isEarly ? way.destinationSettled : way.sourceSettled) return true;
  const state = way.cells.values[slots.ctState];
  return state === ctStates.established || state === ctStates.invalid || state === ctStates.untracked;
}

export function enterCurrent(machine: Machine, way: Way): 'on' | readonly Way[] {
  const station = way.order[way.inGroup];
  return station === undefined ? 'on' : enter(machine, way, station);
}

/** Base chains that this packet does not visit are left out: of other devices, and nat when the connection is known. */
export function enter(machine: Machine, way: Way, station: Station): 'on' | readonly Way[] {
  way.station = station;
  const { base } = station;
  const { cells } = way;
  cells.connectionHidden = false;
  const onDevice = deviceMatch(station);
  if (onDevice !== null) {
    const answer = evaluate(onDevice, cells, machine.scope(way));
    if (answer === 'no') return 'on';
    if (answer === 'maybe')
      return machine.fork(way, onDevice, (one, holds) => (holds ? begin(machine, one, station) : undefined));
  }
  if (base.type === 'nat') {
    const isDestination = base.hook === 'prerouting' || base.hook === 'output';
    if (isDestination ? way.destinationSettled : way.sourceSettled) return 'on';
    const isNew: Match = { kind: 'compare', left: { field: 'ct state' }, within: [4, 4, 8, 8], negated: false };
    const answer = evaluate(isNew, cells, machine.scope(way));
    if (answer === 'no') return 'on';
    const related = cells.values[slots.ctState] === ctStates.related;
    if (answer === 'maybe')
      return machine.fork(way, isNew, (one, holds) => (holds ? begin(machine, one, station) : undefined));
    if (related) {
      // The first packet of a related connection is translated, an ICMP error about one is not.
      const other = way.copy();
      for (const one of [way, other]) one.because('whether it is the first packet of the related connection');
      begin(machine, way, station);
      return [way, other];
    }
  }
  return seesConnection(machine, way, station);
}

/** On ingress and egress a chain belongs to interfaces, which nft 1.0 leaves out of its JSON. */
function deviceMatch({ base, chain, table }: Station): Match | null {
  const field = base.hook === 'egress' ? 'oifname' : 'iifname';
  if (base.devices.length > 0) return { kind: 'name', field, patterns: base.devices, negated: false };
  if (!isWithoutDevice(base)) return null;
  const text = `whether chain ${chain.name} of table ${table.family} ${table.name} is on this interface`;
  return { kind: 'opaque', text, why: 'the dump does not say on which interface it is' };
}

/** Before priority −200 of prerouting and output conntrack has not looked yet, except at what comes back over lo. */
function seesConnection(machine: Machine, way: Way, station: Station): 'on' | readonly Way[] {
  const { hook } = station.base;
  const early = hook === 'ingress' || ((hook === 'prerouting' || hook === 'output') && station.priority <= -200);
  if (!early || way.untracked) return begin(machine, way, station);
  if (hook !== 'output') {
    const looped: Match = { kind: 'name', field: 'iifname', patterns: ['lo'], negated: false };
    const answer = evaluate(looped, way.cells, machine.scope(way));
    if (answer === 'yes') return begin(machine, way, station);
    if (answer === 'maybe') return machine.fork(way, looped, (one, holds) => begin(machine, one, station, !holds));
  }
  if (station.priority === -200) {
    const other = way.copy();
    for (const one of [way, other])
      one.because(`whether chain ${station.chain.name} runs before conntrack, which has the same priority`);
    begin(machine, way, station, true);
    begin(machine, other, station, false);
    return [way, other];
  }
  return begin(machine, way, station, true);
}

function begin(machine: Machine, way: Way, station: Station, hidden = false): 'on' {
  way.cells.connectionHidden = hidden;
  way.frame = { chain: station.chain, position: 0, cursor: undefined, up: undefined, depth: 0, entered: undefined };
  machine.note(way, 'enter');
  return 'on';
}
