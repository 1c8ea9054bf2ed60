import { vpns } from '../../firewall/owners/signs.js';
import { readFirewall } from '../../inspectors/firewall/read-firewall.js';
import { packetsOf, senderOf, surroundingsOf } from '../../inspectors/firewall/packets.js';
import { failingFlows, type Flow } from '../../model/failing-flows.js';
import type { Operation, PacketMatch } from '../../model/operation.js';
import type { Ailment, Eyes, Plan } from '../../model/remedy.js';
import { addressesIn } from './target-flows.js';
import type { Dialect, Obstacle } from './dialect.js';
import { iptables } from './iptables.js';
import { nftables } from './nftables.js';
import { planExceptions } from './plan-exceptions.js';

/** What is let past for a while, and whose packets alone. */
export interface PassBy {
  readonly guard: 'firewall' | 'vpn' | 'antivirus';
  readonly whose: { readonly uid: number } | { readonly mark: number };
  /** Seconds since 1970: then it is inert, whatever has become of us. */
  readonly until: number;
}

/**
 * A way past a guard for a moment: right where it stops the packets, in whosever chain that is, since it is gone before
 * any manager would lose it. It ends by the clock in the rule itself.
 */
export async function planPassBy(
  { guard, whose, until }: PassBy,
  ailment: Ailment,
  { system, signal }: Eyes,
): Promise<Plan | { readonly whyNot: string }> {
  const sender = await senderOf(system);
  const ruleset = await readFirewall(system, signal);
  const problem = ruleset.problems.find(({ fatal }) => fatal);
  if (problem) return { whyNot: `the rules could not be read (${problem.where}: ${problem.what})` };
  const flows = flowsOf(guard, ailment);
  if (flows.length === 0) return { whyNot: 'no connection of the diagnosis failed on its way' };
  const found = planExceptions(
    {
      ruleset,
      flows: flows.map((flow) => ({ flow, packets: packetsOf(flow, ailment.facts, sender) })),
      around: surroundingsOf(ailment.facts),
      absent: new Set(),
      // A web shield has connections led to itself.
      ...(guard === 'antivirus' && { stops: new Set(['redirect'] as const) }),
    },
    dialectsFor(guard),
  );
  if ('whyNot' in found) return found;
  const passed = flows.map(({ address, port }) => `${address} port ${port}`).join(', ');
  return {
    title: `lets ${whoseWords(whose)} to ${passed} past ${words[guard]}, and ends by itself`,
    operations: found.operations.map((operation) => narrowed(operation, whose, until)),
    opens: found.opens,
    wider: found.opens.length > 0,
    mayCutOff: false,
    notes: guard === 'vpn' ? ['for that time these packets go beside the tunnel, unprotected'] : [],
  };
}

const words: Readonly<Record<PassBy['guard'], string>> = {
  firewall: 'the firewall',
  vpn: 'the rules of the VPN',
  antivirus: 'the web shield',
};

function whoseWords(whose: PassBy['whose']): string {
  return 'mark' in whose ? 'only the packets of this program' : `only what user ${whose.uid} sends`;
}

function flowsOf(guard: PassBy['guard'], { facts }: Ailment): Flow[] {
  return guard === 'antivirus' ? addressesIn(facts) : failingFlows(facts).filter(({ protocol }) => protocol === 'tcp');
}

function dialectsFor(guard: PassBy['guard']): Dialect[] {
  const isItsOwn = ({ owner }: Obstacle): boolean =>
    guard === 'antivirus' || (owner !== null && vpns.has(owner.id)) === (guard === 'vpn');
  return [
    { ...nftables, speaks: (obstacle) => obstacle.at.table.backend === 'nft' && isItsOwn(obstacle) },
    { ...iptables, speaks: (obstacle) => obstacle.at.table.backend !== 'nft' && isItsOwn(obstacle) },
  ];
}

function narrowed(operation: Operation, whose: PassBy['whose'], until: number): Operation {
  const match = (one: PacketMatch): PacketMatch =>
    one.destination === undefined ? { ...one, until } : { ...one, ...whose, until };
  if (operation.kind === 'nft-allow')
    return { ...operation, rules: operation.rules.map((rule) => ({ ...rule, match: match(rule.match) })) };
  return operation.kind === 'iptables-allow' ? { ...operation, match: match(operation.match) } : operation;
}
