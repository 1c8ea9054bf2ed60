import type { Evidence, Scene } from '../model/cause.js';
import type { FactKey } from '../model/facts.js';
import { type Stop, traceEvidence } from './firewall-evidence.js';
import { ownerName } from './owner-words.js';

/** The trace, and what the owner's absence says. */
export function stopEvidence(stop: Stop): readonly Evidence[] {
  const { owner, ownerInstalled } = stop;
  if (owner === null || ownerInstalled !== false) return [traceEvidence(stop)];
  const says = `${ownerName(owner)} is no longer installed here: the rule was left behind`;
  return [traceEvidence(stop), { fact: 'device.firewallManagers', says }];
}

/** Whose it is, and what its files say, is worth a look before the answer is given. */
export function namesMore(stop: Stop, scene: Scene): { readonly missing?: readonly FactKey[] } {
  return stop.owner === null || scene.facts['device.firewallManagers'] !== undefined
    ? {}
    : { missing: ['device.firewallManagers'] };
}

/** A rule whose program is gone is not switched off in that program. */
export function leftBehind({ at, owner }: Stop): { readonly advice: string } {
  const who = owner === null ? 'its program' : ownerName(owner);
  const isOwnTable = at.rule?.backend !== 'iptables-nft' && at.rule?.backend !== 'iptables-legacy';
  const place = `${at.family} ${at.table}`;
  const remove =
    isOwnTable && /^[\w.-]+$/.test(at.table)
      ? `sudo nft delete table ${place} takes it away`
      : `take it away with the tool that shows it (${at.family === 'ip6' ? 'ip6tables' : 'iptables'})`;
  return { advice: `nothing of ${who} is installed here any more, so its rules serve nobody: ${remove}` };
}
