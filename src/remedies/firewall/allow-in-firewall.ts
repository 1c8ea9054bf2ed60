import { readFirewall } from '../../inspectors/firewall/read-firewall.js';
import { packetsOf, senderOf, surroundingsOf } from '../../inspectors/firewall/packets.js';
import { fact } from '../../model/facts.js';
import { failingFlows, type Flow } from '../../model/failing-flows.js';
import type { Operation } from '../../model/operation.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { atBoot, type BootFiles, readBootFiles } from './at-boot.js';
import { firewalld } from './firewalld.js';
import { iptables } from './iptables.js';
import { nftables } from './nftables.js';
import { planExceptions, type FirewallView } from './plan-exceptions.js';
import { ufw, ufwBefore } from './ufw.js';

interface Looks extends FirewallView {
  readonly bootFiles: BootFiles;
}

const dialects = [ufwBefore, ufw, firewalld, nftables, iptables];
const managers: ReadonlySet<string | undefined> = new Set([undefined, 'ufw', 'firewalld']);
const mostFlows = 8;

/** An exception for this target alone, above the rule that stops it, in the words of whoever owns that rule. */
export const remedy: Remedy<Looks> = {
  id: 'allow-in-firewall',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets only this server and port through',
  offers: ({ target, verdict: { culprit, stage }, facts }) => {
    if (target.inbound !== undefined) return false;
    // It is planned for what opens connections, and these were opened.
    if (stage === 'tls' || stage === 'http' || stage === 'service') return false;
    // A rule for what passes through, on the way out of a container: not what an exception for what is sent opens.
    const flows = fact(facts, 'kernel.trace')?.flows ?? [];
    if (flows.some(({ around }) => (around?.stoppedBy ?? null) !== null)) return false;
    // What could not be listed around the rule cannot be read for a plan either.
    if (flows.some(({ stoppedBy, excerpt }) => stoppedBy !== null && excerpt === undefined)) return false;
    // Nor what asks for the next router: no connection would be opened by letting that one through.
    if ((fact(facts, 'device.firewall')?.neighbours ?? []).length > 0) return false;
    const absent = fact(facts, 'device.firewallManagers')?.absent ?? [];
    return culprit?.rule !== undefined && (managers.has(culprit.owner) || absent.includes(culprit.owner ?? ''));
  },
  concerns: ({ target }) => target.inbound === undefined,
  async look(ailment, { system, signal }) {
    const sender = await senderOf(system);
    const ruleset = await readFirewall(system, signal);
    return {
      ruleset,
      flows: flowsOf(ailment).map((flow) => ({ flow, packets: packetsOf(flow, ailment.facts, sender) })),
      around: surroundingsOf(ailment.facts),
      traced: fact(ailment.facts, 'kernel.trace')?.flows ?? [],
      absent: new Set(fact(ailment.facts, 'device.firewallManagers')?.absent ?? []),
      bootFiles: await readBootFiles(system),
    };
  },
  plan({ target, facts }, looks): Plan | { readonly whyNot: string } {
    if (target.inbound !== undefined) return { whyNot: 'it is asked for what comes in, not for what is sent' };
    if ((fact(facts, 'device.firewall')?.neighbours ?? []).length > 0)
      return {
        whyNot:
          'an exception for one connection does not let the messages through by which IPv6 finds its router: that takes a rule for all of them',
      };
    const problem = looks.ruleset.problems.find(({ fatal }) => fatal);
    if (problem) return { whyNot: `the rules could not be read (${problem.where}: ${problem.what})` };
    if (looks.flows.length === 0) return { whyNot: 'no connection of the diagnosis failed on its way' };
    const found = planExceptions(looks, dialects);
    if ('whyNot' in found) return found;
    const kept = atBoot(found, looks.bootFiles);
    if ('whyNot' in kept) return kept;
    const { edits, notes } = kept;
    const operations: Operation[] = [...found.operations, ...edits];
    return {
      title: `lets only ${wordsOf(looks.flows.map(({ flow }) => flow))} through`,
      operations,
      opens: found.opens,
      wider: found.opens.length > 0,
      mayCutOff: false,
      notes,
    };
  },
};

/** The resolvers when names are what is stopped, else the connections to the target. */
function flowsOf({ verdict, facts }: Ailment): Flow[] {
  const flows = failingFlows(facts);
  const isName = verdict.stage === 'name';
  return flows.filter(({ protocol }) => (protocol === 'udp') === isName).slice(0, mostFlows);
}

function wordsOf(flows: readonly Flow[]): string {
  const words = flows.map(
    ({ protocol, address, port }) => `${address} port ${port}${protocol === 'udp' ? ' (UDP)' : ''}`,
  );
  return words.join(', ');
}
