import { decide, type DecisionDetail, type Firewall } from '../../firewall/decide.js';
import { parsePacket } from '../../firewall/packet.js';
import { scopeOf } from '../../model/address.js';
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
    const direction = side;
    const chosen = answer({ ...json, [side]: device });
    if (!chosen) return [];
    const isSame =
      possible.length > 0 &&
      possible.every((name) => sameAs(chosen, name === device ? chosen : answer({ ...json, [side]: name })));
    const assumed = isSame || chosen.verdict === 'unknown' ? {} : { assumed: `${words} ${device}` };
    return [{ protocol, address: end.address, port, direction, ...digest(chosen), ...assumed }];
  };
  const [into] = decided(comes, 'in', 'it comes in on');
  if (into?.verdict !== 'accept') return into ? [into] : [];
  return [into, ...decided(goes, 'out', 'the answer leaves by')];
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
