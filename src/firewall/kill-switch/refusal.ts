import { contains } from '../values/intervals.js';
import { isMatch } from '../decide/part-kinds.js';
import type { Match, Rule } from '../ruleset.js';

/** What may stand beside a refusal that is meant for all that is not let out before. */
const general: ReadonlySet<string> = new Set([
  'meta l4proto',
  'meta nfproto',
  'meta protocol',
  'ct state',
  'fib daddr type',
]);

/** A rule that refuses, or leads on, whatever is sent to whomever: all that it asks is by which interface, or who is left out. */
export function isCatchAll(rule: Rule): boolean {
  return rule.parts.every((part) => {
    if (!isMatch(part)) return part.kind === 'verdict' || part.kind === 'note';
    if (part.kind === 'name') return part.field === 'oifname' && (part.negated || !part.patterns.includes('lo'));
    if (part.kind !== 'compare') return part.kind === 'may' && / -m limit|limit rate/.test(part.text);
    const { left, negated, within } = part;
    // A rule for what bears a mark is one for what somebody has picked out.
    if (left.field === 'meta mark' || left.field === 'ct mark') return negated || contains(within, 0);
    return isLeftOut(part) || general.has(left.field);
  });
}

/** `! -d 192.168.0.0/16`: it is for all others. */
function isLeftOut(part: Match & { readonly kind: 'compare' }): boolean {
  return part.negated && /^(?:ip|ip6) daddr$/.test(part.left.field);
}

/** The tunnel whose packets alone a refusing rule leaves out, as wg-quick(8) and guides for OpenVPN write it. */
export function tunnelLeftOut(rule: Rule, isTunnel: (pattern: string) => boolean): string | null {
  for (const part of rule.parts) {
    if (part.kind !== 'name' || part.field !== 'oifname' || !part.negated) continue;
    const tunnel = part.patterns.find(isTunnel);
    if (tunnel !== undefined) return tunnel;
  }
  return null;
}
