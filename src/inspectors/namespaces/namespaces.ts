import type { NamespacesFact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { System } from '../../model/system.js';

const mostProcesses = 400;
const mostTables = 64;
const mostOwners = 100;

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
    const pids = ((await system.files.list('/proc', 100_000)) ?? [])
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
    const looked = pids.slice(0, mostProcesses);
    const listeners: NamespacesFact['listeners'][number][] = [];
    const identities = await identitiesOf(looked, system);
    const [ownIdentity = null] = await identitiesOf(['self'], system);
    const seen = new Set([ownIdentity]);
    // Where only addresses tell namespaces apart, two may have the same ones: then the sockets tell.
    const own = identities.every((one) => one === null || isLink(one)) ? null : await tableOf('self', system);
    for (const [index, pid] of looked.entries()) {
      if (seen.size > mostTables) break;
      const identity = identities[index] ?? null;
      if (identity === null || seen.has(identity)) continue;
      seen.add(identity);
      const found = await listeningThere(pid, target.port, own, system);
      if (found.length === 0) continue;
      const there = looked.filter((_, at) => identities[at] === identity);
      const place = { network: seen.size, first: there[0] ?? pid };
      for (const { address, inode } of found) {
        const owner = await ownerOf(inode, there, system);
        const whose = await whoseProcess(owner ?? pid, system);
        const process = owner === null ? null : whose.process;
        const { uid, container } = whose;
        listeners.push({ address, port: target.port, pid: owner ?? pid, process, ...place, uid, container });
      }
    }
    const [inside, initial, all] = await Promise.all([container(system), isInitial(system), seesAll(system)]);
    return known({ inside, listeners, complete: all && looked.length === pids.length, initial }, '/proc/PID/net');
  },
};

/** By the kernel's own answer where this process may go there; else by the table, which may turn out to be our own. */
async function listeningThere(
  pid: number,
  port: number,
  own: string | null,
  system: System,
): Promise<readonly { readonly address: string; readonly inode: string }[]> {
  const told = (await system.tables?.listeningOf(pid)) ?? null;
  if (told) return told.filter((one) => one.port === port);
  const table = await tableOf(String(pid), system);
  return table === null || (own !== null && key(table) === key(own)) ? [] : listeningOn(table, port);
}

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
async function identitiesOf(pids: readonly (number | 'self')[], { files }: System): Promise<(string | null)[]> {
  const links = await files.linkAll(pids.map((pid) => `/proc/${pid}/ns/net`));
  const closed = pids.filter((_, at) => links[at] === null);
  const [four, six] = await Promise.all([
    files.readAll(
      closed.map((pid) => `/proc/${pid}/net/fib_trie`),
      65_536,
    ),
    files.readAll(
      closed.map((pid) => `/proc/${pid}/net/if_inet6`),
      16_384,
    ),
  ]);
  const addresses = new Map(
    closed.map((pid, at) => {
      const [read, other] = [four[at], six[at]];
      return [pid, read?.ok ? `${text(read.bytes)}\n${other?.ok ? text(other.bytes) : ''}` : null];
    }),
  );
  return pids.map((pid, at) => links[at] ?? addresses.get(pid) ?? null);
}

function isLink(identity: string): boolean {
  return identity.startsWith('net:[');
}

/** A table walks through all of the machine's connections, whosoever they are: one that counts none is not asked for. */
async function tableOf(pid: string, { files }: System): Promise<string | null> {
  const base = `/proc/${pid}/net`;
  const [count, count6] = await files.readAll([`${base}/sockstat`, `${base}/sockstat6`], 4_096);
  const nobody = [count, count6].map((one) => one?.ok === true && /^TCP6?: inuse 0\b/m.test(text(one.bytes)));
  const [four, six] = await Promise.all(
    ['tcp', 'tcp6'].map((name, at) => (nobody[at] ? Promise.resolve(null) : files.read(`${base}/${name}`, 1_000_000))),
  );
  const texts = [four, six].flatMap((one) => (one?.ok ? [text(one.bytes)] : []));
  return texts.length > 0 || nobody.includes(true) ? texts.join('\n') : null;
}

/** Inode numbers of listening sockets tell two namespaces with the same addresses apart. */
function key(table: string | null): string {
  return (table ?? '')
    .split('\n')
    .filter((line) => / 0A /.test(line))
    .join('\n');
}

/** Local addresses of sockets in state LISTEN (0A) on that port, and their inode numbers (proc_net_tcp). */
export function listeningOn(table: string, port: number): { address: string; inode: string }[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const match = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ 0A \S+ \S+ \S+ +\d+ +\d+ (\d+)/.exec(line);
    return match?.[1] && match[2] === hex ? [{ address: addressOf(match[1]), inode: match[3] ?? '' }] : [];
  });
}

/** Who holds that socket: shown to root and to its own user. A process that is alone in its network needs no look. */
async function ownerOf(inode: string, pids: readonly number[], { files }: System): Promise<number | null> {
  if (pids.length === 1) return pids[0] ?? null;
  for (const pid of pids.slice(0, mostOwners)) {
    const open = await files.links(`/proc/${pid}/fd`, 4096);
    for (const leads of open?.values() ?? []) if (leads === `socket:[${inode}]`) return pid;
  }
  return null;
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

/** Ids of containers in the names of control groups: `docker-ID.scope`, `/docker/ID`, `libpod-ID.scope`, `cri-containerd-ID.scope`. */
const containerGroup = /[/-]([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m;

async function whoseProcess(
  pid: number,
  { files }: System,
): Promise<{ readonly process: string | null; readonly uid: number | null; readonly container: string | null }> {
  const [name, status, groups] = await files.readAll(
    ['comm', 'status', 'cgroup'].map((file) => `/proc/${pid}/${file}`),
    8_192,
  );
  const [process, said, group] = [name, status, groups].map((one) => (one?.ok ? text(one.bytes) : null));
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(said ?? '')?.[1];
  return {
    process: process?.trim() ?? null,
    uid: uid === undefined ? null : Number(uid),
    container: containerGroup.exec(group ?? '')?.[1] ?? null,
  };
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
