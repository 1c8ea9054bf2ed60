import type { Random } from './random.js';
import type { Shape } from './wire.js';

/** Few values, so that rules and packets meet. Documentation addresses only (RFC 5737, RFC 3849). */
export const own4 = ['192.0.2.1', '198.51.100.1', '203.0.113.1'] as const;
export const own6 = ['2001:db8:1::1', '2001:db8:2::1', '2001:db8:3::1'] as const;
export const networks4 = ['192.0.2', '198.51.100', '203.0.113'] as const;
export const networks6 = ['2001:db8:1:', '2001:db8:2:', '2001:db8:3:'] as const;
export const devices = ['eth0', 'eth1', 'wan0'] as const;
export const ports = [22, 53, 80, 443, 1000, 1023, 1024, 8080, 40_000] as const;
export const marks = [0, 1, 2, 0x10, 0x11, 0x100, 0xff00] as const;
const hosts = [2, 3, 7, 8, 64, 129] as const;

export function address4(random: Random): string {
  return random.chance(0.2) ? random.pick(own4) : `${random.pick(networks4)}.${random.pick(hosts)}`;
}

export function address6(random: Random): string {
  return random.chance(0.2) ? random.pick(own6) : `${random.pick(networks6)}:${random.pick(hosts).toString(16)}`;
}

export interface Sent {
  readonly shape: Shape;
  /** Index of the device it comes in by, or null when this machine sends it. */
  readonly device: number | null;
  readonly mark: number;
  /** It belongs to a connection that is known already, and goes this way along it. */
  readonly known: 'original' | 'reply' | undefined;
}

const tcpFlags = [2, 2, 2, 0x10, 0x12, 0x18, 4, 0x14, 0x11, 0x01, 0x29, 0x03, 0xc2, 0x30] as const;

/** A packet from another machine to this one or through it, or one of this machine's own. */
export function randomPacket(random: Random): Sent {
  const family = random.chance(0.6) ? 4 : 6;
  const own = family === 4 ? own4 : own6;
  const device = random.below(3);
  const isOutput = random.chance(0.3);
  const host = (network: number): string =>
    family === 4
      ? `${networks4[network]}.${random.pick(hosts)}`
      : `${networks6[network]}:${random.pick(hosts).toString(16)}`;
  const elsewhere = (device + 1 + random.below(2)) % 3;
  const source = isOutput ? (own[elsewhere] ?? '') : host(device);
  const broadcast = family === 4 && !isOutput && random.chance(0.05);
  const toOwn = !isOutput && random.chance(0.5);
  const destination = broadcast ? `${networks4[device]}.255` : toOwn ? random.pick(own) : host(elsewhere);
  const protocol = random.pick([6, 6, 17, 17, family === 4 ? 1 : 58]);
  const icmpType = family === 4 ? random.pick([8, 8, 0, 13, 3, 11]) : random.pick([128, 128, 129, 1, 3]);
  return {
    device: isOutput ? null : device,
    mark: isOutput ? random.pick(marks) : 0,
    known:
      (protocol === 6 || protocol === 17) && !broadcast && random.chance(0.15)
        ? random.pick(['original', 'reply'] as const)
        : undefined,
    shape: {
      family,
      protocol,
      source,
      destination,
      sport: random.chance(0.5) ? random.pick(ports) : 1024 + random.below(60_000),
      dport: random.pick(ports),
      flags: random.pick(tcpFlags),
      icmpType,
      icmpCode: random.pick([0, 0, 1, 3]),
      ttl: random.pick([64, 64, 63, 255, 2]),
      dscp: random.pick([0, 0, 8, 10, 46]),
      ecn: random.pick([0, 0, 1, 2, 3]),
      payload: random.pick([0, 10, 100, 500]),
    },
  };
}
