import { fact, type Facts } from '../../model/facts.js';
import type { LimitsFact, Use } from '../../model/device-state.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { probesOf } from '../../model/probed.js';
import { filesLimit, numbersIn, portRange, reservedIn, textOf } from './limit-files.js';
import { portsTowards } from './ports-towards.js';

const mostPlaces = 4;
const mostListeners = 16;
const mostFiles = 1_100_000;

/** Limits that stop connections when they are reached, and how far each is used. */
export const deviceLimits: Gatherer<'device.limits'> = {
  fact: 'device.limits',
  needs: ['device.listeners'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(facts, context) {
    const [ports, process, device, listeners, conntrack, reversePathDrops, somaxconn, xfrm] = await Promise.all([
      portsOf(facts, context),
      filesOf('self', context),
      deviceFiles(context),
      listenersOf(facts, context),
      conntrackOf(context),
      reversePathDropsOf(context),
      textOf('/proc/sys/net/core/somaxconn', context),
      textOf('/proc/net/xfrm_stat', context),
    ]);
    const [mostWaiting] = numbersIn(somaxconn ?? '');
    const value: LimitsFact = {
      ports,
      files: { process, device },
      listeners,
      conntrack,
      reversePathDrops,
      ...(xfrm !== undefined && xfrm !== '' && { ipsecDrops: ipsecDropsIn(xfrm) }),
      ...(mostWaiting !== undefined && { mostWaiting }),
    };
    return known(value, '/proc');
  },
};

async function portsOf(facts: Facts, context: Context): Promise<LimitsFact['ports']> {
  const [range, reserved] = await Promise.all([
    textOf('/proc/sys/net/ipv4/ip_local_port_range', context),
    textOf('/proc/sys/net/ipv4/ip_local_reserved_ports', context),
  ]);
  const ends = portRange(range);
  if (!ends) return null;
  const places = probesOf(facts)
    .filter((probe) => probe.port > 0 && probe.first.failure?.code === 'no-local-address')
    .slice(0, mostPlaces);
  const towards = await Promise.all(places.map(({ address, port }) => portsTowards(address, port, ends, context)));
  return { ...ends, reserved: reservedIn(reserved, ends), towards: towards.flatMap((one) => one ?? []) };
}

/** What a process may read of another: its limits always, its files only as the same user or as root. */
async function filesOf(pid: number | 'self', context: Context): Promise<Use | null> {
  const [limits, names] = await Promise.all([
    textOf(`/proc/${pid}/limits`, context),
    context.system.files.list(`/proc/${pid}/fd`, mostFiles),
  ]);
  const limit = filesLimit(limits);
  return limit === null || names === null ? null : { used: names.length, limit };
}

/** `allocated unused maximum` (proc(5), file-nr). */
async function deviceFiles(context: Context): Promise<Use | null> {
  const [used, , limit] = numbersIn(await textOf('/proc/sys/fs/file-nr', context));
  return used === undefined || limit === undefined ? null : { used, limit };
}

/** Every process that shares a listening socket there: of a server with workers any may be the one that is full. */
async function listenersOf(facts: Facts, context: Context): Promise<LimitsFact['listeners']> {
  const { port } = facts.target;
  if (port === 0 || !fact(facts, 'device.listeners')?.listeners.some((one) => one.port === port)) return [];
  const { exit, stdout } = await context.system.run('ss', ['-Hltnp', `sport = :${port}`], {
    timeoutMs: 2_000,
    signal: context.signal,
  });
  const holders = exit === 0 ? [...stdout.matchAll(/\("([^"]{1,64})",pid=(\d{1,10})/g)] : [];
  const processes = new Map(holders.map(([, process = '', pid]) => [Number(pid), process]));
  const uses = await Promise.all(
    [...processes].slice(0, mostListeners).map(async ([pid, process]) => {
      const use = await filesOf(pid, context);
      return use && { ...use, pid, process };
    }),
  );
  return uses.flatMap((use) => use ?? []);
}

async function conntrackOf(context: Context): Promise<Use | null> {
  const [count, most] = await Promise.all(
    ['count', 'max'].map((name) => textOf(`/proc/sys/net/netfilter/nf_conntrack_${name}`, context)),
  );
  const [[used], [limit]] = [numbersIn(count ?? ''), numbersIn(most ?? '')];
  return used === undefined || limit === undefined ? null : { used, limit };
}

/** `XfrmOutPolBlock    7`, a line each (net/xfrm/xfrm_proc.c). */
function ipsecDropsIn(text: string): number {
  return text
    .split('\n', 100)
    .reduce((sum, line) => sum + Number(/^Xfrm\w{1,40}\s+(\d{1,15})$/.exec(line)?.[1] ?? 0), 0);
}

/** `TcpExt: name name…`, then `TcpExt: 1 2…` (net/ipv4/proc.c). */
async function reversePathDropsOf(context: Context): Promise<number | null> {
  const lines = (await textOf('/proc/net/netstat', context)).split('\n', 64);
  const at = lines.findIndex((line) => line.includes(' IPReversePathFilter '));
  const column = lines[at]?.split(' ').indexOf('IPReversePathFilter') ?? -1;
  const value = Number(lines[at + 1]?.split(' ')[column] ?? Number.NaN);
  return at < 0 || Number.isNaN(value) ? null : value;
}
