import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import {
  attributesIn,
  errorOf,
  message,
  messagesIn,
  NLM_F_ACK,
  numberOf,
} from '../../src/system/linux/trace/netlink-message.js';
import { decodeTrace } from '../../src/system/linux/trace/trace-message.js';
import { bind, errno, int32, ioctl, open, read, recv, sendto, setsockopt, socket, write } from './calls.js';
import { bytesOfAddress } from './wire.js';

/** Interfaces of the namespace. Those named here are TUN devices: what is written to them comes in, byte for byte. */
export interface Device {
  readonly name: string;
  readonly v4: string;
  readonly v6: string;
  readonly fd: number;
  readonly index: number;
}

const TUNSETIFF = 0x400454ca;
const IFF_TUN = 1;
const IFF_NO_PI = 0x1000;
const O_RDWR = 2;
const O_NONBLOCK = 0x800;

function tun(name: string): number {
  const fd = open('/dev/net/tun', O_RDWR | O_NONBLOCK);
  if (fd < 0) throw new Error(`/dev/net/tun: errno ${errno()}`);
  const request = Buffer.alloc(40);
  request.write(name, 0, 'latin1');
  request.writeUInt16LE(IFF_TUN | IFF_NO_PI, 16);
  if (ioctl(fd, TUNSETIFF, request) < 0) throw new Error(`TUNSETIFF ${name}: errno ${errno()}`);
  return fd;
}

const ip = (...args: string[]): string =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function sysctl(path: string, value: string): void {
  writeFileSync(`/proc/sys/net/${path}`, value);
}

/** Builds the small world of this namespace: a router with three networks, one beside the other. */
export function buildWorld(): readonly Device[] {
  ip('link', 'set', 'lo', 'up');
  sysctl('ipv4/ip_forward', '1');
  sysctl('ipv4/conf/all/rp_filter', '0');
  sysctl('ipv4/conf/default/rp_filter', '0');
  sysctl('ipv6/conf/all/forwarding', '1');
  sysctl('ipv6/conf/default/accept_dad', '0');
  sysctl('ipv6/conf/default/addr_gen_mode', '1');
  const plan = [
    { name: 'eth0', v4: '192.0.2.1', v6: '2001:db8:1::1' },
    { name: 'eth1', v4: '198.51.100.1', v6: '2001:db8:2::1' },
    { name: 'wan0', v4: '203.0.113.1', v6: '2001:db8:3::1' },
  ];
  return plan.map(({ name, v4, v6 }) => {
    const fd = tun(name);
    ip('addr', 'add', `${v4}/24`, 'dev', name);
    ip('-6', 'addr', 'add', `${v6}/64`, 'dev', name, 'nodad');
    ip('link', 'set', name, 'up');
    const index = Number(/^(\d+):/.exec(ip('-o', 'link', 'show', 'dev', name))?.[1] ?? 0);
    return { name, v4, v6, fd, index };
  });
}

export function receive(device: Device, packet: Uint8Array): boolean {
  return write(device.fd, packet, packet.length) === packet.length;
}

const scrap = new Uint8Array(65_536);

/** Throws away what was sent out of a device, so that its queue never fills. */
export function drain(device: Device): void {
  for (let i = 0; i < 1000 && read(device.fd, scrap, scrap.length) > 0; i++);
}

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_RAW = 3;
const IPPROTO_RAW = 255;
const SOL_SOCKET = 1;
const SO_PRIORITY = 12;
const SO_MARK = 36;
const IPV6_HDRINCL = 36;

/** Sends packets with headers of one's own. Their priority tells the tracer that they are ours. */
export class RawSender {
  private readonly v4 = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
  private readonly v6 = socket(AF_INET6, SOCK_RAW, IPPROTO_RAW);

  constructor() {
    if (this.v4 < 0 || this.v6 < 0) throw new Error(`raw socket: errno ${errno()}`);
    for (const fd of [this.v4, this.v6]) setsockopt(fd, SOL_SOCKET, SO_PRIORITY, int32(6), 4);
    setsockopt(this.v6, 41, IPV6_HDRINCL, int32(1), 4);
  }

  /** 0, or the errno: EPERM when a rule dropped it on the way out. */
  send(packet: Uint8Array, family: 4 | 6, destination: string, mark: number): number {
    const fd = family === 4 ? this.v4 : this.v6;
    setsockopt(fd, SOL_SOCKET, SO_MARK, int32(mark | 0), 4);
    const address = Buffer.alloc(family === 4 ? 16 : 28);
    address.writeUInt16LE(family === 4 ? AF_INET : AF_INET6, 0);
    address.set(bytesOfAddress(destination), family === 4 ? 4 : 8);
    return sendto(fd, packet, packet.length, 0, address, address.length) < 0 ? errno() : 0;
  }
}

/** Forgets all connections, so that each packet is the first of its own (IPCTNL_MSG_CT_DELETE without a tuple). */
export class ConnectionTable {
  private readonly fd = netlink();

  flush(): void {
    const request = message((1 << 8) | 2, NLM_F_ACK, 1, 0, 0);
    const kernel = Buffer.alloc(12);
    kernel.writeUInt16LE(16, 0);
    if (sendto(this.fd, request, request.length, 0, kernel, 12) < 0) throw new Error(`conntrack: errno ${errno()}`);
    const length = recv(this.fd, scrap, scrap.length, 0);
    for (const one of messagesIn(scrap.slice(0, Math.max(0, length)))) {
      if ((errorOf(one) ?? 0) !== 0) throw new Error(`conntrack: error ${errorOf(one) ?? 0}`);
    }
  }
}

function netlink(flags = 0): number {
  const fd = socket(16, SOCK_RAW | flags, 12);
  const address = Buffer.alloc(12);
  address.writeUInt16LE(16, 0);
  if (fd < 0 || bind(fd, address, 12) < 0) throw new Error(`netlink: errno ${errno()}`);
  return fd;
}

export interface TraceEvent {
  readonly id: number;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly kind: string;
  readonly handle: number | undefined;
  readonly verdict: string;
  readonly ctState: number | undefined;
  readonly ctDirection: number | undefined;
  readonly ctStatus: number | undefined;
  readonly out: number | undefined;
}

const NFTA_TRACE_OIF = 12;
const NFTA_TRACE_CT_DIRECTION = 19;
const NFTA_TRACE_CT_STATUS = 20;
const NFTA_TRACE_CT_STATE = 21;

/** Reads nft's trace events: they are there when the packet has been sent. */
export class TraceReader {
  private readonly fd: number;
  private readonly buffer = new Uint8Array(1 << 18);

  constructor() {
    this.fd = netlink(O_NONBLOCK);
    setsockopt(this.fd, SOL_SOCKET, 8, int32(1 << 21), 4);
    if (setsockopt(this.fd, 270, 1, int32(9), 4) < 0) throw new Error(`nftrace group: errno ${errno()}`);
  }

  events(): TraceEvent[] {
    const out: TraceEvent[] = [];
    for (let i = 0; i < 4096; i++) {
      const length = recv(this.fd, this.buffer, this.buffer.length, 0x40);
      if (length <= 0) break;
      for (const message of messagesIn(this.buffer.slice(0, length))) {
        const decoded = decodeTrace(message);
        if (decoded === null) continue;
        const attributes = attributesIn(message.body.subarray(4));
        const value = (type: number): number | undefined => numberOf(attributes.get(type)) ?? undefined;
        const direction = attributes.get(NFTA_TRACE_CT_DIRECTION);
        const { step, id } = decoded;
        out.push({
          id,
          family: step.family,
          table: step.table,
          chain: step.chain,
          kind: step.kind,
          verdict: step.verdict,
          handle: step.rule?.handle,
          ctState: value(NFTA_TRACE_CT_STATE),
          ctStatus: value(NFTA_TRACE_CT_STATUS),
          ctDirection: direction?.[0],
          out: value(NFTA_TRACE_OIF),
        });
      }
    }
    return out;
  }
}
