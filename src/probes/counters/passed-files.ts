import type { Context } from '../../model/gatherer.js';
import { packetCounts, type PacketCounts } from '../../model/packet-counts.js';
import type { Passed, QueueDrops } from '../../model/swallowed.js';

const bound = 256 * 1024;
const mostQueues = 64;

/** The counters as they stand. */
export interface Standing {
  readonly packets: ReadonlyMap<string, PacketCounts>;
  readonly heard: number;
  readonly taken: number;
  readonly delivered: number;
  readonly octets: number;
  readonly queues: readonly QueueDrops[];
  readonly ipsec: ReadonlyMap<string, number>;
}

/** What came as far as IP, of all versions of it, and what of it was handed on. */
export type IpCounts = Pick<Standing, 'heard' | 'taken' | 'delivered' | 'octets'>;

export async function ipCounts({ system }: Pick<Context, 'system'>): Promise<IpCounts | null> {
  const [snmp, snmp6, netstat] = await Promise.all(ipFiles.map((path) => readText(path, system)));
  return countsIn(snmp ?? '', snmp6 ?? '', netstat ?? '');
}

const ipFiles = ['/proc/net/snmp', '/proc/net/snmp6', '/proc/net/netstat'] as const;

async function readText(path: string, { files }: Context['system']): Promise<string> {
  const file = await files.read(path, bound);
  return file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
}

/** Every user may read them: /proc/net, and the queues by netlink (RTM_GETQDISC), as tc(8) does. */
export async function standing({ system, signal }: Pick<Context, 'system' | 'signal'>): Promise<Standing | null> {
  const [dev, counts, xfrm, tc] = await Promise.all([
    readText('/proc/net/dev', system),
    ipCounts({ system }),
    readText('/proc/net/xfrm_stat', system),
    system.run('tc', ['-s', '-j', 'qdisc', 'show'], { timeoutMs: 1_000, maxBytes: 1024 * 1024, signal }),
  ]);
  if (dev === '' || !counts) return null;
  return {
    packets: packetCounts(dev),
    ...counts,
    queues: tc.exit === 0 ? queuesIn(tc.stdout) : [],
    ipsec: columnsOf(xfrm),
  };
}

function countsIn(snmp: string, snmp6: string, netstat: string): IpCounts | null {
  const four = rowOf(snmp, 'Ip');
  if (four.size === 0) return null;
  const extra = rowOf(netstat, 'IpExt');
  const six = columnsOf(snmp6);
  // What has a counter of its own is no rule's doing: passed on, damaged, for nobody here, a sender that cannot be.
  const explained = sum(
    four,
    'ForwDatagrams',
    'InHdrErrors',
    'InAddrErrors',
    'InUnknownProtos',
    'InDiscards',
    'ReasmReqds',
  );
  const explained6 = sum(
    six,
    'Ip6OutForwDatagrams',
    'Ip6InHdrErrors',
    'Ip6InAddrErrors',
    'Ip6InUnknownProtos',
    'Ip6InDiscards',
    'Ip6InNoRoutes',
    'Ip6ReasmReqds',
  );
  const noWay = sum(extra, 'InNoRoutes') + sum(rowOf(netstat, 'TcpExt'), 'IPReversePathFilter');
  const heard = sum(four, 'InReceives') + sum(six, 'Ip6InReceives');
  return {
    heard,
    taken: heard - explained - explained6 - noWay,
    delivered: sum(four, 'InDelivers') + sum(six, 'Ip6InDelivers'),
    octets: sum(extra, 'InOctets') + sum(six, 'Ip6InOctets'),
  };
}

/** What rose from the one to the other; of the interfaces the named one, or all but the loopback. */
export function passedBetween(from: Standing, to: Standing, device: string | null): Passed {
  const packets = (kind: keyof PacketCounts): number =>
    [...to.packets].reduce(
      (all, [name, counts]) =>
        (device === null ? name !== 'lo' : name === device)
          ? all + counts[kind] - (from.packets.get(name)?.[kind] ?? counts[kind])
          : all,
      0,
    );
  return {
    sent: packets('sent'),
    received: packets('received'),
    heard: to.heard - from.heard,
    taken: to.taken - from.taken,
    delivered: to.delivered - from.delivered,
    octets: to.octets - from.octets,
    queues: to.queues.flatMap((queue) => {
      const before = from.queues.find((one) => one.device === queue.device && one.handle === queue.handle);
      const drops = before === undefined ? 0 : queue.drops - before.drops;
      return drops > 0 ? [{ ...queue, drops }] : [];
    }),
    ipsec: [...to.ipsec].flatMap(([name, value]) => {
      const rise = value - (from.ipsec.get(name) ?? value);
      return rise > 0 ? [{ name, rise }] : [];
    }),
  };
}

/** `[{"kind":"tbf","handle":"8001:","dev":"eth0","root":true,…,"drops":3}]`: one without a handle has no filter and no own settings. */
export function queuesIn(json: string): QueueDrops[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return []; // older versions print text
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.slice(0, mostQueues).flatMap((one: unknown): QueueDrops[] => {
    const at = (key: string): unknown =>
      typeof one === 'object' && one !== null && Object.hasOwn(one, key) ? Reflect.get(one, key) : undefined;
    const [device, kind, handle, drops] = [at('dev'), at('kind'), at('handle'), at('drops')];
    return typeof device === 'string' &&
      typeof kind === 'string' &&
      typeof handle === 'string' &&
      typeof drops === 'number' &&
      Number.isSafeInteger(drops)
      ? [{ device: device.slice(0, 15), kind: kind.slice(0, 32), handle: handle.slice(0, 16), drops }]
      : [];
  });
}

/** Two lines a group: `Ip: name name…` and `Ip: 1 2…` (net/ipv4/proc.c). */
function rowOf(text: string, group: string): ReadonlyMap<string, number> {
  const [names = '', values = ''] = text.split('\n', 200).filter((line) => line.startsWith(`${group}: `));
  const all = values.split(' ');
  return new Map(
    names.split(' ').flatMap((name, i) => {
      const value = Number(all[i]);
      return Number.isFinite(value) ? [[name, value]] : [];
    }),
  );
}

/** A name and a number a line (net/ipv6/proc.c, net/xfrm/xfrm_proc.c). */
function columnsOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split('\n', 300).flatMap((line) => {
      const [, name, value] = /^(\w{1,40})\s+(\d{1,15})$/.exec(line.trim()) ?? [];
      return name === undefined ? [] : [[name, Number(value)]];
    }),
  );
}

function sum(all: ReadonlyMap<string, number>, ...names: string[]): number {
  return names.reduce((total, name) => total + (all.get(name) ?? 0), 0);
}
