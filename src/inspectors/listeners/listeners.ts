import type { ListenerFact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { interfaceOf } from '../interfaces/interfaces.js';
import { ipJson } from '../ip/ip-command.js';
import { interfacesOfProcess } from '../interfaces/process-interfaces.js';
import { parseSocketLines } from './socket-lines.js';
import { parseSocketTable } from './socket-tables.js';

const TABLES = [
  ['tcp', '/proc/net/tcp'],
  ['tcp', '/proc/net/tcp6'],
  ['udp', '/proc/net/udp'],
  ['udp', '/proc/net/udp6'],
] as const;

/** Who listens on this device, and at which addresses it can be reached at all. */
export const deviceListeners: Gatherer<'device.listeners'> = {
  fact: 'device.listeners',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(_facts, context) {
    const [own, sockets] = await Promise.all([ownAddresses(context), socketsOf(context)]);
    if (!sockets) return skipped('neither ss nor /proc/net tells which sockets listen');
    return known({ own, listeners: sockets.listeners }, sockets.source);
  },
};

async function socketsOf(context: Context): Promise<{ listeners: ListenerFact[]; source: string } | null> {
  const { system, signal } = context;
  const { exit, stdout } = await system.run('ss', ['-Hltunpe'], { timeoutMs: 2_000, signal });
  if (exit === 0) return { listeners: parseSocketLines(stdout), source: 'ss' };
  const tables = await Promise.all(
    TABLES.map(async ([protocol, path]) => ({ protocol, file: await system.files.read(path, 8 * 1024 * 1024) })),
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
