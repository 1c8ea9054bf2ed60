import type { DecisionDetail } from '../../firewall/decide.js';
import type { Flow } from '../../model/failing-flows.js';
import { familyOf } from '../../model/address.js';
import type { PacketMatch } from '../../model/operation.js';
import type { Ruleset } from '../../firewall/ruleset.js';

/** What is sent to that address and port; or of its answers only those that belong to a connection, where that is known. */
export function matchFor({ protocol, address, port }: Flow, direction: 'out' | 'in', tracked: boolean): PacketMatch {
  const common = { family: familyOf(address) === 6 ? 6 : 4, protocol } as const;
  if (direction === 'out') return { ...common, destination: address, dport: port };
  return { ...common, source: address, sport: port, ...(tracked && { established: true }) };
}

/** conntrack looks at packets at priority −200 of prerouting and output: what is asked before knows no connection. */
const conntrackPriority = -200;

export function knowsConnections(decision: DecisionDetail, ruleset: Ruleset): boolean {
  const last = decision.path.at(-1);
  if (last === undefined || last.hook === 'ingress' || last.hook === 'egress') return false;
  if (last.hook !== 'prerouting' && last.hook !== 'output') return true;
  const tables = ruleset.tables.filter((table) => table.name === last.table && table.family === last.family);
  return tables.every((table) =>
    [...table.chains.values()].every(({ base }) => base?.hook !== last.hook || base.priority > conntrackPriority),
  );
}
