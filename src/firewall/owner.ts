import { chainSigns, commentSigns, type OwnerId, setSigns, type Sign, tableSigns } from './owners/signs.js';
import type { Chain, Match, Part, Rule, Ruleset, Table } from './ruleset.js';

export type { OwnerId } from './owners/signs.js';

/** Who put a rule there, by name, comment and shape. */
export interface Owner {
  readonly id: OwnerId;
  /** What the rule belongs to within the owner's world: `zone`, `jail`, `interface`, `policy`, `service`, `mode`. */
  readonly detail: Readonly<Record<string, string>>;
}

export interface RuleContext {
  readonly table: Table;
  readonly chain: Chain;
  /** Left out for a chain's policy. */
  readonly rule?: Rule;
}

/** Null when nothing tells: a rule that somebody wrote by hand, or a manager that is not known. */
export function ownerOf(context: RuleContext): Owner | null {
  const { table, chain, rule } = context;
  const owner =
    (rule === undefined ? undefined : byComment(rule)) ??
    bySign(tableSigns, table.name) ??
    bySign(chainSigns, chain.name, table) ??
    (rule === undefined ? ofPolicy(table, chain) : (byShape(rule, table) ?? byBridge(rule, table, chain)));
  return owner === undefined ? null : { ...owner, detail: { ...owner.detail, ...more(owner.id, context) } };
}

function bySign(signs: readonly Sign[], name: string, table?: Table): Owner | undefined {
  for (const { owner, pattern, part, beside } of signs) {
    const found = pattern.exec(name);
    if (found && beside !== undefined && !beside.some((chain) => table?.chains.has(chain) === true)) continue;
    if (found) return { id: owner, detail: part !== undefined && found[1] !== undefined ? { [part]: found[1] } : {} };
  }
  return undefined;
}

function byComment(rule: Rule): Owner | undefined {
  return rule.comment === undefined ? undefined : bySign(commentSigns, rule.comment);
}

/** In a chain that belongs to nobody: a jump into the owner's chain, or a match on the owner's set or interface. */
function byShape(rule: Rule, table: Table): Owner | undefined {
  for (const part of rule.parts) {
    const owner = byPart(part, table);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/**
 * Docker writes one rule for what stays on a bridge of its own, and nothing else into it (setupIPTablesInternal): with
 * enable_icc=false it drops.
 */
function byBridge(rule: Rule, table: Table, chain: Chain): Owner | undefined {
  if (chain.base?.hook !== 'forward' || ![...table.chains.keys()].some((name) => name.startsWith('DOCKER')))
    return undefined;
  const bridges: string[] = [];
  for (const part of rule.parts) {
    if (part.kind === 'verdict') continue;
    const isBridge = part.kind === 'name' && !part.negated && (part.field === 'iifname' || part.field === 'oifname');
    if (!isBridge) return undefined;
    bridges.push(...part.patterns);
  }
  const [from, to] = bridges;
  const isOwn = bridges.length === 2 && from === to && /^(?:docker0|br-[0-9a-f]{12})$/.test(from ?? '');
  return isOwn ? { id: 'docker', detail: {} } : undefined;
}

function byPart(part: Part, table: Table): Owner | undefined {
  switch (part.kind) {
    case 'verdict':
      return part.verdict.to === 'jump' || part.verdict.to === 'goto'
        ? bySign(chainSigns, part.verdict.chain, table)
        : undefined;
    case 'ipset':
      return bySign(setSigns, part.set);
    case 'lookup':
      return 'named' in part.set ? bySign(setSigns, part.set.named) : undefined;
    case 'name':
      // Proton VPN's kill switch is a dummy interface of this name.
      return part.patterns.some((pattern) => /^pvpn(?:ksintrf|rout)/.test(pattern))
        ? { id: 'protonvpn', detail: {} }
        : undefined;
    default:
      return undefined;
  }
}

/** A manager that works in iptables' own tables sets the policies of the built-in chains whose traffic it takes over. */
function ofPolicy(table: Table, chain: Chain): Owner | undefined {
  if (chain.base === undefined || (table.family !== 'ip' && table.family !== 'ip6')) return undefined;
  const names = [...table.chains.keys()];
  if (
    chain.base.hook === 'forward' &&
    chain.base.policy === 'drop' &&
    names.some((name) => name.startsWith('DOCKER')) &&
    !names.some((name) => name.startsWith('ufw'))
  ) {
    return { id: 'docker', detail: {} };
  }
  const jumps = new Set<string>();
  for (const rule of chain.rules) {
    for (const part of rule.parts)
      if (part.kind === 'verdict' && (part.verdict.to === 'jump' || part.verdict.to === 'goto'))
        jumps.add(part.verdict.chain);
    if (jumps.size > 64) break;
  }
  const own = [...jumps].map((name) => bySign(chainSigns, name, table));
  return (
    own.find((owner) => owner?.id === 'ufw') ?? own.find((owner) => owner?.id === 'csf' || owner?.id === 'shorewall')
  );
}

function more(id: OwnerId, { table, chain, rule }: RuleContext): Readonly<Record<string, string>> {
  if (id === 'firewalld') return firewalldDetail(table, chain, rule);
  if (id === 'fail2ban' || id === 'crowdsec') return setDetail(rule);
  const service =
    rule?.comment === undefined
      ? null
      : /^("?)(\S+?\/\S+?)\1 (?:has no (?:local )?endpoints|cluster IP|external IP|loadbalancer IP)/.exec(rule.comment);
  return id === 'kubernetes' && service?.[2] !== undefined ? { service: service[2] } : {};
}

/** `filter_IN_public_deny`: zone public; `filter_IN_policy_allow-host-ipv6_allow`: a policy; panic mode has a table of its own. */
function firewalldDetail(table: Table, chain: Chain, rule: Rule | undefined): Readonly<Record<string, string>> {
  if (table.name === 'firewalld_policy_drop') return { mode: 'panic' };
  const found =
    /^(?:filter|nat|mangle|raw)_(?:IN|FWD|FWDI|FWDO|PRE|POST|OUT)_(policy_)?(.+?)(?:_(log|deny|allow|pre|post))?$/.exec(
      chain.name,
    ) ?? /^(?:IN|FWDI|FWDO|FWD|PRE|POST|OUT)_(policy_)?(.+?)(?:_(log|deny|allow|pre|post))?$/.exec(chain.name);
  if (chain.name.endsWith('_direct')) return { mode: 'direct' };
  if (!found) return {};
  const rich: { kind?: string } =
    found[3] === 'deny' || found[3] === 'pre' || found[3] === 'post' || (found[3] === 'log' && rule !== undefined)
      ? { kind: 'rich rule' }
      : {};
  return { [found[1] === undefined ? 'zone' : 'policy']: found[2] ?? '', ...rich };
}

function setDetail(rule: Rule | undefined): Readonly<Record<string, string>> {
  for (const part of rule?.parts ?? []) {
    const set = isSetMatch(part);
    const found = set === undefined ? undefined : bySign(setSigns, set);
    if (found !== undefined) return { ...found.detail, set: set ?? '' };
  }
  return {};
}

function isSetMatch(part: Part): string | undefined {
  const match = part as Match;
  if (match.kind === 'ipset') return match.set;
  return match.kind === 'lookup' && 'named' in match.set ? match.set.named : undefined;
}

/** Base chains and who owns what happens in them: two managers on one hook are worth a word. */
export interface HookOwner {
  readonly owner: Owner;
  readonly hook: string;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly policy: 'accept' | 'drop';
}

export function hookOwners(ruleset: Ruleset): readonly HookOwner[] {
  const found: HookOwner[] = [];
  for (const table of ruleset.tables) {
    for (const chain of table.chains.values()) {
      if (chain.base === undefined) continue;
      for (const owner of ownersIn(table, chain)) {
        found.push({
          owner,
          hook: chain.base.hook,
          family: table.family,
          table: table.name,
          chain: chain.name,
          policy: chain.base.policy,
        });
      }
    }
  }
  return found;
}

/** The owner of the chain itself, or of those whose chains it leads to. */
function ownersIn(table: Table, chain: Chain): readonly Owner[] {
  const own = bySign(tableSigns, table.name) ?? bySign(chainSigns, chain.name, table);
  if (own !== undefined) return [own];
  const owners = new Map<OwnerId, Owner>();
  let looked = 0;
  for (const rule of chain.rules) {
    const owner = ownerOf({ table, chain, rule });
    if (owner !== null && !owners.has(owner.id)) owners.set(owner.id, owner);
    if (++looked > 1000) break;
  }
  return [...owners.values()];
}
