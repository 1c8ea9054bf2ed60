import { canonical, scopeOf } from '../../model/address.js';
import type { Facts, ListenerFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { probesOf } from '../../model/probed.js';
import { proxyOf } from '../../model/proxied.js';
import { interfaceOf } from '../interfaces/interfaces.js';
import { ipJson } from '../ip/ip-command.js';
import { interfacesOfProcess } from '../interfaces/process-interfaces.js';
import { routeAddresses } from '../routes/route-addresses.js';
import { parseSocketLines } from './socket-lines.js';
import { parseSocketTable } from './socket-tables.js';

const TABLES = [
  ['tcp', '/proc/net/tcp'],
  ['tcp', '/proc/net/tcp6'],
  ['udp', '/proc/net/udp'],
  ['udp', '/proc/net/udp6'],
] as const;

/** Of TCP, listening sockets come first (tcp_seq_start in net/ipv4/tcp_ipv4.c): a busy server's connections are not read. */
const startOfTable = 256 * 1024;
const wholeTable = 8 * 1024 * 1024;
const namePort = 53;

/** Who listens on this device, and at which addresses it can be reached at all. */
export const deviceListeners: Gatherer<'device.listeners'> = {
  fact: 'device.listeners',
  needs: ['name.config'],
  base: false,
  early: 'failed',
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 150 },
  async gather(facts, context) {
    const own = await ownAddresses(context);
    const sockets = await socketsFor(facts, own, context);
    if (!sockets) return skipped('neither the kernel nor ss nor /proc/net tells which sockets listen');
    return known({ own, listeners: sockets.listeners }, sockets.source);
  },
};

interface FoundSockets {
  readonly listeners: readonly ListenerFact[];
  readonly source: string;
}

async function socketsFor(facts: Facts, own: readonly string[], context: Context): Promise<FoundSockets | null> {
  const listeners = (await context.system.tables?.listening()) ?? null;
  const told = listeners && { listeners, source: 'sock_diag' };
  if (!concernsThisDevice(facts, own)) return told ?? socketsOf(context);
  if (told && !listeners.some(({ port }) => matters(port, facts))) return told;
  return (await socketsWithPrograms(context)) ?? told ?? socketsOf(context, wholeTable);
}

/** Whether it may have to be said which program has that port: one that was tried, or that names are asked at. */
function matters(port: number, facts: Facts): boolean {
  const server = proxyOf(facts)?.server;
  const asked = [facts.target, ...probesOf(facts), ...(server ? [server] : [])];
  return asked.some((one) => one.port === port) || (port === namePort && facts.target.literal === 0);
}

/** Whether the target, a resolver or anybody else who was asked is this very device: then it matters which program listens. */
function concernsThisDevice(facts: Facts, own: readonly string[]): boolean {
  const asked = [...routeAddresses(facts), ...probesOf(facts).map(({ address }) => address)];
  return asked.some((address) => scopeOf(address) === 'loopback' || own.includes(canonical(address)));
}

/** Starting `ss`, and its walk through /proc for the programs, take twenty milliseconds. */
async function socketsWithPrograms(context: Context): Promise<FoundSockets | null> {
  const { system, signal } = context;
  const { exit, stdout } = await system.run('ss', ['-Hltunpe'], { timeoutMs: 2_000, signal });
  return exit === 0 ? { listeners: parseSocketLines(stdout), source: 'ss' } : null;
}

async function socketsOf({ system }: Context, maxBytes = startOfTable): Promise<FoundSockets | null> {
  const tables = await Promise.all(
    TABLES.map(async ([protocol, path]) => ({ protocol, file: await system.files.read(path, maxBytes) })),
  );
  // The tables of IPv6 are missing where it is switched off.
  if (!tables.some(({ file }) => file.ok)) return null;
  const listeners = tables.flatMap(({ protocol, file }) =>
    file.ok ? parseSocketTable(Buffer.from(file.bytes).toString('latin1'), protocol) : [],
  );
  return { listeners, source: '/proc/net' };
}

async function ownAddresses(context: Context): Promise<string[]> {
  const output = await ipJson(context, ['addr', 'show']);
  const interfaces = output.ok ? output.value.map(interfaceOf) : await interfacesOfProcess(context.system.files);
  return [...new Set((interfaces ?? []).flatMap(({ addresses }) => addresses.map(({ address }) => address)))];
}
