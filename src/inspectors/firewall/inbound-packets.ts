import { decide, type DecisionDetail, type Firewall } from '../../firewall/decide.js';
import { parsePacket } from '../../firewall/packet.js';
import { familyOf, inPrefix, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision } from '../../model/firewall-facts.js';
import type { InboundEnd, InboundFact } from '../../model/inbound.js';
import { surroundingsOf } from './packets.js';

type Digest = (detail: DecisionDetail) => Omit<ModelDecision, 'protocol' | 'address' | 'port' | 'direction'>;

/** What the rules say of a first packet from the other side to each address of this device, and of the answer. */
export function inboundDecisions(firewall: Firewall, facts: Facts, digest: Digest): ModelDecision[] {
  const question = fact(facts, 'inbound');
  return question ? question.ends.flatMap((end) => decisionsFor(end, question, firewall, facts, digest)) : [];
}

function decisionsFor(
  end: InboundEnd,
  { protocol, port, from, back }: InboundFact,
  firewall: Firewall,
  facts: Facts,
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
      const onward = here && side === 'in' ? onwardOf(here, { ...json, in: name }, facts) : null;
      const there = onward && answer(onward.packet);
      // What reaches a container in the end is led there by the rule that rewrites its destination.
      if (!onward || !there || !here) return here;
      return there.verdict === 'accept' ? { ...here, ...onward.led } : { ...there, to: onward.led.to };
    };
    const chosen = ask(device);
    if (!chosen) return [];
    const isSame = possible.length > 0 && possible.every((name) => name === device || sameAs(chosen, ask(name)));
    const assumed = isSame || chosen.verdict === 'unknown' ? {} : { assumed: `${words} ${device}` };
    return [{ protocol, address: end.address, port, direction: side, ...digest(chosen), ...assumed }];
  };
  const [into] = decided(comes, 'in', 'it comes in on');
  if (into?.verdict !== 'accept') return into ? [into] : [];
  return [into, ...decided(goes, 'out', 'the answer leaves by')];
}

interface Onward {
  readonly packet: object;
  readonly led: { readonly verdict: 'redirect'; readonly to: string };
}

/** The same packet behind a rule that leads it to another machine, such as a container, and the interface to there. */
function onwardOf(detail: DecisionDetail, json: object, facts: Facts): Onward | null {
  const to = detail.path.findLast((step) => step.did === 'translate' && step.hook === 'prerouting')?.note;
  const [, six, four, port] = /^(?:\[([0-9a-f:.]+)\]|([\d.]+))(?::(\d+))?$/i.exec(to ?? '') ?? [];
  const address = six ?? four;
  if (to === undefined || address === undefined || familyOf(address) === 0) return null;
  const interfaces = fact(facts, 'device.interfaces') ?? [];
  if (interfaces.some((one) => one.addresses.some((own) => own.address === address))) return null;
  const out = interfaces.find((one) => one.addresses.some((own) => inPrefix(address, `${own.address}/${own.prefix}`)));
  const there = { hook: 'forward', destination: address, out: out?.name, ctStatus: ['dnat'] };
  return {
    packet: { ...json, ...there, ...(port === undefined ? {} : { dport: Number(port) }) },
    led: { verdict: 'redirect', to },
  };
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
