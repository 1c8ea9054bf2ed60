import { errnoName } from '../errno-names.js';
import {
  IP_MINTTL,
  IP_MTU_DISCOVER,
  IP_PMTUDISC_PROBE,
  IP_RECVERR,
  IP_TOS,
  IP_TTL,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  IPV6_MINHOPCOUNT,
  IPV6_MTU_DISCOVER,
  IPV6_RECVERR,
  IPV6_TCLASS,
  IPV6_UNICAST_HOPS,
  SO_BINDTODEVICE,
  SO_DONTROUTE,
  SO_TIMESTAMPNS,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  TCP_MAXSEG,
} from './constants.js';
import type { Account } from '../../model/system.js';
import type { Kernel } from './kernel.js';
import { encodeSocketAddress, type SocketAddress, wildcard } from './socket-address.js';

export interface Wanted {
  readonly address: string;
  readonly port: number;
  readonly interface?: string | null;
  readonly ttl?: number;
  readonly minTtl?: number;
  readonly tos?: number;
  readonly maxSegment?: number;
  readonly unrouted?: true;
  readonly whole?: true;
  /** The kernel notes when each error came in (SO_TIMESTAMPNS). */
  readonly timed?: true;
  /** As whom it is opened, when not as this kernel's owner. */
  readonly asAccount?: Account;
  /** The local port; any when absent. */
  readonly localPort?: number;
}

export interface PreparedSocket {
  readonly fd: number;
  readonly to: SocketAddress;
  /** Null when bind() was refused: connect() then chooses, and may succeed where bind() cannot. */
  readonly localPort: number | null;
}

/** What failed, as an errno name, and which option it was about when it was not the socket itself. */
export interface Unprepared {
  readonly errno: string;
  readonly option?: string;
}

const options = {
  4: { level: IPPROTO_IP, errors: IP_RECVERR, ttl: IP_TTL, minTtl: IP_MINTTL, tos: IP_TOS, discover: IP_MTU_DISCOVER },
  6: {
    level: IPPROTO_IPV6,
    errors: IPV6_RECVERR,
    ttl: IPV6_UNICAST_HOPS,
    minTtl: IPV6_MINHOPCOUNT,
    tos: IPV6_TCLASS,
    discover: IPV6_MTU_DISCOVER,
  },
} as const;

/** A port chosen by the kernel may be the one that is dialled: on this device the socket would connect to itself. */
const maxPortChoices = 4;

/** Opens a socket with its options, bound to a port, so that the port is known before the first packet leaves. */
export function prepareSocket(
  kernel: Kernel,
  kind: 'tcp' | 'udp' | 'echo',
  wanted: Wanted,
): PreparedSocket | Unprepared {
  const to = encodeSocketAddress(wanted.address, wanted.port, scopeOf(kernel, wanted.address));
  if (!to) return { errno: 'EINVAL', option: 'address' };
  if (needsZone(to, wanted)) return { errno: 'EINVAL', option: 'zone of a link-local address' };
  for (let choice = 1; ; choice++) {
    const type = kind === 'tcp' ? SOCK_STREAM : SOCK_DGRAM;
    const fd = kernel.open(to.family, type, protocolOf(kind, to.family), wanted.asAccount);
    if (fd < 0) return { errno: errnoName(-fd) };
    const refused = setOptions(kernel, fd, to.family, wanted);
    if (refused) {
      kernel.close(fd);
      return refused;
    }
    const localPort = bindPort(kernel, fd, to.family, wanted.localPort);
    if (wanted.localPort !== undefined && localPort === null) {
      kernel.close(fd);
      return { errno: 'EADDRINUSE', option: 'local port' };
    }
    if (localPort !== wanted.port || kind === 'echo' || choice === maxPortChoices) return { fd, to, localPort };
    kernel.close(fd);
  }
}

/**
 * No more ICMP errors from now on: with the option set, one would end an established connection that TCP itself
 * carries on (tcp_v4_err). Turning it off empties the queue too.
 */
export function stopListeningForErrors(kernel: Kernel, fd: number, family: 4 | 6): void {
  kernel.set(fd, options[family].level, options[family].errors, 0);
}

/** Of an open connection: the hop limit of what is sent from now on, and the least one of what is taken. */
export function limitHops(
  kernel: Kernel,
  fd: number,
  family: 4 | 6,
  limits: { readonly ttl?: number | undefined; readonly minTtl?: number | undefined },
): boolean {
  const { level, ttl, minTtl } = options[family];
  const set = (name: number, value: number | undefined): boolean =>
    value === undefined || kernel.set(fd, level, name, value) === 0;
  return set(ttl, limits.ttl) && set(minTtl, limits.minTtl);
}

function setOptions(kernel: Kernel, fd: number, family: 4 | 6, wanted: Wanted): Unprepared | null {
  const { level, errors, ttl, minTtl, tos, discover } = options[family];
  const numbers: readonly (readonly [string, number, number | undefined])[] = [
    ['error queue', errors, 1],
    ['hop limit', ttl, wanted.ttl],
    ['least hop limit', minTtl, wanted.minTtl],
    ['type of service', tos, wanted.tos],
    ['path discovery', discover, wanted.whole && IP_PMTUDISC_PROBE],
  ];
  for (const [option, name, value] of numbers) {
    const errno = value === undefined ? 0 : kernel.set(fd, level, name, value);
    if (errno !== 0) return { errno: errnoName(errno), option };
  }
  if (wanted.timed) {
    const errno = kernel.set(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
    if (errno !== 0) return { errno: errnoName(errno), option: 'times' };
  }
  if (wanted.unrouted) {
    const errno = kernel.set(fd, SOL_SOCKET, SO_DONTROUTE, 1);
    if (errno !== 0) return { errno: errnoName(errno), option: 'no router' };
  }
  if (wanted.maxSegment !== undefined) {
    const errno = kernel.set(fd, IPPROTO_TCP, TCP_MAXSEG, wanted.maxSegment);
    if (errno !== 0) return { errno: errnoName(errno), option: 'largest segment' };
  }
  if (!wanted.interface) return null;
  const device = new TextEncoder().encode(`${wanted.interface}\0`);
  const errno = kernel.setBytes(fd, SOL_SOCKET, SO_BINDTODEVICE, device);
  return errno === 0 ? null : { errno: errnoName(errno), option: 'interface' };
}

/**
 * Not with IP_BIND_ADDRESS_NO_PORT, which leaves the port open until connect(). Where it is refused (no port left for
 * every destination at once, a sandbox that forbids bind) connect() may still hold.
 */
function bindPort(kernel: Kernel, fd: number, family: 4 | 6, port = 0): number | null {
  return kernel.bind(fd, wildcard(family, port)) === 0 ? (kernel.local(fd)?.port ?? null) : null;
}

/** Echoes by a datagram socket are open to whoever is in net.ipv4.ping_group_range (icmp(7)). */
function protocolOf(kind: 'tcp' | 'udp' | 'echo', family: 4 | 6): number {
  if (kind !== 'echo') return 0;
  return family === 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
}

function scopeOf(kernel: Kernel, address: string): number {
  const zone = address.split('%')[1];
  if (zone === undefined) return 0;
  return /^\d+$/.test(zone) ? Number(zone) : kernel.libc.interfaceIndex(zone);
}

/** Link-local without a zone: connect() would say EINVAL, as it does for a blackhole route. */
function needsZone({ family, bytes }: SocketAddress, wanted: Wanted): boolean {
  if (family === 4 || wanted.interface) return false;
  const linkLocal = bytes[8] === 0xfe && ((bytes[9] ?? 0) & 0xc0) === 0x80; // fe80::/10
  return linkLocal && new DataView(bytes.buffer).getUint32(24, true) === 0;
}
