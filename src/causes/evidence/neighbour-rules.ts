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
  return neighbourSought(attempt, scene) !== null && notYetAsked(scene, 'device.firewall').length > 0;
}

/** What the rules refuse of the messages by which IPv6 finds the next hop, where that one was not found. */
export function neighbourRefusal(attempt: FailedAttempt, scene: Scene): NeighbourDecision | null {
  const hop = neighbourSought(attempt, scene);
  if (hop === null) return null;
  return fact(scene.facts, 'device.firewall')?.neighbours?.find((one) => one.address === hop) ?? null;
}

function neighbourSought(attempt: FailedAttempt, { facts, ...scene }: Scene): string | null {
  const { address } = attempt;
  if (address === null || familyOf(address) !== 6) return null;
  const choice = fact(facts, 'device.routes')?.choices.find((one) => one.address === address);
  const hop = choice?.via ?? address;
  const entry = fact(facts, 'device.neighbours')?.find((one) => one.address === hop);
  const tries = triesOf(attempt, { facts, ...scene });
  const searched = sendersOf(tries).self.length > 0 && afterNeighbourSearch(tries);
  return choice && (searched || (entry && unanswered.has(entry.state))) ? hop : null;
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
