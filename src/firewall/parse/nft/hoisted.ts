import { fieldValue, type Match } from '../../ruleset.js';
import { ipv4, ipv6 } from '../../values/fields.js';
import { single } from '../../values/intervals.js';
import { isObject, type Json, type JsonObject } from './json.js';

interface Hoisted {
  /** How libnftables writes the match. */
  readonly key: string;
  /** What nft takes for said already: headers of these protocols, and these fields of `meta`. */
  readonly protocols: ReadonlySet<string>;
  readonly meta: ReadonlySet<string>;
  readonly match: Match;
}

const network = new Set(['nfproto', 'protocol']);
const is = (field: string, value: number): Match => ({
  kind: 'compare',
  left: fieldValue(field),
  within: single(value),
  negated: false,
});

const hoisted: readonly Hoisted[] = [
  { key: 'exthdr', protocols: new Set(['ip6', 'icmpv6']), meta: network, match: is('meta nfproto', ipv6) },
  { key: 'ip option', protocols: new Set(['ip', 'icmp']), meta: network, match: is('meta nfproto', ipv4) },
  { key: 'tcp option', protocols: new Set(['tcp']), meta: new Set(['l4proto']), match: is('meta l4proto', 6) },
];

/** Rejects that answer one protocol alone, by their type. */
const rejects: Readonly<Record<string, Omit<Hoisted, 'key'>>> = {
  icmp: { protocols: new Set(['ip', 'icmp']), meta: network, match: is('meta nfproto', ipv4) },
  icmpv6: { protocols: new Set(['ip6', 'icmpv6']), meta: network, match: is('meta nfproto', ipv6) },
  'tcp reset': { protocols: new Set(['tcp']), meta: new Set(['l4proto']), match: is('meta l4proto', 6) },
};

const withoutEffect: readonly string[] = ['match', 'counter', 'limit', 'log', 'quota'];

/**
 * The protocol of a reject nft asks for at the very beginning (stmt_reject_gen_dependency), and leaves that out when it
 * lists the rule; it also leaves out a `meta nfproto` that somebody wrote beside the reject (both measured, nft 1.0.6).
 * So where something is done before the reject, the listing does not say whether it is done for other packets too.
 */
export function rejectsProtocol(expr: readonly Json[]): readonly Match[] {
  const last = expr.at(-1);
  const type = isObject(last) && isObject(last.reject) ? last.reject.type : undefined;
  const found = typeof type === 'string' ? rejects[type] : undefined;
  if (found === undefined) return [];
  const before = expr.slice(0, -1);
  const isDone = before.some((one) => isObject(one) && withoutEffect.every((kind) => one[kind] === undefined));
  if (!isDone || before.some((one) => says(leftOf(one), found.protocols, found.meta))) return [];
  const text = 'whether the protocol of the reject is asked for before the rest of the rule';
  return [{ kind: 'any', of: [found.match, { kind: 'opaque', text, why: 'nft does not list it' }], negated: false }];
}

/**
 * nft puts the protocol of an extension header or option at the very beginning of the rule (expr_evaluate_exthdr), so
 * that what stands before the match is not done either for other packets. Seen only where something is done there.
 */
export function hoistedMatches(expr: readonly Json[]): readonly Match[] {
  const found: Match[] = [];
  for (const { key, protocols, meta, match } of hoisted) {
    const at = expr.findIndex((one) => leftOf(one)?.[key] !== undefined);
    const before = expr.slice(0, Math.max(0, at));
    const isDone = before.some((one) => isObject(one) && one.match === undefined && one.counter === undefined);
    if (isDone && !before.some((one) => says(leftOf(one), protocols, meta))) found.push(match);
  }
  return found;
}

function leftOf(statement: Json): JsonObject | undefined {
  const match = isObject(statement) ? statement.match : undefined;
  const left = isObject(match) ? match.left : undefined;
  return isObject(left) ? left : undefined;
}

function says(left: JsonObject | undefined, protocols: ReadonlySet<string>, meta: ReadonlySet<string>): boolean {
  const { payload, meta: asked } = left ?? {};
  const protocol = isObject(payload) ? payload.protocol : undefined;
  const key = isObject(asked) ? asked.key : undefined;
  return (typeof protocol === 'string' && protocols.has(protocol)) || (typeof key === 'string' && meta.has(key));
}
