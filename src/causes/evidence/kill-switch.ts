import type { Part, Rule } from '../../firewall/ruleset.js';

/** Interfaces of tunnels, as the common programs name them. */
const tunnels = /^(?:tun|tap|wg|ppp|utun|nordlynx|proton|pvpn|mullvad|ovpn|ipsec|vpn)/;

/**
 * The interface of a rule that refuses whatever does not leave by a tunnel, as wg-quick(8) and guides for OpenVPN write
 * it; null for any other. One that names a port or the other side is no kill switch.
 */
export function killSwitchFor(rule: Rule): string | null {
  const refuses = rule.parts.some(
    (part) => part.kind === 'verdict' && (part.verdict.to === 'drop' || part.verdict.to === 'reject'),
  );
  if (!refuses || rule.parts.some(isNarrow)) return null;
  for (const part of rule.parts) {
    if (part.kind !== 'name' || part.field !== 'oifname' || !part.negated) continue;
    const tunnel = part.patterns.find((pattern) => tunnels.test(pattern));
    if (tunnel !== undefined) return tunnel;
  }
  return null;
}

function isNarrow(part: Part): boolean {
  if (part.kind === 'compare') return /port|addr|saddr|daddr/i.test(part.left.field) && !/type/i.test(part.left.field);
  return part.kind === 'lookup' || part.kind === 'ipset';
}
