import type { DecidedBy } from '../../firewall/decide.js';
import type { Owner } from '../../firewall/owner.js';
import type { Chain, Rule, Table } from '../../firewall/ruleset.js';
import type { Operation, PacketMatch } from '../../model/operation.js';

/** Where a packet is stopped, and whose rule that is. */
export interface Obstacle {
  readonly at: DecidedBy;
  readonly owner: Owner | null;
}

/** An exception in the words of one manager, and the rule that it makes, for the model to try. */
export interface Exception {
  readonly operation: Operation;
  /** Where the rule comes to stand: before the rule at that index (from 0). */
  readonly table: Table;
  readonly chain: Chain;
  readonly index: number;
  readonly rule: Rule;
}

/** How one manager's firewall is told to let something through. */
export interface Dialect {
  readonly id: string;
  speaks(obstacle: Obstacle): boolean;
  /** Ways to say it, the smallest first; the model takes the first that works. */
  exceptions(obstacle: Obstacle, match: PacketMatch): readonly Exception[];
}
