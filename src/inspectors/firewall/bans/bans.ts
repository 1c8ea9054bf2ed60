import { canonical, familyOf } from '../../../model/address.js';
import { failingFlows } from '../../../model/failing-flows.js';
import { fact, type Facts } from '../../../model/facts.js';
import type { Gatherer } from '../../../model/gatherer.js';
import { known } from '../../../model/observed.js';
import { crowdsecBans } from './crowdsec.js';
import { fail2banBans } from './fail2ban.js';

const mostAddresses = 4;

/** What the programs that ban addresses say of the other side: which of their lists holds it, why, and for how long. */
export const deviceBans: Gatherer<'device.bans'> = {
  fact: 'device.bans',
  needs: ['kernel.trace', 'inbound'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(_facts, context) {
    const { system, signal } = context;
    await context.settled('device.firewall');
    const addresses = asked(context.latest());
    const lists = await Promise.all([fail2banBans(addresses, system, signal), crowdsecBans(addresses, system, signal)]);
    return known({ asked: addresses, lists }, 'fail2ban-client, cscli');
  },
};

/** Addresses of the other side that a list may hold. */
function asked(facts: Facts): string[] {
  const question = fact(facts, 'inbound');
  const all = question
    ? question.from !== null && isTurnedAway(facts)
      ? [question.from]
      : []
    : failingFlows(facts).map(({ address }) => address);
  const plain = all.map((address) => canonical(address)).filter((address) => familyOf(address) !== 0);
  return [...new Set(plain)].slice(0, mostAddresses);
}

/** Nobody asks the programs about an address that no list keeps out. */
function isTurnedAway(facts: Facts): boolean {
  const decisions = fact(facts, 'device.firewall')?.decisions ?? [];
  return fact(facts, 'inbound')?.denied != null || decisions.some(({ folded }) => folded?.cause === 'client-banned');
}
