import type { Packet } from '../packet.js';
import type { Ruleset, Table } from '../ruleset.js';
import type { SetReader } from './sets.js';

/** Where a rule is evaluated: its table, the ruleset around it, and which sets rules on this way have written to. */
export interface Scope {
  readonly ruleset: Ruleset;
  readonly table: Table;
  readonly packet: Packet;
  readonly sets: SetReader;
  readonly isTouched: (set: string) => boolean;
}
