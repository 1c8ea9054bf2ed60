import { inPrefix } from '../model/address.js';
import type { AppCondition, AppFirewallFact, AppRule, AppRuleAction } from '../model/app-firewall-facts.js';

/** A connection as a firewall for programs sees it. What is undefined is not known. */
export interface AppConnection {
  readonly path: string | undefined;
  readonly uid: number | undefined;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string | undefined;
  readonly address: string;
  readonly port: number;
}

/** `rule` is null where none says anything, and what is set for all others decides. */
export interface AppDecision {
  readonly action: AppRuleAction;
  readonly rule: AppRule | null;
}

/**
 * Rules are asked in the order of their names; the first that forbids, or that has precedence, ends it, else the last that
 * holds counts (daemon/rule/loader.go, FindFirstMatch). Null where a rule that cannot be judged comes before.
 */
export function decideForApp(firewall: AppFirewallFact, connection: AppConnection): AppDecision | null {
  let allowed: AppRule | null = null;
  let doubtful = false;
  for (const rule of firewall.rules.filter(({ enabled }) => enabled).toSorted(byName)) {
    const holds = rule.conditions.map((condition) => matches(condition, connection));
    if (rule.conditions.length === 0 || holds.includes(false)) continue;
    if (holds.includes(null)) {
      doubtful = true;
      continue;
    }
    // Whatever else would have held before: it could only have forbidden, or allowed for good.
    if (rule.action !== 'allow') return doubtful ? null : { action: rule.action, rule };
    allowed = rule;
    if (rule.precedence) break;
  }
  if (doubtful || firewall.closed.length > 0) return null;
  if (allowed) return { action: 'allow', rule: allowed };
  return firewall.otherwise === null ? null : { action: firewall.otherwise, rule: null };
}

function byName(a: AppRule, b: AppRule): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Null where that cannot be told. */
function matches({ type, operand, data, exact }: AppCondition, connection: AppConnection): boolean | null {
  if (operand === 'true') return true;
  const value = valueOf(operand, connection);
  if (value === undefined) return null;
  if (type === 'network') return data.includes('/') ? inPrefix(value, data) : null;
  if (type === 'simple') return exact ? value === data : value.toLowerCase() === data.toLowerCase();
  return type === 'regexp' ? matchesPattern(value, data, exact) : null;
}

function valueOf(operand: string, connection: AppConnection): string | undefined {
  const { path, uid, protocol, host, address, port } = connection;
  if (operand === 'process.path') return path;
  if (operand === 'user.id') return uid === undefined ? undefined : String(uid);
  if (operand === 'dest.ip' || operand === 'dest.network') return address;
  if (operand === 'dest.port') return String(port);
  if (operand === 'dest.host') return host;
  if (operand === 'protocol') return address.includes(':') ? `${protocol}6` : protocol;
  return undefined;
}

/** Go's expressions take linear time, JavaScript's need not: one with repetitions within repetitions is not tried. */
function matchesPattern(value: string, pattern: string, exact: boolean): boolean | null {
  if (pattern.length > 300 || /[*+}]\??[^()]*\)[*+{]/.test(pattern) || /\\[1-9]|\(\?[^:]/.test(pattern)) return null;
  try {
    // It makes both small where letters do not count.
    const expression = new RegExp(exact ? pattern : pattern.toLowerCase());
    return expression.test((exact ? value : value.toLowerCase()).slice(0, 1_000));
  } catch {
    return null; // an expression of Go's alone
  }
}
