import { decide, type DecisionDetail, type Firewall, prepare } from '../firewall/decide.js';
import { ownerOf, type Owner } from '../firewall/owner.js';
import type { Problem, Ruleset, Table } from '../firewall/ruleset.js';
import type { Surroundings } from '../firewall/decide/initial.js';
import { type FlowPacket, packetsOf, senderOf, surroundingsOf } from '../inspectors/firewall/packets.js';
import { readFirewall } from '../inspectors/firewall/read-firewall.js';
import { deviceInterfaces } from '../inspectors/interfaces/interfaces.js';
import { deviceRoutes } from '../inspectors/routes/routes.js';
import { deviceSelf } from '../inspectors/self/self.js';
import type { Flow } from '../model/failing-flows.js';
import { familyOf } from '../model/address.js';
import type { Facts } from '../model/facts.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import type { Target } from '../model/target.js';
import { nameConfig } from '../probes/names/name-config.js';
import { gather } from './gather.js';

/** One packet's way through the firewall. */
export interface WalkedPacket {
  readonly flow: Flow;
  readonly direction: 'out' | 'in';
  readonly packet: FlowPacket['packet'];
  readonly decision: DecisionDetail;
  readonly owner: Owner | null;
  readonly steps: readonly WalkedStep[];
}

/** A chain that was entered, a rule that was tried, a policy that was met. */
export type WalkedStep = DecisionDetail['path'][number] & { readonly backend: string };

export interface Walk {
  readonly packets: readonly WalkedPacket[];
  readonly problems: readonly Problem[];
  readonly rules: number;
}

export interface WalkQuestion {
  readonly target: Target;
  readonly protocol: Flow['protocol'];
  readonly addresses: readonly string[];
}

const mostAddresses = 4;

/** What the rules of this device do with the first packet to each of the addresses, and with the answer to it. */
export async function walkFirewall(
  { target, protocol, addresses }: WalkQuestion,
  system: System,
  options: Options,
  signal: AbortSignal,
): Promise<Walk> {
  const [ruleset, sender, ...known] = await Promise.all([
    readFirewall(system, signal),
    senderOf(system),
    ...addresses.slice(0, mostAddresses).map((address) => factsFor(address, target, system, options, signal)),
  ]);
  const firewall = prepare(ruleset);
  const packets = known.flatMap(({ address, facts }) => {
    const flow: Flow = { protocol, address, port: target.port };
    return walked(flow, packetsOf(flow, facts, sender), firewall, ruleset, surroundingsOf(facts));
  });
  let rules = 0;
  for (const table of ruleset.tables) for (const chain of table.chains.values()) rules += chain.rules.length;
  return { packets, problems: ruleset.problems, rules };
}

/** Route and interfaces, as a diagnosis of that one address would measure them. */
export async function factsFor(
  address: string,
  target: Target,
  system: System,
  options: Options,
  signal: AbortSignal,
): Promise<{ readonly address: string; readonly facts: Facts }> {
  const literal = familyOf(address);
  const { facts } = await gather({
    target: { ...target, host: address, literal },
    system,
    options,
    base: [deviceSelf, nameConfig, deviceInterfaces, deviceRoutes],
    more: () => Promise.resolve([]),
    catalogue: () => Promise.resolve({ built: [], unbuilt: [] }),
    signal,
  });
  return { address, facts };
}

/** Each packet up to the first one that does not pass. */
function walked(
  flow: Flow,
  packets: readonly FlowPacket[],
  firewall: Firewall,
  ruleset: Ruleset,
  around: Surroundings,
): WalkedPacket[] {
  const found: WalkedPacket[] = [];
  for (const { direction, packet } of packets) {
    const decision = decide(firewall, packet, { ...around, walk: true });
    const owner = decision.decidedBy === null ? null : ownerOf(decision.decidedBy);
    const steps = decision.path.map((step) => ({ ...step, backend: backendOf(step, ruleset) }));
    found.push({ flow, direction, packet, decision, owner, steps });
    if (decision.verdict !== 'accept' && decision.verdict !== 'unknown') break;
  }
  return found;
}

/** A table of iptables-legacy may have the name of another one: its rules have no handles. */
function backendOf(step: DecisionDetail['path'][number], ruleset: Ruleset): string {
  const named = ruleset.tables.filter((one) => one.family === step.family && one.name === step.table);
  return (named.find((one) => hasRule(one, step)) ?? named[0])?.backend ?? 'nft';
}

function hasRule(table: Table, step: DecisionDetail['path'][number]): boolean {
  const rules = table.chains.get(step.chain)?.rules;
  if (rules === undefined) return false;
  if (step.number === undefined) return true;
  return step.number <= rules.length && rules.at(step.number - 1).handle === step.handle;
}
