import { readFileSync } from 'node:fs';
import type { Identity } from '../model/system.js';
import type { SocketOwner } from './linux/socket-owner.js';

/** Bits of CapEff (capabilities(7)) that matter to a diagnosis. */
const capabilities: readonly (readonly [number, string])[] = [
  [1, 'dac-override'],
  [2, 'dac-read-search'],
  [12, 'net-admin'],
  [13, 'net-raw'],
  [19, 'sys-ptrace'],
  [21, 'sys-admin'],
  [38, 'perfmon'],
  [39, 'bpf'],
];

/** Who this process is, and as whom it opens sockets. */
export function identityOf(socketsAs: Pick<SocketOwner, 'uid' | 'gid'> | null): Omit<Identity, 'sockets' | 'reason'> {
  const uid = socketsAs?.uid ?? process.geteuid?.() ?? null;
  return {
    uid,
    gid: socketsAs?.gid ?? process.getegid?.() ?? null,
    user: uid === null ? (process.env['USERNAME'] ?? null) : userName(textOf('/etc/passwd'), uid),
    root: isRoot(),
    privileges: privilegesOf(textOf('/proc/self/status')),
  };
}

/** In a user namespace that was entered without its rights, the number 0 is a user like any other. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0 && !/^CapEff:\s*0+$/m.test(textOf('/proc/self/status'));
}

/**
 * The user who called sudo, as it tells (sudo(8), SUDO_UID and SUDO_GID), with the groups of /etc/group; null without
 * sudo. Asked of root only: anybody else could not act on it.
 */
export function invokingUser(environment: Readonly<Record<string, string | undefined>>): SocketOwner | null {
  if (process.geteuid?.() !== 0) return null;
  const uid = idOf(environment['SUDO_UID']);
  const gid = idOf(environment['SUDO_GID']);
  if (!uid || gid === null) return null;
  const user = userName(textOf('/etc/passwd'), uid);
  return { uid, gid, groups: user === null ? [] : groupsOf(textOf('/etc/group'), user) };
}

/**
 * An account of this device by name or number, with its groups; null when there is none of that name. A number needs no
 * line in /etc/passwd: its group is the number itself then.
 */
export function accountNamed(who: string): SocketOwner | null {
  const lines = textOf('/etc/passwd')
    .split('\n')
    .map((line) => line.split(':'));
  const number = idOf(who);
  const line =
    lines.find(([name]) => name === who) ?? lines.find(([, , uid]) => number !== null && uid === String(number));
  const [name, , uid, gid] = line ?? [];
  if (name === undefined) return number === null || number > 4_294_967_294 ? null : { uid: number, gid: number };
  const [id, group] = [idOf(uid), idOf(gid)];
  return id === null || group === null ? null : { uid: id, gid: group, groups: groupsOf(textOf('/etc/group'), name) };
}

/** Name and home of an account, as passwd(5) has them. */
export function homeOf(uid: number): { user: string; home: string } {
  const line = textOf('/etc/passwd')
    .split('\n')
    .map((text) => text.split(':'))
    .find(([, , id]) => id === String(uid));
  return { user: line?.[0] ?? String(uid), home: line?.[5] ?? '/' };
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/** group(5): `name:password:gid:user,user`. */
export function groupsOf(group: string, user: string): number[] {
  return group
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , , members]) => members?.split(',').includes(user))
    .flatMap(([, , gid]) => idOf(gid) ?? []);
}

/** passwd(5). */
export function userName(passwd: string, uid: number): string | null {
  const line = passwd.split('\n').find((text) => text.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? null;
}

export function privilegesOf(status: string): string[] {
  const effective = /^CapEff:\s*([0-9a-f]{1,16})$/m.exec(status)?.[1];
  if (effective === undefined) return [];
  const bits = BigInt(`0x${effective}`);
  return capabilities.filter(([bit]) => ((bits >> BigInt(bit)) & 1n) === 1n).map(([, name]) => name);
}

/** Both files are small and local; synchronous reading is what keeps the start short. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
