import type { NamespacesFact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { System } from '../../model/system.js';

const mostProcesses = 400;
const mostTables = 64;

/**
 * The target's port in other network namespaces: /proc/PID/net shows the sockets of that process's namespace to anybody
 * (proc(5)), so "localhost" of another container can be told from nothing at all.
 */
export const deviceNamespaces: Gatherer<'device.namespaces'> = {
  fact: 'device.namespaces',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target }) => (target.port === 0 ? 'a socket file has no port' : null),
  async gather({ target }, { system }) {
    const own = await tableOf('self', system);
    const pids = ((await system.files.list('/proc', 100_000)) ?? [])
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
    const looked = pids.slice(0, mostProcesses);
    const seen = new Set([key(own)]);
    const listeners: NamespacesFact['listeners'][number][] = [];
    const ownLink = await system.files.link('/proc/self/ns/net');
    if (ownLink !== null) seen.add(ownLink);
    const identities = await Promise.all(looked.map((pid) => identityOf(pid, system)));
    for (const [index, pid] of looked.entries()) {
      if (seen.size > mostTables) break;
      const identity = identities[index] ?? null;
      if (identity === null || seen.has(identity)) continue;
      seen.add(identity);
      const table = await tableOf(String(pid), system);
      if (table === null || key(table) === key(own)) continue;
      for (const address of listeningOn(table, target.port)) {
        listeners.push({ address, port: target.port, pid, process: await processName(pid, system) });
      }
    }
    const [inside, initial, all] = await Promise.all([container(system), isInitial(system), seesAll(system)]);
    return known({ inside, listeners, complete: all && looked.length === pids.length, initial }, '/proc/PID/net');
  },
};

/** These settings are registered for the machine's own namespace only (net/core/sysctl_net_core.c; measured). */
function isInitial(system: System): Promise<boolean> {
  return system.files.exists('/proc/sys/net/core/dev_weight');
}

/** Whether /proc shows the machine's processes and not a container's: the first PID namespace has a fixed number. */
async function seesAll(system: System): Promise<boolean> {
  const link = await system.files.link('/proc/self/ns/pid');
  return link === null || link === 'pid:[4026531836]'; // PROC_PID_INIT_INO (include/linux/proc_ns.h)
}

/**
 * What tells namespaces apart: the link in /proc, which shows only one's own processes to a user; else the addresses, which
 * all processes of one namespace share.
 */
async function identityOf(pid: number, system: System): Promise<string | null> {
  const link = await system.files.link(`/proc/${pid}/ns/net`);
  if (link !== null) return link;
  const read = await system.files.read(`/proc/${pid}/net/fib_trie`, 65_536);
  const six = await system.files.read(`/proc/${pid}/net/if_inet6`, 16_384);
  if (!read.ok) return null;
  return `${text(read.bytes)}\n${six.ok ? text(six.bytes) : ''}`;
}

async function tableOf(pid: string, system: System): Promise<string | null> {
  const four = await system.files.read(`/proc/${pid}/net/tcp`, 1_000_000);
  const six = await system.files.read(`/proc/${pid}/net/tcp6`, 1_000_000);
  return four.ok || six.ok ? `${four.ok ? text(four.bytes) : ''}\n${six.ok ? text(six.bytes) : ''}` : null;
}

/** Inode numbers of listening sockets tell two namespaces with the same addresses apart. */
function key(table: string | null): string {
  return (table ?? '')
    .split('\n')
    .filter((line) => / 0A /.test(line))
    .join('\n');
}

/** Local addresses of sockets in state LISTEN (0A) on that port (proc_net_tcp). */
export function listeningOn(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const match = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ 0A /.exec(line);
    return match?.[1] && match[2] === hex ? [addressOf(match[1])] : [];
  });
}

/** The kernel prints each 32-bit word in the order of this machine, which is little-endian on all that run Node. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.every((byte) => byte === '00')) return '::';
  return bytes.slice(0, 15).every((byte) => byte === '00')
    ? '::1'
    : (bytes.join('').match(/.{4}/g) ?? []).join(':').toLowerCase();
}

async function processName(pid: number, system: System): Promise<string | null> {
  const read = await system.files.read(`/proc/${pid}/comm`, 64);
  return read.ok ? text(read.bytes).trim() : null;
}

async function container(system: System): Promise<string | null> {
  if (await system.files.exists('/.dockerenv')) return 'docker';
  if (await system.files.exists('/run/.containerenv')) return 'podman';
  const manager = await system.files.read('/run/systemd/container', 64);
  if (manager.ok) return text(manager.bytes).trim().slice(0, 40);
  const version = await system.files.read('/proc/version', 512);
  return version.ok && /microsoft/i.test(text(version.bytes)) ? 'wsl' : null;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
