import type { Hook } from '../ruleset.js';
import { intersect, isEmpty, type Num, onlyMember, without } from '../values/intervals.js';
import { addressTypes } from '../values/symbols.js';
import { deliveredTypes, mayBeBroadcast, typeByClass } from './address-types.js';
import { slots } from './cells.js';
import type { Machine } from './machine.js';
import { accepted, type Outcome } from './outcome.js';
import type { Way } from './way.js';

const local = addressTypes.local ?? 2;
const broadcast = addressTypes.broadcast ?? 3;

export function firstStages(hook: 'input' | 'output' | 'forward'): readonly Hook[] {
  return hook === 'output' ? ['output', 'postrouting', 'egress'] : ['ingress', 'prerouting'];
}

/** The hook is done: on to the next, which after prerouting is a question of routing. */
export function enterNextStage(way: Way, machine: Machine): 'on' | Outcome | readonly Way[] {
  if (way.stage?.hook === 'prerouting') {
    const routed = route(way, machine);
    if (routed !== 'on') return routed;
  }
  return enterStage(way, machine);
}

function enterStage(way: Way, machine: Machine): 'on' | Outcome {
  const [hook, ...rest] = way.stagesLeft;
  if (hook === undefined) return accepted(way);
  way.stagesLeft = rest;
  const from = way.stage?.hook;
  way.stage = machine.shop.plan.stage(hook, way.family);
  way.group = -1;
  way.order = [];
  way.inGroup = 0;
  way.groupStart = undefined;
  way.station = undefined;
  setDevices(way, machine, hook, from);
  return 'on';
}

/** Which devices a rule of the hook can see. Of an unknown one what was assumed of it stays. */
function setDevices(way: Way, machine: Machine, hook: Hook, from: Hook | undefined): void {
  const { cells } = way;
  const { values } = cells;
  const { packet } = machine;
  const put = (slot: number, value: string | undefined): void => {
    if (values[slot] === value) return;
    values[slot] = value;
    cells.version++;
  };
  // On egress there is no interface that it came in by, not even for what is passed on (nf_hook_egress; measured).
  if (hook === 'egress') put(slots.in, '');
  if (hook === 'ingress' || (hook === 'prerouting' && from === undefined)) {
    put(slots.in, packet.in === '' ? undefined : packet.in);
    put(slots.out, '');
  } else if (hook === 'forward') {
    decreaseTtl(way);
    put(slots.out, packet.hook === 'forward' ? packet.out : undefined);
  } else if (hook === 'output') {
    put(slots.in, '');
    put(slots.out, packet.out);
  } else if (hook === 'postrouting' && from === 'output' && (way.translation !== undefined || way.markChanged)) {
    // Translated or marked, it is routed anew.
    put(slots.out, way.translation?.isLocal === true ? 'lo' : undefined);
  }
  setDeviceType(way, slots.out, slots.outType);
  setDeviceType(way, slots.in, slots.inType);
  if (hook === 'postrouting' || hook === 'egress') mayBeOutType(way);
}

/** A router takes one off before its forward hook sees the packet (ip_forward, ip6_forward). */
function decreaseTtl(way: Way): void {
  const { cells } = way;
  const ttl = cells.values[slots.ttl];
  const domain = cells.domain(slots.ttl);
  cells.write(slots.ttl, typeof ttl === 'number' && ttl > 0 ? ttl - 1 : undefined);
  if (typeof ttl === 'number') return;
  const shifted = (domain ?? [1, 255]).map((edge) => Number(edge) - 1).filter((edge) => edge >= 0);
  if (shifted.length === (domain?.length ?? 2)) cells.setDomain(slots.ttl, shifted);
}

function setDeviceType(way: Way, name: number, type: number): void {
  const device = way.cells.values[name];
  if (device === '') way.cells.values[type] = null;
  else if (device === 'lo') way.cells.values[type] = 772;
  else if (way.cells.values[type] === null) way.cells.values[type] = undefined;
}

/**
 * Of what this machine sends, newer kernels give the type of the interface that it leaves by for the one it came in by,
 * older ones none (measured on 6.18).
 */
function mayBeOutType({ cells }: Way): void {
  const { values } = cells;
  if (values[slots.in] !== '') return;
  const out = values[slots.outType];
  values[slots.inType] = undefined;
  cells.maybeAbsent = new Set([...(cells.maybeAbsent ?? []), slots.inType]);
  if (typeof out === 'number') cells.setDomain(slots.inType, [out, out]);
}

/** After prerouting: delivered here or passed on. Where the packet is said to go is where it went. */
function route(way: Way, machine: Machine): 'on' | Outcome | readonly Way[] {
  const { packet } = machine;
  const { translation, cells } = way;
  if (translation?.isLocal === true) return towards(way, 'input', local);
  if (translation !== undefined) {
    const isHere = isLocal(cells.values[slots.destination], machine);
    if (isHere === true) return towards(way, 'input', local);
    if (packet.hook === 'forward' || isHere === false) return towards(way, 'forward', undefined);
    const other = way.copy();
    for (const one of [way, other]) one.because('whether the new destination is this machine');
    towards(way, 'input', local);
    towards(other, 'forward', undefined);
    return [way, other];
  }
  // A mark may have sent it to a routing table of its own (transparent proxies): then its type says nothing.
  if (!way.markChanged && !possible(way, packet.hook === 'input')) return { kind: 'impossible' };
  return towards(way, packet.hook === 'input' ? 'input' : 'forward', undefined);
}

function towards(way: Way, hook: 'input' | 'forward', type: number | undefined): 'on' {
  way.stage = undefined;
  way.stagesLeft = hook === 'input' ? ['input'] : ['forward', 'postrouting', 'egress'];
  if (type !== undefined) way.cells.write(slots.destinationType, type);
  return 'on';
}

function isLocal(address: unknown, machine: Machine): boolean | undefined {
  if (typeof address !== 'number' && typeof address !== 'bigint') return undefined;
  const byClass = typeByClass(address);
  if (byClass !== undefined) return byClass === local;
  const own: ReadonlySet<Num> | undefined = machine.around.localAddresses;
  if (own !== undefined) return own.has(address) ? true : mayBeBroadcast(address) ? undefined : false;
  return address === machine.packet.destination && machine.packet.hook === 'input' ? true : undefined;
}

/** Whether what was assumed of the destination's type agrees with where the packet went; narrows it where it does. */
function possible(way: Way, delivered: boolean): boolean {
  const { cells } = way;
  const slot = slots.destinationType;
  const value = cells.values[slot];
  const destination = cells.values[slots.destination];
  const known = typeof destination === 'number' || typeof destination === 'bigint' ? destination : undefined;
  const allowed = delivered ? deliveredTypes(known) : without([0, 255], [local, broadcast]);
  if (typeof value === 'number') {
    // A type that was given, or follows from the address, is not called into question.
    return way.typeGiven || !isEmpty(intersect([value, value], allowed));
  }
  const left = intersect(cells.domain(slot) ?? [0, 255], allowed);
  if (isEmpty(left)) return way.typeGiven;
  const only = onlyMember(left);
  if (only === undefined) cells.setDomain(slot, left);
  else cells.values[slot] = only;
  return true;
}
