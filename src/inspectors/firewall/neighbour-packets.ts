import { decide, type DecisionDetail, type Firewall } from '../../firewall/decide.js';
import { parsePacket } from '../../firewall/packet.js';
import { parseIPv6 } from '../../firewall/values/addresses.js';
import { canonical, familyOf } from '../../model/address.js';
import type { Flow } from '../../model/failing-flows.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision, NeighbourDecision } from '../../model/firewall-facts.js';
import { surroundingsOf } from './packets.js';

type Digest = (detail: DecisionDetail) => Omit<ModelDecision, 'protocol' | 'address' | 'port' | 'direction'>;

/**
 * How IPv6 finds the next machine on a link (RFC 4861, 7.2): this computer asks for its address, and it answers. What the
 * rules refuse of that, for the next hop of each flow; connection tracking leaves these messages untracked.
 */
export function neighbourDecisions(
  flows: readonly Flow[],
  firewall: Firewall,
  facts: Facts,
  digest: Digest,
): NeighbourDecision[] {
  const found = new Map<string, NeighbourDecision>();
  for (const { address } of flows) {
    const choice = fact(facts, 'device.routes')?.choices.find((one) => one.address === canonical(address));
    const hop = choice?.via ?? address;
    const group = solicited(hop);
    if (familyOf(address) !== 6 || choice?.type === 'local' || choice?.device == null || group === null) continue;
    const common = { protocol: 'icmpv6', state: 'untracked', mark: 0 };
    const own = choice.source ?? undefined;
    const messages = [
      ['out', { hook: 'output', out: choice.device, source: own, destination: group, icmpType: 135, ...common }],
      ['in', { hook: 'input', in: choice.device, source: hop, destination: own, icmpType: 136, ...common }],
    ] as const;
    for (const [direction, json] of messages) {
      const parsed = parsePacket(json);
      if (!('packet' in parsed)) continue;
      const detail = decide(firewall, parsed.packet, surroundingsOf(facts));
      if (detail.verdict !== 'drop' && detail.verdict !== 'reject') continue;
      const { folded: _, ...rest } = digest(detail);
      found.set(`${hop} ${direction}`, { ...rest, address: hop, direction });
    }
  }
  return [...found.values()];
}

/** The group that whoever has the address listens to (RFC 4291, 2.7.1). */
function solicited(address: string): string | null {
  const number = parseIPv6(address.split('%')[0] ?? '');
  if (typeof number !== 'bigint') return null;
  const low = Number(number & 0xff_ffffn);
  return `ff02::1:ff${(low >> 16).toString(16).padStart(2, '0')}:${(low & 0xffff).toString(16)}`;
}
