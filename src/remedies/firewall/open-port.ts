import { readFirewall } from '../../inspectors/firewall/read-firewall.js';
import { inboundWays, type InboundWay } from '../../inspectors/firewall/inbound-packets.js';
import { surroundingsOf } from '../../inspectors/firewall/packets.js';
import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { InboundFact } from '../../model/inbound.js';
import type { PacketMatch } from '../../model/operation.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import { atBoot, type BootFiles, readBootFiles } from './at-boot.js';
import { docker } from './docker.js';
import { firewalld } from './firewalld.js';
import { iptables } from './iptables.js';
import { nftables } from './nftables.js';
import { planExceptions, type FirewallView } from './plan-exceptions.js';
import { ufw, ufwBefore } from './ufw.js';

interface Looks extends FirewallView {
  readonly bootFiles: BootFiles;
}

const dialects = [docker, ufwBefore, ufw, firewalld, nftables, iptables];

/** One port of this computer is opened for one address, in the words of whoever owns the rule that keeps it out. */
export const remedy: Remedy<Looks> = {
  id: 'open-port',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'opens this one port for this one address',
  offers: ({ target, verdict: { culprit } }) => target.inbound?.from != null && culprit?.rule !== undefined,
  concerns: ({ target }) => target.inbound !== undefined,
  async look({ facts }, { system, signal }) {
    const ruleset = await readFirewall(system, signal);
    const question = fact(facts, 'inbound');
    const flows = question === undefined ? [] : inboundWays(ruleset, facts).map((way) => flowOf(way, question));
    return {
      ruleset,
      flows,
      around: surroundingsOf(facts),
      absent: new Set(fact(facts, 'device.firewallManagers')?.absent ?? []),
      bootFiles: await readBootFiles(system),
    };
  },
  plan({ target, facts }, looks): Plan | { readonly whyNot: string } {
    const question = fact(facts, 'inbound');
    if (target.inbound === undefined || question === undefined)
      return { whyNot: 'it is asked for what is sent, not for what comes in' };
    const { from, port, protocol } = question;
    if (from === null) return { whyNot: 'for whom is not said: --from names the one address that is let in' };
    const problem = looks.ruleset.problems.find(({ fatal }) => fatal);
    if (problem) return { whyNot: `the rules could not be read (${problem.where}: ${problem.what})` };
    if (looks.flows.length === 0) return { whyNot: 'at which address of this computer it would come in is not known' };
    const found = planExceptions(looks, dialects);
    if ('whyNot' in found) return found;
    const kept = atBoot(found, looks.bootFiles);
    if ('whyNot' in kept) return kept;
    const { edits, notes } = kept;
    return {
      title: `lets ${from} in to ${protocol} port ${port}, and nobody else`,
      operations: [...found.operations, ...edits],
      opens: found.opens,
      wider: found.opens.length > 0,
      mayCutOff: false,
      notes,
    };
  },
};

function flowOf({ packets, to }: InboundWay, { protocol, from, port }: InboundFact): FirewallView['flows'][number] {
  const source = from ?? '';
  const family = familyOf(source) === 6 ? 6 : 4;
  const common = { family, protocol } as const;
  const matches = (direction: 'out' | 'in', tracked: boolean): PacketMatch =>
    direction === 'in'
      ? { ...common, source, ...(to.led && { destination: to.address }), dport: to.port }
      : { ...common, destination: source, sport: port, ...(tracked && { established: true }) };
  return { flow: { protocol, address: source, port }, packets, matches };
}
