import { isMarkOfVpn } from '../model/vpn-marks.js';
import { tunnelProduct } from '../model/tunnel-products.js';
import type { DecidedBy } from './decide.js';
import { exitOf } from './kill-switch/exit.js';
import { isCatchAll, tunnelLeftOut } from './kill-switch/refusal.js';
import type { Chain, Rule, RuleList, Table, Verdict } from './ruleset.js';

/** What is known of this device's interfaces: which are tunnels, whatever their names, and which hold the default route. */
export interface TunnelsHere {
  readonly interfaces: readonly { readonly name: string; readonly kind: string | null }[];
  readonly defaultBy: readonly string[];
}

export interface KillSwitch {
  /** Pattern of the tunnel's interface, as the rules have it (`tun0`, `tun*`); null where they know its server alone. */
  readonly tunnel: string | null;
}

/** More rules than any kill switch has; a big ruleset is another's. */
const mostRules = 400;
const deepest = 8;

/**
 * Whether a refusal belongs to a VPN's kill switch that is made of plain rules: they let out what goes into a tunnel, what the
 * VPN itself sends to its server, and what stays in the local network, and refuse all else. One way past the tunnel for what
 * anybody sends to anywhere (a port of the web's, say), and it is a filter like any other, whatever tunnels it names.
 */
export function killSwitchOf(
  { table, chain, rule, through }: DecidedBy,
  out: string | undefined,
  here: TunnelsHere,
): KillSwitch | null {
  if (out === undefined || ![...through, ...(rule === undefined ? [] : [rule])].every(isCatchAll)) return null;
  const isTunnel = (pattern: string): boolean => {
    const found = here.interfaces.find(({ name }) => name === pattern);
    return tunnelProduct(pattern, found?.kind ?? null) !== undefined;
  };
  const exits: Exits = {
    isTunnel,
    tunnels: [],
    server: false,
    vpnPort: false,
    marked: false,
    left: mostRules,
    ended: false,
  };
  const base = baseOf(table, chain, through, rule);
  if (base?.base?.hook !== 'output' || !walk(base, [], { table, end: rule, isBase: true, depth: 0 }, exits))
    return null;
  const [left] = rule === undefined ? [] : [rule].flatMap((one) => tunnelLeftOut(one, isTunnel) ?? []);
  const tunnel = left ?? exits.tunnels[0] ?? null;
  if (tunnel === null) return exits.vpnPort ? { tunnel } : null;
  if (matches(tunnel, out)) return null;
  // A tunnel that is up and has only some networks behind it is no VPN for all, unless its own server is let through as well.
  const present = here.interfaces.find(({ name }) => matches(tunnel, name));
  const isForAll = present === undefined || here.defaultBy.includes(present.name);
  return left !== undefined || isForAll || exits.server || exits.marked ? { tunnel } : null;
}

interface Exits {
  readonly isTunnel: (pattern: string) => boolean;
  /** Tunnels into which anything may go. */
  tunnels: string[];
  /** A way to what may be a VPN's server: beside a tunnel it is that. */
  server: boolean;
  /** The same by a port of VPNs. Without it, and without a tunnel, it may be whatever machine this one may speak with. */
  vpnPort: boolean;
  /** Packets with a mark that is known to be a VPN's own. */
  marked: boolean;
  left: number;
  /** The refusal was come to: what stands behind it lets nothing out any more. */
  ended: boolean;
}

interface Where {
  readonly table: Table;
  readonly end: Rule | undefined;
  readonly isBase: boolean;
  readonly depth: number;
}

/** False as soon as something is let out that no kill switch lets out, or that cannot be told. */
function walk(chain: Chain, before: readonly Rule[], where: Where, exits: Exits): boolean {
  for (let i = 0; i < chain.rules.length; i++) {
    const rule = chain.rules.at(i);
    if (rule === where.end) exits.ended = true;
    if (exits.ended) return true;
    if (exits.left-- <= 0) return false;
    if (!passes(rule, before, where, exits)) return false;
  }
  return true;
}

function passes(rule: Rule, before: readonly Rule[], where: Where, exits: Exits): boolean {
  for (const part of rule.parts) {
    if (part.kind === 'verdict' && !follow(part.verdict, [...before, rule], where, exits)) return false;
    if (part.kind === 'effect' || part.kind === 'tproxy') return false;
    // Verdicts by the state of the connection alone say nothing of new ones but what is written for `new`.
    if (part.kind === 'vmap' && !isOfOldConnections(part)) return false;
  }
  return true;
}

function follow(verdict: Verdict, path: readonly Rule[], where: Where, exits: Exits): boolean {
  switch (verdict.to) {
    case 'accept':
      return letsOut(path, where.table, exits);
    case 'return':
      // In a base chain that is the policy's word.
      return !where.isBase || letsOut(path, where.table, exits);
    case 'queue':
      return false;
    case 'jump':
    case 'goto': {
      const next = where.table.chains.get(verdict.chain);
      if (next === undefined || where.depth >= deepest) return false;
      return walk(next, path, { ...where, isBase: false, depth: where.depth + 1 }, exits);
    }
    default:
      return true;
  }
}

function letsOut(path: readonly Rule[], table: Table, exits: Exits): boolean {
  const exit = exitOf(
    path.flatMap(({ parts }) => parts),
    table,
    exits.isTunnel,
    isMarkOfVpn,
  );
  if (exit === 'open') return false;
  if (typeof exit === 'object') exits.tunnels.push(...exit.tunnels);
  else if (exit === 'marked') exits.marked = true;
  else if (exit !== 'harmless') {
    exits.server = true;
    if (exit === 'server by its port') exits.vpnPort = true;
  }
  return true;
}

function isOfOldConnections(part: Extract<Rule['parts'][number], { kind: 'vmap' }>): boolean {
  const [key] = part.key;
  if (part.key.length !== 1 || key === undefined || !('field' in key) || key.field !== 'ct state') return false;
  if ('named' in part.map) return false;
  return part.map.elements.every(({ key: [value], data }) => {
    const isNew = value === undefined || !('low' in value) || (Number(value.low) & 8) !== 0 || value.low !== value.high;
    const verdict = data !== undefined && 'verdict' in data ? data.verdict.to : null;
    return verdict === 'drop' || verdict === 'continue' || (!isNew && verdict === 'accept');
  });
}

/** The base chain from which the packet came to that place. */
function baseOf(table: Table, chain: Chain, through: readonly Rule[], rule: Rule | undefined): Chain | undefined {
  if (chain.base !== undefined) return chain;
  const first = through[0] ?? rule;
  return [...table.chains.values()].find(({ base, rules }) => base?.hook === 'output' && holds(rules, first));
}

function holds(rules: RuleList, rule: Rule | undefined): boolean {
  for (let i = 0; i < Math.min(rules.length, mostRules); i++) if (rules.at(i) === rule) return true;
  return false;
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
