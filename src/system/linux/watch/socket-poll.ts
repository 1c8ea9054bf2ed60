import fs from 'node:fs';
import { canonical } from '../../../model/address.js';
import type { Watched } from './strace-log.js';

const mostProcesses = 64;
const mostFiles = 256;
const mostConnections = 2_000;
const established = '01';
const synSent = '02';

/**
 * Sockets of a process and its descendants, looked at again and again: /proc/PID/fd says whose they are, /proc/PID/net/tcp
 * how they stand. What begins and ends between two looks is not seen: a refusal takes less than a millisecond.
 */
export class SocketPoll {
  readonly connections: Watched[] = [];
  readonly #bySocket = new Map<string, Watched>();

  look(pid: number, now: number): void {
    const own = new Set<string>();
    const tables = new Map<string, string>();
    for (const one of familyOf(pid)) {
      const network = linkOf(`/proc/${one}/ns/net`) ?? 'hidden';
      if (!tables.has(network))
        tables.set(network, ['tcp', 'tcp6'].map((name) => textOf(`/proc/${one}/net/${name}`)).join('\n'));
      for (const socket of socketsOf(one)) own.add(socket);
    }
    for (const table of tables.values()) {
      for (const line of table.split('\n', 50_000)) {
        const found =
          /^\s*\d+: \S+ ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+)/.exec(
            line,
          );
        const [, to = '', port = '', state = '', user = '', socket = ''] = found ?? [];
        if (!own.has(socket) || (state !== synSent && state !== established)) continue;
        this.#note(socket, { address: addressOf(to), port: Number.parseInt(port, 16), user: Number(user) }, state, now);
      }
    }
  }

  #note(socket: string, to: Pick<Watched, 'address' | 'port' | 'user'>, state: string, now: number): void {
    const before = this.#bySocket.get(socket);
    if (before) {
      before.heard = now;
      if (state === established) before.outcome = 'connected';
      return;
    }
    if (this.connections.length >= mostConnections) return;
    const outcome = state === established ? 'connected' : 'unknown';
    const watched: Watched = { ...to, outcome, synchronous: false, began: now, heard: now };
    this.connections.push(watched);
    this.#bySocket.set(socket, watched);
  }
}

/** The process and its descendants, as far as the kernel lists them. */
export function familyOf(pid: number): number[] {
  const family = [pid];
  for (let at = 0; at < family.length && family.length < mostProcesses; at++) {
    const one = family[at] ?? pid;
    for (const thread of namesIn(`/proc/${one}/task`).slice(0, 64)) {
      const children = textOf(`/proc/${one}/task/${thread}/children`).split(' ').filter(Boolean).map(Number);
      for (const child of children) if (family.length < mostProcesses && !family.includes(child)) family.push(child);
    }
  }
  return family;
}

function socketsOf(pid: number): string[] {
  return namesIn(`/proc/${pid}/fd`)
    .slice(0, mostFiles)
    .flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`) ?? '')?.[1] ?? []);
}

/** Words of four bytes in the order of this machine, which is little-endian on all that run Node. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const inside =
    bytes.slice(0, 12).join('') === '00000000000000000000ffff' ||
    bytes.slice(0, 12).join('') === '00000000000000000000FFFF';
  if (inside)
    return bytes
      .slice(12)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  return canonical((bytes.join('').match(/.{4}/g) ?? []).join(':').toLowerCase());
}

function namesIn(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch {
    return []; // it has ended, or is somebody else's
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

export function linkOf(file: string): string | null {
  try {
    return fs.readlinkSync(file);
  } catch {
    return null;
  }
}
