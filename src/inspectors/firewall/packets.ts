import type { Surroundings } from '../../firewall/decide/initial.js';
import { parsePacket, type Packet } from '../../firewall/packet.js';
import { parseIPv4, parseIPv6 } from '../../firewall/values/addresses.js';
import { canonical } from '../../model/address.js';
import type { Flow } from '../../model/failing-flows.js';
import { fact, type Facts } from '../../model/facts.js';
import type { System } from '../../model/system.js';

/** A packet of a flow, and which way it goes. */
export interface FlowPacket {
  readonly direction: 'out' | 'in';
  readonly packet: Packet;
}

export interface Sender {
  readonly uid: number | null;
  readonly gid: number | null;
  readonly cgroup: string | null;
}

/** Whose packets they are, as rules can ask: user, group and control group (version 2). */
export async function senderOf(system: System): Promise<Sender> {
  const file = await system.files.read('/proc/self/cgroup', 4096);
  const text = file.ok ? Buffer.from(file.bytes).toString('utf8') : '';
  return {
    uid: system.identity.uid,
    gid: system.identity.gid ?? null,
    cgroup: /^0::(\/\S*)$/m.exec(text)?.[1] ?? null,
  };
}

/**
 * The first packet of a flow, and the answer to it; or of one that is open what is said on it, of which neither length nor
 * content is known. To an address of this very device both go out and come in again by
 * the loopback. What is not known is left out: the decision then says where that matters.
 */
export function packetsOf(
  { protocol, address, port }: Flow,
  facts: Facts,
  sender: Sender,
  isOpen = false,
): FlowPacket[] {
  const route = fact(facts, 'device.routes')?.choices.find((choice) => choice.address === canonical(address));
  const probe = fact(facts, 'connect')?.find((one) => one.address === address && one.port === port);
  const source = probe?.first.localAddress ?? route?.source ?? undefined;
  const isHere = route?.type === 'local';
  const device = isHere ? 'lo' : (route?.device ?? undefined);
  const data = ['psh', 'ack'];
  const [syn, synAck] =
    protocol === 'tcp' ? (isOpen ? [data, data] : [['syn'], ['syn', 'ack']]) : [undefined, undefined];
  const state = isOpen ? 'established' : 'new';
  const ends = { source, destination: address, dport: port };
  const ours = {
    protocol,
    mark: 0,
    ...(sender.uid !== null && { uid: sender.uid }),
    ...(sender.gid !== null && { gid: sender.gid }),
  };
  const first = { ...ours, ...ends, state, flags: syn, cgroup: sender.cgroup };
  const back = { protocol, source: address, destination: source, sport: port, state: 'established', flags: synAck };
  const packets: [FlowPacket['direction'], object][] = [['out', { hook: 'output', out: device, ...first }]];
  if (isHere) {
    packets.push(['out', { hook: 'input', in: 'lo', protocol, mark: 0, ...ends, state, flags: syn }]);
    packets.push(['in', { hook: 'output', out: 'lo', ...back }]);
  }
  packets.push(['in', { hook: 'input', in: device, ctDirection: 'reply', ...back }]);
  return packets.flatMap(([direction, json]) => {
    const parsed = parsePacket(json);
    return 'packet' in parsed ? [{ direction, packet: parsed.packet }] : [];
  });
}

/** Every address of this device: what else a packet is sent to is not local. */
export function surroundingsOf(facts: Facts): Surroundings {
  const interfaces = fact(facts, 'device.interfaces');
  if (!interfaces) return {};
  const addresses = interfaces.flatMap((one) => one.addresses.map(({ address }) => address.split('%')[0] ?? ''));
  return { localAddresses: new Set(addresses.flatMap((text) => parseIPv4(text) ?? parseIPv6(text) ?? [])) };
}
