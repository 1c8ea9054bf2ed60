import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { NeighbourDecision } from '../../model/firewall-facts.js';
import { afterNeighbourSearch, sendersOf, triesOf } from './connection-evidence.js';
import { stopFrom } from './read-rules.js';
import { notYetAsked } from './not-yet-asked.js';
import { namesMore } from './rule-owner.js';
import { ruleCulprit } from './rule-culprit.js';

const unanswered: ReadonlySet<string> = new Set(['FAILED', 'INCOMPLETE']);

/** The next machine was looked for by IPv6's own messages, in vain; whether the rules let these pass is worth a look. */
export function asksAboutNeighbour(attempt: FailedAttempt, scene: Scene): boolean {
  return sought6(attempt, scene) !== null && notYetAsked(scene, 'device.firewall').length > 0;
}

/** What the rules refuse of the messages by which IPv6 finds the next hop, where that one was not found. */
export function neighbourRefusal(attempt: FailedAttempt, scene: Scene): NeighbourDecision | null {
  const hop = sought6(attempt, scene);
  if (hop === null) return null;
  return fact(scene.facts, 'device.firewall')?.neighbours?.find((one) => one.address === hop) ?? null;
}

/** The next machine, where this computer asked for it and heard nothing. */
function soughtInVain(attempt: FailedAttempt, { facts, ...scene }: Scene): string | null {
  const { address } = attempt;
  if (address === null) return null;
  const choice = fact(facts, 'device.routes')?.choices.find((one) => one.address === address);
  const hop = choice?.via ?? address;
  const entry = fact(facts, 'device.neighbours')?.find((one) => one.address === hop);
  const tries = triesOf(attempt, { facts, ...scene });
  const searched = sendersOf(tries).self.length > 0 && afterNeighbourSearch(tries);
  return choice && (searched || (entry && unanswered.has(entry.state))) ? hop : null;
}

function sought6(attempt: FailedAttempt, scene: Scene): string | null {
  return attempt.address !== null && familyOf(attempt.address) === 6 ? soughtInVain(attempt, scene) : null;
}

/** It answered a frame of ours that goes past all rules: it is there, and the kernel's own search does not reach it. */
export function foundByFrame(attempt: FailedAttempt, scene: Scene): string | null {
  const hop = soughtInVain(attempt, scene);
  const owners =
    fact(scene.facts, 'link.owners')?.find((one) => one.address === hop && one.role !== 'own')?.owners ?? [];
  return owners.length > 0 ? hop : null;
}

/** As arptables makes them. Which rule it was the kernel does not tell. */
export function stoppedAsking(attempt: FailedAttempt, scene: Scene): Finding | null {
  const hop = foundByFrame(attempt, scene);
  if (hop === null) return null;
  const missing = notYetAsked(scene, 'device.firewall');
  if (missing.length > 0) return { says: 'unknown', missing, because: 'rules about ARP were not read' };
  const found = fact(scene.facts, 'device.firewall')?.tables.find(({ family, rules }) => family === 'arp' && rules > 0);
  if (!found || familyOf(hop) !== 4) return null;
  const table = `${found.family} ${found.name}`;
  return {
    says: 'fits',
    weight: 0.97,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'firewall-rule', name: `table ${table}` },
    summary: `This computer's own rules about ARP (arptables) keep it from finding ${hop} on its network, so nothing can be sent there.`,
    advice: `sudo nft -a list table ${table} shows them; take out the one that drops`,
    evidence: [
      { fact: 'device.neighbours', says: `${hop} was looked for on its link, and not found` },
      { fact: 'link.owners', says: `asked by a frame that goes past these rules, ${hop} answered` },
      { fact: 'device.firewall', says: `there are rules about ARP: table ${table}` },
    ],
  };
}

/** The rules were read, not seen at work: whether the next machine would answer is not known either. */
export function stoppedNeighbour(attempt: FailedAttempt, scene: Scene): Finding | null {
  const refusal = neighbourRefusal(attempt, scene);
  // Of such a message neither protocol nor port are asked for.
  const stop = refusal && stopFrom({ ...refusal, protocol: 'udp', port: 0, folded: null }, scene.facts);
  if (!refusal || !stop) return null;
  const isOut = refusal.direction === 'out';
  const what = isOut ? 'asks for' : 'is told';
  const { family, table, chain } = stop.at;
  const types = 'nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert';
  const isNft = (stop.at.rule?.backend ?? 'nft') === 'nft';
  const allow = isNft
    ? `sudo nft insert rule ${family} ${table} ${chain} icmpv6 type { ${types} } accept`
    : `sudo ip6tables -I ${chain} -p ipv6-icmp --icmpv6-type ${isOut ? 'neighbour-solicitation' : 'neighbour-advertisement'} -j ACCEPT`;
  return {
    says: 'fits',
    weight: 0.97,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: ruleCulprit(stop),
    summary: `This computer's own firewall throws away the messages by which IPv6 ${what} the hardware address of ${refusal.address}, so nothing can be sent to it.`,
    advice: `let them pass, for IPv6 cannot work without (RFC 4890): ${allow}`,
    ...namesMore(stop, scene),
    evidence: [
      { fact: 'device.firewall', says: `read as they stand, the rules refuse them: ${refusal.why}` },
      { fact: 'device.neighbours', says: `${refusal.address} was looked for on its link, and not found` },
    ],
  };
}
