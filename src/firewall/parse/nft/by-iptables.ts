import { isList, isObject, type Json, type JsonObject, listOf, soleKey, stringOf } from './json.js';

const fields: Readonly<Record<string, ReadonlySet<string>>> = {
  ip: new Set(['saddr', 'daddr', 'protocol', 'frag-off']),
  ip6: new Set(['saddr', 'daddr', 'nexthdr']),
  tcp: new Set(['sport', 'dport', 'flags']),
  udp: new Set(['sport', 'dport']),
};
const keys: ReadonlySet<string> = new Set(['l4proto', 'iifname', 'oifname', 'mark']);
const statements: ReadonlySet<string> = new Set([
  'counter',
  'limit',
  'log',
  'accept',
  'drop',
  'return',
  'jump',
  'goto',
]);
const isPort: ReadonlySet<string> = new Set(['sport', 'dport']);

/**
 * Whether iptables-nft may have written a rule of nft's JSON. What nft itself put into a table of iptables,
 * iptables-nft-save prints as something else: of a set it leaves the whole match out, of a range of addresses it prints
 * the last one (1.8.9, docs/kernel-facts.md). So only what iptables-nft is known to write counts: each rule counts its
 * packets, compares each field once and with a value, and has the rest as extensions of iptables (`xt`).
 */
export function mayBeByIptables(expr: readonly Json[]): boolean {
  if (expr.some((one) => isObject(one) && 'xt' in one)) return true;
  let isCounted = false;
  const asked = new Set<string>();
  for (const one of expr) {
    const key = isObject(one) ? soleKey(one) : undefined;
    if (key === undefined || !isObject(one)) return false;
    isCounted ||= key === 'counter';
    if (key !== 'match') {
      if (!statements.has(key)) return false;
      continue;
    }
    const field = isObject(one.match) ? fieldIn(one.match) : undefined;
    if (field === undefined || asked.has(field)) return false;
    asked.add(field);
  }
  return isCounted;
}

/** What one match of iptables-nft asks about; undefined: it would not write it so. */
function fieldIn({ op, left, right }: JsonObject): string | undefined {
  if ((op !== '==' && op !== '!=') || !isObject(left)) return undefined;
  const masked = listOf(left['&']);
  const bare = masked.length === 2 ? masked[0] : left;
  if (!isObject(bare)) return undefined;
  if (isObject(bare.meta)) {
    const name = stringOf(bare.meta.key);
    return name !== undefined && keys.has(name) && isValue(right, name) ? name : undefined;
  }
  if (!isObject(bare.payload)) return undefined;
  const { protocol, field } = bare.payload;
  if (typeof protocol !== 'string' || typeof field !== 'string') return undefined;
  return fields[protocol]?.has(field) === true && isValue(right, field) ? field : undefined;
}

function isValue(right: Json | undefined, field: string): boolean {
  if (isList(right) || right === undefined) return false;
  if (isObject(right)) return 'prefix' in right || ('range' in right && isPort.has(field)) || '|' in right;
  return typeof right !== 'string' || !right.startsWith('@');
}
