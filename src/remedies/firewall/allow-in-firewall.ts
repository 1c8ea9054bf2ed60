import { chainInFile, lineOfRule } from '../../firewall/nft-file.js';
import { textOf } from '../../firewall/rule-text.js';
import { readFirewall } from '../../inspectors/firewall/read-firewall.js';
import { packetsOf, senderOf, surroundingsOf } from '../../inspectors/firewall/packets.js';
import { fact } from '../../model/facts.js';
import { failingFlows, type Flow } from '../../model/failing-flows.js';
import type { LineEdit, Operation } from '../../model/operation.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { firewalld } from './firewalld.js';
import { iptables } from './iptables.js';
import { nftables } from './nftables.js';
import { planExceptions, type Exceptions, type FirewallView } from './plan-exceptions.js';
import { ufw } from './ufw.js';

interface Looks extends FirewallView {
  /** The file that nftables loads at boot, by the name that Debian and others give it; null when there is none. */
  readonly bootFile: string | null;
}

const dialects = [ufw, firewalld, nftables, iptables];
const managers: ReadonlySet<string | undefined> = new Set([undefined, 'ufw', 'firewalld']);
const mostFlows = 8;

/** An exception for this target alone, above the rule that stops it, in the words of whoever owns that rule. */
export const remedy: Remedy<Looks> = {
  id: 'allow-in-firewall',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets only this server and port through',
  offers: ({ verdict: { culprit }, facts }) => {
    const absent = fact(facts, 'device.firewallManagers')?.absent ?? [];
    return culprit?.rule !== undefined && (managers.has(culprit.owner) || absent.includes(culprit.owner ?? ''));
  },
  async look(ailment, { system, signal }) {
    const sender = await senderOf(system);
    const ruleset = await readFirewall(system, signal);
    const file = await system.files.read('/etc/nftables.conf');
    return {
      ruleset,
      flows: flowsOf(ailment).map((flow) => ({ flow, packets: packetsOf(flow, ailment.facts, sender) })),
      around: surroundingsOf(ailment.facts),
      absent: new Set(fact(ailment.facts, 'device.firewallManagers')?.absent ?? []),
      bootFile: file.ok && !file.truncated ? Buffer.from(file.bytes).toString('utf8') : null,
    };
  },
  plan(_ailment, looks): Plan | { readonly whyNot: string } {
    const problem = looks.ruleset.problems.find(({ fatal }) => fatal);
    if (problem) return { whyNot: `the rules could not be read (${problem.where}: ${problem.what})` };
    if (looks.flows.length === 0) return { whyNot: 'no connection of the diagnosis failed on its way' };
    const found = planExceptions(looks, dialects);
    if ('whyNot' in found) return found;
    const { edits, notes } = atBoot(found, looks);
    const operations: Operation[] = [
      ...found.operations,
      ...(edits.length === 0 ? [] : [{ kind: 'file-lines', file: 'nftables.conf', edits } as const]),
    ];
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

/** The same exception in the file of which the chain was loaded, where it is that file's: else it ends with a restart. */
function atBoot({ made }: Exceptions, { bootFile }: Looks): { readonly edits: LineEdit[]; readonly notes: string[] } {
  const edits: LineEdit[] = [];
  let isLost = false;
  for (const { obstacle, exception } of made) {
    if (exception.operation.kind === 'iptables-allow') isLost = true;
    if (exception.operation.kind !== 'nft-allow') continue;
    const { table, chain, rule } = obstacle.at;
    const written = bootFile === null ? null : chainInFile(bootFile, table.family, table.name, chain.name);
    const line = written === null ? null : rule === undefined ? written.typeLine : lineOfRule(written, textOf(rule));
    const match = exception.operation.rules[0]?.match;
    if (bootFile === null || written === null || line === null || match === undefined) {
      isLost = true;
      continue;
    }
    const below = rule === undefined ? line : line - 1;
    edits.push({ do: 'add-allow', below, was: (bootFile.split('\n')[below - 1] ?? '').replace(/\r$/, ''), match });
  }
  const notes = isLost
    ? [
        'it holds until the rules are loaded anew or the computer restarts: no file that is known to be loaded then holds it',
      ]
    : [];
  return { edits, notes };
}
