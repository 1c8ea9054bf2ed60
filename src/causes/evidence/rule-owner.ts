import type { Evidence, Scene } from '../../model/cause.js';
import { vpns } from '../../firewall/owners/signs.js';
import { fact, type FactKey } from '../../model/facts.js';
import { askedAboutBans, banEvidence } from './bans.js';
import { legacyProof, loggedEvidence } from './firewall-log.js';
import { notYetAsked } from './not-yet-asked.js';
import { ownerName } from './owner-words.js';
import { agreement, caughtEvidence, readEvidence } from './read-rules.js';
import { type Stop, traceEvidence } from './stop.js';

/** The trace or the reading, what the other of the two says, and whether the owner is still there. */
export function stopEvidence(stop: Stop, scene: Scene): readonly Evidence[] {
  const { owner, ownerInstalled } = stop;
  if (stop.around) return [traceEvidence(stop)];
  const shown = stop.flow === null ? [readEvidence(stop)] : [traceEvidence(stop), ...agreement(stop, stop.flow, scene)];
  const legacy = legacyProof(stop, scene);
  const ban = banEvidence(stop, stop.towards.address, scene.facts);
  const caught = caughtEvidence(stop, scene);
  const all = [
    ...shown,
    ...caught,
    ...switchEvidence(stop, scene),
    ...(legacy === null ? [] : [legacy]),
    ...ban,
    ...loggedEvidence(stop, scene),
  ];
  if (owner === null || ownerInstalled !== false) return all;
  const says = `${ownerName(owner)} is no longer installed here: the rule was left behind`;
  return [...all, { fact: 'device.firewallManagers', says }];
}

/** By what a kill switch that bears no VPN's name was told from any other filter (src/firewall/kill-switch.ts). */
function switchEvidence({ owner, folded }: Stop, { facts }: Scene): readonly Evidence[] {
  if (folded?.cause !== 'vpn-blocks' || (owner !== null && vpns.has(owner.id))) return [];
  if (fact(facts, 'device.firewall') === undefined) return [];
  const into = folded.about === null ? '' : `what goes into ${folded.about}, `;
  const says = `read as a whole, these rules let out only ${into}what a VPN needs for its server, and what stays in the own network`;
  return [{ fact: 'device.firewall', says }];
}

/** What the rules say as a whole, and what their owner's files say, is worth a look before the answer is given. */
export function namesMore(stop: Stop, scene: Scene): { readonly missing?: readonly FactKey[] } {
  if (stop.around) return {};
  const owners = stop.owner === null && stop.at.kind !== 'policy' ? [] : (['device.firewallManagers'] as const);
  const bans = askedAboutBans.has(stop.owner?.id ?? '') ? (['device.bans'] as const) : [];
  const isLegacy = stop.at.rule?.backend === 'iptables-legacy';
  const counts = isLegacy && legacyProof(stop, scene) === null ? (['device.ruleCounts'] as const) : [];
  const missing = notYetAsked(scene, 'device.firewall', 'device.firewallLog', ...counts, ...owners, ...bans);
  return missing.length === 0 ? {} : { missing };
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
