import { decide, type DecisionDetail, type Firewall, prepare } from '../../firewall/decide.js';
import type { BootLoaded } from '../../firewall/boot-loaded.js';
import { foldsInto } from '../../firewall/folds-into.js';
import { killSwitchOf } from '../../firewall/kill-switch.js';
import { hookOwners, ownerOf } from '../../firewall/owner.js';
import type { Packet } from '../../firewall/packet.js';
import type { Ruleset, Table } from '../../firewall/ruleset.js';
import { doubtfulFlows, type Flow, failingFlows, lossyFlows, silencedFlows } from '../../model/failing-flows.js';
import { fact, type Facts } from '../../model/facts.js';
import type { FirewallFact, FirewallTable, HookManager, ModelDecision } from '../../model/firewall-facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { bootLoaded } from './boot-loaded.js';
import { inboundDecisions } from './inbound-packets.js';
import { neighbourDecisions } from './neighbour-packets.js';
import { otherManager } from './other-manager.js';
import { packetQueues } from './packet-queues.js';
import { packetsOf, type Sender, senderOf, surroundingsOf } from './packets.js';
import { readFirewall } from './read-firewall.js';

const mostTables = 40;
const mostOwners = 40;
const mostProblems = 6;
const mostSteps = 12;
const longest = 200;

/**
 * All rules of this device, read as they stand, and what they say of our own packets: beside the kernel's trace a second
 * opinion, and where the kernel cannot be asked the only one.
 */
export const deviceFirewall: Gatherer<'device.firewall'> = {
  fact: 'device.firewall',
  needs: ['name.system', 'device.routes', 'device.interfaces'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'root',
  async gather(_facts, context) {
    const { system, signal } = context;
    const [ruleset, sender, queues, loaded] = await Promise.all([
      readFirewall(system, signal),
      senderOf(system),
      packetQueues(system),
      bootLoaded(system),
    ]);
    // It takes a while to look for half-open connections; the rules are read meanwhile.
    await context.settled('inbound');
    const facts = context.latest();
    const firewall = prepare(ruleset);
    const decisions = facts.target.inbound
      ? inboundDecisions(firewall, ruleset, facts, loaded, digestOfDecision)
      : [...failingFlows(facts), ...lossyFlows(facts)].flatMap((flow) =>
          decisionsOf(flow, firewall, ruleset, facts, sender, loaded),
        );
    const silenced = silencedFlows(facts);
    const said = silenced.flatMap((flow) => decisionsOf(flow, firewall, ruleset, facts, sender, loaded, true));
    const opened = facts.target.inbound ? [] : [...doubtfulFlows(facts), ...silenced];
    const led = opened
      .map((flow) => decisionsOf(flow, firewall, ruleset, facts, sender, loaded)[0])
      .filter((one): one is ModelDecision => one?.verdict === 'redirect');
    const neighbours = neighbourDecisions(failingFlows(facts), firewall, facts, digestOfDecision);
    const more = neighbours.length === 0 ? {} : { neighbours };
    return known(
      {
        ...digestOf(ruleset),
        queues,
        decisions,
        ...(said.length > 0 && { said }),
        ...(led.length > 0 && { led }),
        ...more,
      },
      'nft, iptables-save',
    );
  },
};

/** What the rules say of a flow's packets, up to the first one that does not pass. */
function decisionsOf(
  flow: Flow,
  firewall: Firewall,
  ruleset: Ruleset,
  facts: Facts,
  sender: Sender,
  loaded: readonly BootLoaded[],
  isOpen = false,
): ModelDecision[] {
  const around = surroundingsOf(facts);
  const decisions: ModelDecision[] = [];
  for (const { direction, packet } of packetsOf(flow, facts, sender, isOpen)) {
    const detail = decide(firewall, packet, around);
    const refuses = detail.verdict === 'drop' || detail.verdict === 'reject';
    const otherwise = refuses ? otherManager(detail, packet, ruleset, around, loaded) : null;
    const digest = digestOfDecision(detail);
    const folded = digest.folded ?? (direction === 'out' && refuses ? asKillSwitch(detail, packet, facts) : null);
    decisions.push({ ...flow, direction, ...digest, folded, ...(otherwise ? { otherwise } : {}) });
    if (detail.verdict !== 'accept' && detail.verdict !== 'unknown') break;
  }
  // A packet that passes two hooks of one direction counts once: where it is stopped, or where it came last.
  return decisions.filter((one, i) => one.verdict !== 'accept' || decisions[i + 1]?.direction !== one.direction);
}

/** What a refusal stands for by all the rules before it: a VPN's kill switch, whoever wrote it. */
function asKillSwitch({ decidedBy }: DecisionDetail, { out }: Packet, facts: Facts): ModelDecision['folded'] {
  if (decidedBy === null) return null;
  const interfaces = fact(facts, 'device.interfaces') ?? [];
  const defaultBy = (fact(facts, 'device.routes')?.defaults ?? []).flatMap(({ device }) => device ?? []);
  const found = killSwitchOf(decidedBy, out, { interfaces, defaultBy });
  return found && { cause: 'vpn-blocks', about: found.tunnel };
}

type DecisionDigest = Omit<ModelDecision, 'protocol' | 'address' | 'port' | 'direction'>;

export function digestOfDecision(detail: DecisionDetail): DecisionDigest {
  const { verdict, rule, policy, to, how, why, decidedBy, caught } = detail;
  const owner = decidedBy === null ? null : ownerOf(decidedBy);
  const refuses = verdict === 'drop' || verdict === 'reject';
  const folded = decidedBy === null || !refuses ? null : foldsInto(decidedBy, decidedBy.through);
  const steps = detail.path.filter((step) => step.did !== 'no match').slice(-(refuses ? mostSteps : 4));
  return {
    verdict,
    ...(how === undefined ? {} : { how }),
    ...(to === undefined ? {} : { to }),
    rule: rule === null ? null : { ...rule, ...(rule.text === undefined ? {} : { text: rule.text.slice(0, 400) }) },
    policy:
      policy === null || decidedBy === null
        ? null
        : { backend: decidedBy.table.backend, family: policy.family, table: policy.table, chain: policy.chain },
    why: why.slice(0, 400),
    ...(caught === undefined ? {} : { caught: caught.map((one) => one.slice(0, 300)) }),
    owner,
    folded: folded === null ? null : { cause: folded.cause, about: folded.about },
    path: steps.map(({ hook, table, chain, number, did }) => ({
      hook,
      table,
      chain,
      did,
      ...(number === undefined ? {} : { number }),
    })),
  };
}

export function digestOf(ruleset: Ruleset): Omit<FirewallFact, 'decisions' | 'queues'> {
  return {
    rules: ruleset.tables.reduce((sum, table) => sum + rulesIn(table), 0),
    tables: ruleset.tables.slice(0, mostTables).map(tableDigest),
    owners: managersOf(ruleset),
    problems: [...ruleset.problems]
      .sort((a, b) => Number(b.fatal) - Number(a.fatal))
      .slice(0, mostProblems)
      .map(({ where, what }) => `${where}: ${what}`.slice(0, longest)),
  };
}

function rulesIn(table: Table): number {
  let count = 0;
  for (const chain of table.chains.values()) count += chain.rules.length;
  return count;
}

function tableDigest(table: Table): FirewallTable {
  const hooks = [...table.chains.values()].flatMap(({ base }) =>
    base === undefined ? [] : [`${base.hook} ${base.priority} ${base.policy}`],
  );
  const { backend, family, name } = table;
  return { backend, family, name: name.slice(0, longest), rules: rulesIn(table), hooks: hooks.slice(0, 12) };
}

function managersOf(ruleset: Ruleset): HookManager[] {
  return hookOwners(ruleset)
    .slice(0, mostOwners)
    .map(({ owner, hook, family, table, chain, policy }) => ({
      owner: owner.id,
      hook,
      family,
      table: table.slice(0, longest),
      chain: chain.slice(0, longest),
      policy,
    }));
}
