import { decide, prepare, type DecisionDetail, type Firewall } from '../../firewall/decide.js';
import type { BootLoaded } from '../../firewall/boot-loaded.js';
import { referenceTo } from '../../firewall/rule-text.js';
import { parsePacket } from '../../firewall/packet.js';
import type { Ruleset } from '../../firewall/ruleset.js';
import { familyOf, inPrefix, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import type { InboundEnd, InboundFact } from '../../model/inbound.js';
import { otherManager } from './other-manager.js';
import { type FlowPacket, surroundingsOf } from './packets.js';

type Digest = (detail: DecisionDetail) => Omit<ModelDecision, 'protocol' | 'address' | 'port' | 'direction'>;

/** What the rules say of a first packet from the other side to each address of this device, and of the answer. */
export function inboundDecisions(
  firewall: Firewall,
  ruleset: Ruleset,
  facts: Facts,
  loaded: readonly BootLoaded[],
  digest: Digest,
): ModelDecision[] {
  const question = fact(facts, 'inbound');
  return question
    ? question.ends.flatMap((end) => decisionsFor(end, question, firewall, ruleset, facts, loaded, digest))
    : [];
}

function decisionsFor(
  end: InboundEnd,
  { protocol, port, from, back }: InboundFact,
  firewall: Firewall,
  ruleset: Ruleset,
  facts: Facts,
  loaded: readonly BootLoaded[],
  digest: Digest,
): ModelDecision[] {
  const around = surroundingsOf(facts);
  const [syn, synAck] = protocol === 'tcp' ? [['syn'], ['syn', 'ack']] : [undefined, undefined];
  const device = back?.device ?? end.device;
  const near = scopeOf(end.address) === 'loopback' || back?.type === 'local';
  const possible = near ? ['lo'] : outsideInterfaces(facts);
  const comes = {
    hook: 'input',
    protocol,
    source: from,
    destination: end.address,
    dport: port,
    state: 'new',
    flags: syn,
  };
  const goes = {
    hook: 'output',
    protocol,
    source: end.address,
    destination: from,
    sport: port,
    state: 'established',
    ctDirection: 'reply',
    flags: synAck,
  };
  const answer = (json: object): DecisionDetail | null => {
    const parsed = parsePacket(json);
    return 'packet' in parsed ? decide(firewall, parsed.packet, around) : null;
  };
  /** By whichever interface it passes: where they do not agree, the one of the way back is assumed. */
  const decided = (json: object, side: 'in' | 'out', words: string): ModelDecision[] => {
    const ask = (name: string): DecisionDetail | null => {
      const here = answer({ ...json, [side]: name });
      if (here === null || side === 'out') return here;
      const onward = onwardOf(here, { ...comes, in: name }, ruleset, facts);
      const there = onward && answer(onward.packet);
      // Where it ends before it goes on, or whichever way it goes on, that is known without the second look, and what the packet
      // was before it was rewritten too. The second one knows the interface to there, and so the very rule.
      const isRefused = here.verdict === 'drop' || here.verdict === 'reject';
      if (isRefused && (!there || there.verdict === 'accept')) return { ...here, ...ledTo(here, onward) };
      // What reaches a container in the end is led there by the rule that rewrites its destination.
      if (!onward || !there) return here;
      return there.verdict === 'accept' ? { ...here, ...onward.led } : { ...there, to: onward.led.to };
    };
    const chosen = ask(device);
    if (!chosen) return [];
    const isSame = possible.length > 0 && possible.every((name) => name === device || sameAs(chosen, ask(name)));
    const assumed = isSame || chosen.verdict === 'unknown' ? {} : { assumed: `${words} ${device}` };
    const parsed = parsePacket({ ...json, [side]: device });
    const refuses = chosen.verdict === 'drop' || chosen.verdict === 'reject';
    const other = refuses && 'packet' in parsed ? otherManager(chosen, parsed.packet, ruleset, around, loaded) : null;
    const otherwise = other ? { otherwise: other } : {};
    return [{ protocol, address: end.address, port, direction: side, ...digest(chosen), ...assumed, ...otherwise }];
  };
  const [into] = decided(comes, 'in', 'it comes in on');
  if (into?.verdict !== 'accept') return into ? [into] : [];
  const isUntracked = answer({ ...comes, in: device })?.untracked === true;
  return [
    into,
    ...decided(isUntracked ? { ...goes, ...answerOfNobody(protocol) } : goes, 'out', 'the answer leaves by'),
  ];
}

/** The connection is not in the table: its answer opens none (nf_conntrack_proto_tcp.c, tcp_new), or of UDP a new one. */
function answerOfNobody(protocol: 'tcp' | 'udp'): object {
  return protocol === 'tcp' ? { state: 'invalid', ctDirection: undefined } : { state: 'new', ctDirection: 'original' };
}

/** Where a rule had led what was refused then: another machine, or another port of this device. */
function ledTo({ path }: DecisionDetail, onward: Onward | null): { readonly to?: string } {
  const to = onward?.led.to ?? path.findLast(({ did, hook }) => did === 'translate' && hook === 'prerouting')?.note;
  return to === undefined ? {} : { to };
}

/** Where a first packet from the other side ends on this device, and the answer to it: one address of it at a time. */
export interface InboundWay {
  readonly packets: readonly FlowPacket[];
  /** Where it goes in the end: a container's address and port, where a rule leads it there. */
  readonly to: { readonly address: string; readonly port: number; readonly led: boolean };
}

export function inboundWays(ruleset: Ruleset, facts: Facts): InboundWay[] {
  const question = fact(facts, 'inbound');
  if (!question || question.from === null) return [];
  const { protocol, port, from, back } = question;
  const [firewall, around] = [prepare(ruleset), surroundingsOf(facts)];
  const [syn, synAck] = protocol === 'tcp' ? [['syn'], ['syn', 'ack']] : [undefined, undefined];
  return question.ends.slice(0, 4).flatMap((end): InboundWay[] => {
    const device = back?.type === 'local' ? 'lo' : (back?.device ?? end.device);
    const comes = { hook: 'input', in: device, protocol, source: from, destination: end.address, dport: port, state: 'new', flags: syn, mark: 0 }; // prettier-ignore
    const goes = { hook: 'output', out: device, protocol, source: end.address, destination: from, sport: port, state: 'established', ctDirection: 'reply', flags: synAck, mark: 0 }; // prettier-ignore
    const first = parsePacket(comes);
    const onward = 'packet' in first ? onwardOf(decide(firewall, first.packet, around), comes, ruleset, facts) : null;
    const there = parsePacket(onward?.packet ?? comes);
    const answer = parsePacket(goes);
    if (!('packet' in there)) return [];
    const packets: FlowPacket[] = [{ direction: 'in', packet: there.packet }];
    // What comes back out of a container is of a connection that was let in.
    if (onward === null && 'packet' in answer) packets.push({ direction: 'out', packet: answer.packet });
    const to = onward === null ? { address: end.address, port } : placeOf(onward.packet, port);
    return [{ packets, to: { ...to, led: onward !== null } }];
  });
}

function placeOf(packet: object, port: number): { readonly address: string; readonly port: number } {
  const destination: unknown = 'destination' in packet ? packet.destination : '';
  const dport: unknown = 'dport' in packet ? packet.dport : port;
  return { address: String(destination), port: Number(dport) };
}

/** As it arrives. */
interface Coming {
  readonly in: string;
  readonly destination: string;
  readonly dport: number;
}

interface Onward {
  readonly packet: object;
  /** The rule that leads it there. */
  readonly led: Pick<DecisionDetail, 'rule' | 'decidedBy'> & { readonly verdict: 'redirect'; readonly to: string };
}

/** The same packet behind a rule that leads it to another machine, such as a container, and the interface to there. */
function onwardOf(detail: DecisionDetail, json: Coming, ruleset: Ruleset, facts: Facts): Onward | null {
  const step = detail.path.findLast(({ did, hook }) => did === 'translate' && hook === 'prerouting');
  const [, six, four, port] = /^(?:\[([0-9a-f:.]+)\]|([\d.]+))(?::(\d+))?$/i.exec(step?.note ?? '') ?? [];
  const address = six ?? four;
  if (step?.note === undefined || address === undefined || familyOf(address) === 0) return null;
  const interfaces = fact(facts, 'device.interfaces') ?? [];
  if (interfaces.some((one) => one.addresses.some((own) => own.address === address))) return null;
  const out = interfaces.find((one) => one.addresses.some((own) => inPrefix(address, `${own.address}/${own.prefix}`)));
  // Rules may ask for what it was before (`--ctorigdstport`, as Docker advises).
  const fields = { 'ct original proto-dst': json.dport };
  const there = { hook: 'forward', destination: address, out: out?.name, ctStatus: ['dnat'], fields };
  return {
    packet: { ...json, ...there, ...(port === undefined ? {} : { dport: Number(port) }) },
    led: { verdict: 'redirect', to: step.note, ...ruleAt(step, ruleset) },
  };
}

function ruleAt(
  { family, table: name, chain: inside, number, handle }: DecisionDetail['path'][number],
  ruleset: Ruleset,
): Pick<DecisionDetail, 'rule' | 'decidedBy'> {
  for (const table of ruleset.tables) {
    const chain = table.family === family && table.name === name ? table.chains.get(inside) : undefined;
    if (chain === undefined || number === undefined || number > chain.rules.length) continue;
    const rule = chain.rules.at(number - 1);
    if (rule.handle === handle)
      return { rule: referenceTo(table, chain, rule), decidedBy: { table, chain, rule, through: [] } };
  }
  return { rule: null, decidedBy: null };
}

const mostInterfaces = 12;

/** Interfaces by which somebody outside may come in, or leave again. */
function outsideInterfaces(facts: Facts): string[] {
  const all = (fact(facts, 'device.interfaces') ?? []).filter((one) => one.up && one.name !== 'lo');
  return all.slice(0, mostInterfaces).map(({ name }) => name);
}

function sameAs(one: DecisionDetail, other: DecisionDetail | null): boolean {
  return (
    one.verdict === other?.verdict &&
    one.decidedBy?.rule === other.decidedBy?.rule &&
    one.decidedBy?.chain === other.decidedBy?.chain
  );
}
