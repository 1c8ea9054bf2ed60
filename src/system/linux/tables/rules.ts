/** Policy rules: `ip -j rule show`. */
import type { TableEntry } from '../../../model/kernel-tables.js';
import { attributesIn, type Message, textOf } from '../trace/netlink-message.js';
import { addressText, allOrNull, present, unsigned, viewOf } from './decode.js';
import { ruleActions, tableNames } from './names.js';

/** struct fib_rule_hdr: family, lengths of destination and source, type of service, table, two reserved, action, flags. */
const headerLength = 12;
const FR_ACT_TO_TBL = 1;
const FIB_RULE_INVERT = 2;
const FRA = {
  destination: 1,
  source: 2,
  inInterface: 3,
  priority: 6,
  mark: 10,
  suppressPrefix: 14,
  table: 15,
  mask: 16,
  outInterface: 17,
  users: 20,
} as const;
/** FRA_PAD, FRA_PROTOCOL (who made it) and what stands for "nothing" in each rule: said by no line of ip(8). */
const silent: ReadonlySet<number> = new Set([18, 21]);
const known: ReadonlySet<number> = new Set([...Object.values(FRA), ...silent]);
const suppressNothing = 0xffffffff;

/** Null when a rule has a selector, an action or a table that only ip(8) can put into words. */
export function ruleEntries(rules: readonly Message[]): TableEntry[] | null {
  return allOrNull(rules.map(ruleEntry));
}

function ruleEntry({ body }: Message): TableEntry | null {
  if (body.length < headerLength) return null;
  const attributes = attributesIn(body.subarray(headerLength));
  const [, destinationLength = 0, sourceLength = 0, tos = 0, shortTable = 0, , , action = 0] = body;
  const flags = viewOf(body).getUint32(8, true);
  if (tos !== 0 || [...attributes.keys()].some((type) => !known.has(type))) return null;
  const table = unsigned(attributes.get(FRA.table)) ?? shortTable;
  const toTable = action === FR_ACT_TO_TBL;
  const tableName = toTable ? tableNames[table] : null;
  const actionName = toTable ? null : ruleActions[action];
  if (tableName === undefined || actionName === undefined) return null;
  const mark = unsigned(attributes.get(FRA.mark));
  const mask = unsigned(attributes.get(FRA.mask));
  const suppressed = unsigned(attributes.get(FRA.suppressPrefix));
  const users = attributes.get(FRA.users);
  const source = addressText(attributes.get(FRA.source));
  const destination = addressText(attributes.get(FRA.destination));
  const marked = mark !== null && (mark !== 0 || (mask ?? 0) !== 0);
  return {
    priority: unsigned(attributes.get(FRA.priority)) ?? 0,
    ...((flags & FIB_RULE_INVERT) !== 0 && { not: null }),
    src: source ?? 'all',
    ...lengthOf('srclen', source, sourceLength),
    ...present({
      dst: destination,
      ...lengthOf('dstlen', destination, destinationLength),
      fwmark: marked ? `0x${mark.toString(16)}` : null,
      fwmask: marked && mask !== null && mask !== 0xffffffff ? `0x${mask.toString(16)}` : null,
      iif: textOf(attributes.get(FRA.inInterface)),
      oif: textOf(attributes.get(FRA.outInterface)),
      uid_start: unsigned(users?.subarray(0, 4)),
      uid_end: unsigned(users?.subarray(4, 8)),
      table: tableName,
      suppress_prefixlen: suppressed === suppressNothing ? null : suppressed,
      action: actionName,
    }),
  };
}

function lengthOf(key: 'srclen' | 'dstlen', address: string | null, length: number): Record<string, number> {
  return address === null || length === (address.includes(':') ? 128 : 32) ? {} : { [key]: length };
}
