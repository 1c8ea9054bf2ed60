import { isCatchAll, tunnelLeftOut } from '../../firewall/kill-switch/refusal.js';
import { vpns } from '../../firewall/owners/signs.js';
import type { Rule } from '../../firewall/ruleset.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { ownerName } from './owner-words.js';
import { blockedWords, type Stop } from './stop.js';

/**
 * The interface of a rule that refuses whatever does not leave by a tunnel, as wg-quick(8) and guides for OpenVPN write
 * it; null for any other. One that names a port or the other side is no kill switch.
 */
export function killSwitchFor(rule: Rule): string | null {
  const refuses = rule.parts.some(
    (part) => part.kind === 'verdict' && (part.verdict.to === 'drop' || part.verdict.to === 'reject'),
  );
  if (!refuses || !isCatchAll(rule)) return null;
  return tunnelLeftOut(rule, (pattern) => tunnelProduct(pattern, null) !== undefined);
}

/** Whose kill switch it is, and what to do: a VPN's own, one in another firewall's rules, or one that somebody wrote by hand. */
export function killSwitchWords(stop: Stop, attempt: FailedAttempt, scene: Scene): { summary: string; advice: string } {
  const blocked = blockedWords(stop, attempt);
  const { owner, folded } = stop;
  if (owner !== null && vpns.has(owner.id)) {
    const name = ownerName(owner);
    return {
      summary: `${name} on this computer lets nothing out beside its tunnel: it blocks ${blocked}.`,
      advice: `connect the VPN, or switch off its kill switch (lockdown mode) in ${name}'s settings; then the connection is no longer protected by it`,
    };
  }
  const about = folded?.about ?? null;
  const tunnel = about?.replace(/\*$/, '') ?? null;
  const product = tunnel === null ? null : (tunnelProduct(tunnel, null) ?? null);
  const whose =
    tunnel === null ? 'A VPN' : product === null ? `The VPN of interface ${about}` : `The VPN ${product} (${about})`;
  const where = owner === null ? '' : `, by rules in ${ownerName(owner)},`;
  const off =
    owner === null
      ? 'take the rules of its kill switch out'
      : `take its kill switch out of ${ownerName(owner)} (the rules that name ${about ?? "the VPN's server"}, and that what goes out is refused)`;
  return {
    summary: `${whose}${where} lets nothing out beside its tunnel: it blocks ${blocked}.`,
    advice: `${connect(about, attempt, scene)}, or ${off}; then the connection is no longer protected by it`,
  };
}

/** A tunnel that is there takes only what the routes lead into it. */
function connect(about: string | null, attempt: FailedAttempt, scene: Scene): string {
  const isIt = (name: string): boolean =>
    about !== null && (about.endsWith('*') ? name.startsWith(about.slice(0, -1)) : name === about);
  const there = fact(scene.facts, 'device.interfaces')?.find(({ name, up }) => up && isIt(name));
  return there === undefined
    ? 'connect the VPN'
    : `${there.name} is there, and no route leads ${attempt.address ?? 'this'} into it: connect the VPN anew`;
}
