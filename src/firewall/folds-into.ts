import { ownerOf, type Owner, type RuleContext } from './owner.js';
import { banners, vpns } from './owners/signs.js';
import type { Match, Part, Rule } from './ruleset.js';

/** Causes that a rule merely carries out. "Allow it above" would be the wrong advice for these. */
export type FoldedCause =
  | 'no-backend'
  | 'containers-not-connected'
  | 'port-not-published'
  | 'client-banned'
  | 'vpn-blocks'
  | 'app-policy';

export interface Folded {
  readonly cause: FoldedCause;
  readonly owner: Owner | null;
  /** The service, jail, network or user that it is about, where the rule says so. */
  readonly about: string | null;
}

/**
 * What a refusing rule stands for, or null when it is nothing but a firewall's rule. `through` are the rules whose jumps
 * led to it: a drop in a chain that is entered for one user only is a rule for that user.
 */
export function foldsInto(context: RuleContext, through: readonly Rule[] = []): Folded | null {
  const { chain, rule } = context;
  const owner = ownerOf(context);
  const comment = rule?.comment ?? '';
  const fold = (cause: FoldedCause, about: string | undefined): Folded => ({ cause, owner, about: about ?? null });
  if (owner?.id === 'kubernetes' && isWithoutEndpoints(context, through))
    return fold('no-backend', owner.detail.service ?? serviceIn(through));
  // What stands in DOCKER-USER is whoever runs the machine has put there: no matter of networks that Docker made.
  if (chain.name !== 'DOCKER-USER' && (owner?.id === 'docker' || owner?.id === 'podman')) {
    const cause = betweenContainers(chain.name, comment, rule);
    if (cause !== null) return fold(cause, networkOf(chain.name));
  }
  if (owner !== null && banners.has(owner.id)) return fold('client-banned', owner.detail.jail ?? owner.detail.set);
  if (owner?.id === 'calico') {
    const policy = networkPolicy(chain.name, rule, through);
    if (policy !== null) return fold('app-policy', policy);
  }
  const user = [...through, ...(rule === undefined ? [] : [rule])].map(onlyFor).find((who) => who !== undefined);
  if (user !== undefined) return fold('app-policy', user);
  if (owner?.id === 'opensnitch' || owner?.id === 'portmaster') return fold('app-policy', undefined);
  if (owner !== null && vpns.has(owner.id) && owner.id !== 'networkmanager')
    return fold('vpn-blocks', owner.detail.interface);
  return null;
}

/**
 * Calico has two chains for each pod's interface (`cali-tw-cali…`, to it; `cali-fw-cali…`, from it) and one for each
 * policy (`cali-pi-…`, `cali-po-…`). At the end of the first kind stands a drop for what no policy let pass
 * (felix/rules/endpoints.go); of the second kind a policy that denies. Null for its drops of another kind.
 */
function networkPolicy(chain: string, rule: Rule | undefined, through: readonly Rule[]): string | null {
  const names = [chain, ...through.flatMap((one) => chainIn(one) ?? [])];
  const endpoint = names.flatMap((name) => /^(?:filter-)?cali-(?:tw|fw|th|fh)-(\S+)$/.exec(name)?.[1] ?? [])[0];
  const policy = /^(?:filter-)?cali-(?:pi|po|pri|pro)-(\S+)$/.exec(chain)?.[1];
  if (policy !== undefined) return endpoint === undefined ? `policy ${policy}` : `policy ${policy} for ${endpoint}`;
  const said = rule?.source.syntax === 'iptables' ? rule.source.line : (rule?.comment ?? '');
  return endpoint !== undefined && /no (?:policies passed packet|profiles matched)/i.test(said)
    ? `policies for ${endpoint}`
    : null;
}

function chainIn({ source }: Rule): string | undefined {
  return source.syntax === 'iptables' ? /-A (\S+)/.exec(source.line)?.[1] : undefined;
}

/** kube-proxy rejects what goes to a service without a ready pod, and says so in the comment or in the chain's name. */
function isWithoutEndpoints({ chain, rule }: RuleContext, through: readonly Rule[]): boolean {
  const says = (one: Rule | undefined): boolean =>
    one?.comment !== undefined && /has no (?:local )?endpoints/.test(one.comment);
  if (says(rule) || through.some(says)) return true;
  const viaMap = through.some((one) =>
    one.parts.some((part) => part.kind === 'vmap' && 'named' in part.map && part.map.named.startsWith('no-endpoint')),
  );
  return viaMap || chain.name === 'reject-chain';
}

function serviceIn(through: readonly Rule[]): string | undefined {
  for (const rule of through) {
    const found = /^"?(\S+\/[^\s"]+)"? has no/.exec(rule.comment ?? '');
    if (found?.[1] !== undefined) return found[1];
  }
  return undefined;
}

/** Networks that may not talk to each other, containers of one network that may not, ports that nobody published. */
function betweenContainers(chain: string, comment: string, rule: Rule | undefined): FoldedCause | null {
  if (/^DOCKER-ISOLATION|^DOCKER-INTERNAL|^NETAVARK_ISOLATION/.test(chain)) return 'containers-not-connected';
  if (comment === 'ICC' || comment.startsWith('INTERNAL NETWORK') || /ISOLATION/.test(comment))
    return 'containers-not-connected';
  if (comment === 'UNPUBLISHED PORT DROP' || comment === 'DROP DIRECT ACCESS') return 'port-not-published';
  const names = (rule?.parts ?? []).filter((part): part is Match & { readonly kind: 'name' } => part.kind === 'name');
  const from = names.find((part) => part.field === 'iifname');
  const to = names.find((part) => part.field === 'oifname' && !part.negated);
  if (to === undefined || from === undefined || from.patterns[0] !== to.patterns[0]) return null;
  // `! -i br -o br` is what comes from outside; `-i br -o br` is what stays within.
  return from.negated ? 'port-not-published' : 'containers-not-connected';
}

function networkOf(chain: string): string | undefined {
  return /^filter-forward-(?:in|out)__(.+)$/.exec(chain)?.[1];
}

const ids: Readonly<Record<string, string>> = { 'meta skuid': 'user', 'meta skgid': 'group', 'meta cgroup': 'cgroup' };

/** The user, group or cgroup that the rule is limited to. A rule for all but one user is not a rule for one. */
export function onlyFor(rule: Rule): string | undefined {
  for (const part of rule.parts) {
    const who = limit(part);
    if (who !== undefined) return who;
  }
  return undefined;
}

function limit(part: Part): string | undefined {
  if (part.kind === 'name' && part.field === 'cgroup' && !part.negated)
    return `cgroup ${part.patterns.map((one) => one.replace(/\/\*$/, '')).join(', ')}`;
  if (part.kind === 'opaque' && /^(?:! )?-m owner/.test(part.text) && !part.text.includes('!'))
    return part.text.replace(/^-m owner /, '');
  if (part.kind !== 'compare' || part.negated || part.left.bits !== undefined) return undefined;
  const what = ids[part.left.field];
  if (what === undefined || part.within.length !== 2) return undefined;
  const [low, high] = part.within;
  // An open range (`meta skuid >= 1000`) is nearly everybody.
  if (typeof low !== 'number' || typeof high !== 'number' || high - low > 1000) return undefined;
  return low === high ? `${what} ${low}` : `${what} ${low} to ${high}`;
}
