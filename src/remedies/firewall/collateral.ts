import { decide, type Firewall } from '../../firewall/decide.js';
import type { Surroundings } from '../../firewall/decide/initial.js';
import type { Packet } from '../../firewall/packet.js';
import { parseIPv4, parseIPv6 } from '../../firewall/values/addresses.js';
import { familyOf } from '../../model/address.js';
import type { Flow } from '../../model/failing-flows.js';

interface Sample {
  readonly words: string;
  readonly packet: Packet;
}

const [tcp, udp] = [6, 17];
const ports = [22, 25, 53, 80, 443, 3306, 5432, 8080];

/**
 * What else is let through afterwards that was not before, in plain words: asked of the firewall's model about packets
 * that are like the target's first one in all but one way. Empty when the change lets through the target alone.
 */
export function alsoOpened(
  before: Firewall,
  after: Firewall,
  flow: Flow,
  first: Packet,
  around: Surroundings,
): string[] {
  const opened = samplesOf(flow, first).filter(
    ({ packet }) => decide(after, packet, around).verdict === 'accept' && wasClosed(before, packet, around),
  );
  return [...new Set(opened.map(({ words }) => words))];
}

/** The same of a packet that comes in: other ports for its sender, and the port for others. */
export function alsoLetIn(
  before: Firewall,
  after: Firewall,
  { address, port }: Flow,
  first: Packet,
  around: Surroundings,
): string[] {
  const six = familyOf(address) === 6;
  const elsewhere = (six ? ['2001:db8:ffff::7', 'fd00:77::7'] : ['192.0.2.77', '10.77.0.7']).flatMap(
    (text) => parseIPv4(text) ?? parseIPv6(text) ?? [],
  );
  const next = first.source;
  const others = next === undefined ? elsewhere : [neighbourOf(next), ...elsewhere];
  const samples: Sample[] = [
    ...ports
      .filter((one) => one !== first.dport)
      .map((dport) => ({ words: `other ports for ${address}`, packet: { ...first, dport } })),
    ...others.map((source) => ({ words: `port ${port} for other addresses`, packet: { ...first, source } })),
    ...(first.protocol === tcp ? [{ words: `UDP to port ${port} for ${address}`, packet: datagram(first) }] : []),
  ];
  const opened = samples.filter(
    ({ packet }) => decide(after, packet, around).verdict === 'accept' && wasClosed(before, packet, around),
  );
  return [...new Set(opened.map(({ words }) => words))];
}

function wasClosed(before: Firewall, packet: Packet, around: Surroundings): boolean {
  const { verdict } = decide(before, packet, around);
  return verdict === 'drop' || verdict === 'reject' || verdict === 'unknown';
}

function samplesOf({ address, port }: Flow, first: Packet): Sample[] {
  const out = (words: string, packet: Partial<Packet>): Sample => ({ words, packet: { ...first, ...packet } });
  const into = (words: string, packet: Partial<Packet>): Sample => ({
    words,
    packet: { ...incoming(first), ...packet },
  });
  const six = familyOf(address) === 6;
  const elsewhere = (six ? ['2001:db8:ffff::7', 'fd00:77::7'] : ['192.0.2.77', '10.77.0.7']).flatMap(
    (text) => parseIPv4(text) ?? parseIPv6(text) ?? [],
  );
  const next = first.destination;
  const others = next === undefined ? elsewhere : [neighbourOf(next), ...elsewhere];
  const otherPorts = ports.filter((one) => one !== port);
  return [
    ...otherPorts.map((dport) => out(`other ports of ${address}`, { dport })),
    ...others.map((destination) => out(`port ${port} of other addresses`, { destination })),
    ...others.flatMap((destination) =>
      otherPorts.map((dport) => out('other ports of other addresses', { destination, dport })),
    ),
    ...(first.protocol === tcp ? [out(`UDP to port ${port} of ${address}`, datagram(first))] : []),
    into(`new connections from ${address} to this computer`, {}),
    into(`new connections from port ${port} of ${address} to this computer`, { sport: port }),
    ...others.map((source) => into('new connections from other addresses to this computer', { source })),
  ];
}

function neighbourOf(address: NonNullable<Packet['destination']>): NonNullable<Packet['destination']> {
  return typeof address === 'bigint' ? address ^ 1n : (address ^ 1) >>> 0;
}

function datagram(first: Packet): Packet {
  const { flags: _flags, ...rest } = first;
  return { ...rest, protocol: udp };
}

/** What the other side would send to begin a connection of its own. */
function incoming({ family, protocol, source, destination, out, state, flags }: Packet): Packet {
  const given = {
    family,
    protocol,
    source: destination,
    destination: source,
    in: out,
    state,
    flags,
    dport: 22,
    mark: 0,
  };
  return {
    hook: 'input',
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Packet>),
  };
}
