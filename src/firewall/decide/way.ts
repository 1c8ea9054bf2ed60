import type { Chain, Hook, Rule, Verdict } from '../ruleset.js';
import type { Cells } from './cells.js';
import type { Cursor } from './finder.js';
import type { Stage, Station } from './plan.js';

/** A chain that is being gone through, and where to go on when it ends. */
export interface Frame {
  readonly chain: Chain;
  position: number;
  cursor: Cursor | undefined;
  readonly up: Frame | undefined;
  readonly depth: number;
  /** The rules whose jumps led here, the last one first. */
  readonly entered: Trail<Rule> | undefined;
}

/** A list that grows at its end and is shared by the ways that have a common beginning. */
export interface Trail<T> {
  readonly value: T;
  readonly before: Trail<T> | undefined;
}

export function inOrder<T>(trail: Trail<T> | undefined): T[] {
  const out: T[] = [];
  for (let one = trail; one !== undefined; one = one.before) out.push(one.value);
  return out.toReversed();
}

export type Happening =
  | 'enter'
  | 'jump'
  | 'goto'
  | 'return'
  | 'end'
  | 'accept'
  | 'drop'
  | 'reject'
  | 'queue'
  | 'policy'
  | 'translate'
  | 'pass'
  | 'match'
  | 'no match'
  | 'perhaps'
  | 'assign';

export interface Event {
  readonly station: Station;
  readonly hook: Hook;
  readonly chain: Chain;
  readonly rule: Rule | undefined;
  readonly happened: Happening;
  readonly note: string | undefined;
}

/** What a base chain said of the packet when it let it pass. */
export interface Passed {
  readonly station: Station;
  readonly chain: Chain;
  readonly rule: Rule | undefined;
}

export interface Translation {
  readonly station: Station;
  readonly chain: Chain;
  readonly rule: Rule;
  readonly to: string;
  /** Delivered to this machine: REDIRECT and TPROXY. */
  readonly isLocal: boolean;
}

/** One way through the rules: as long as all is known there is only one. */
export class Way {
  stage: Stage | undefined;
  stagesLeft: readonly Hook[] = [];
  group = -1;
  order: readonly Station[] = [];
  inGroup = 0;
  station: Station | undefined;
  frame: Frame | undefined;
  rule: Rule | undefined;
  part = 0;
  /** The part of the rule whose map is known, or assumed, to have an element for this packet. */
  mapFound = -1;
  /** Verdict of a map that was forked over: carried out when this way goes on. */
  pending: Verdict | undefined;
  events: Trail<Event> | undefined;
  passed: Trail<Passed> | undefined;
  reasons: Trail<string> | undefined;
  touched: Trail<string> | undefined;
  /** Its addresses or ports are others by now than they were when it came. */
  rewritten = false;
  translation: Translation | undefined;
  /** Source and destination translation are each settled once. */
  destinationSettled = false;
  sourceSettled = false;
  markChanged = false;
  /** The destination's type was known from the start, not assumed on the way. */
  typeGiven = false;
  untracked = false;
  /** State at the start of a group of chains whose order is not certain. */
  groupStart: Way | undefined;
  /** Set on a way that only tries whether another chain of the group would have refused or translated the packet first. */
  trial: 'refuse' | 'translate' | undefined;

  constructor(
    readonly family: 4 | 6,
    public cells: Cells,
  ) {}

  copy(): Way {
    const copy = new Way(this.family, this.cells.copy());
    copy.stage = this.stage;
    copy.stagesLeft = this.stagesLeft;
    copy.group = this.group;
    copy.order = this.order;
    copy.inGroup = this.inGroup;
    copy.station = this.station;
    copy.frame = copyFrame(this.frame);
    copy.rule = this.rule;
    copy.part = this.part;
    copy.pending = this.pending;
    copy.mapFound = this.mapFound;
    copy.events = this.events;
    copy.passed = this.passed;
    copy.reasons = this.reasons;
    copy.touched = this.touched;
    copy.rewritten = this.rewritten;
    copy.translation = this.translation;
    copy.destinationSettled = this.destinationSettled;
    copy.sourceSettled = this.sourceSettled;
    copy.markChanged = this.markChanged;
    copy.typeGiven = this.typeGiven;
    copy.untracked = this.untracked;
    copy.groupStart = this.groupStart;
    copy.trial = this.trial;
    return copy;
  }

  because(reason: string): void {
    if (this.reasons?.value !== reason) this.reasons = { value: reason, before: this.reasons };
  }

  isTouched(set: string): boolean {
    for (let one = this.touched; one !== undefined; one = one.before) if (one.value === set) return true;
    return false;
  }
}

/** Positions are the way's own; cursors are made again where they are needed. */
function copyFrame(frame: Frame | undefined): Frame | undefined {
  if (frame === undefined) return undefined;
  return {
    chain: frame.chain,
    position: frame.position,
    cursor: undefined,
    up: copyFrame(frame.up),
    depth: frame.depth,
    entered: frame.entered,
  };
}
