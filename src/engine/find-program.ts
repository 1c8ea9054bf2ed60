import path from 'node:path';
import type { System } from '../model/system.js';

export interface FoundProgram {
  /** As it was named. */
  readonly named: string;
  readonly pid: number | null;
  readonly path: string | null;
}

const mostProcesses = 20_000;
const mostDirectories = 100;

/**
 * A process id, a systemd unit, or a program by its path or name. Of a program that runs, and always as the same user in
 * the same place, the process is taken. A text says why there is none such.
 */
export async function findProgram(
  name: string,
  searchPath: string,
  directory: string,
  system: Pick<System, 'files' | 'run'>,
): Promise<FoundProgram | string> {
  if (/^\d{1,10}$/.test(name)) {
    const there = await system.files.exists(`/proc/${Number(name)}/status`);
    return there ? { named: name, pid: Number(name), path: null } : `there is no process ${name}`;
  }
  if (/^[\w@:.\\-]{1,200}\.(?:service|scope)$/.test(name)) return processOfUnit(name, system);
  const file = await programFile(name, searchPath, directory, system.files);
  const pid = file === null ? null : await onlyPlace(file, system);
  return { named: name, pid, path: pid === null ? (file ?? name) : null };
}

async function processOfUnit(
  unit: string,
  { files, run }: Pick<System, 'files' | 'run'>,
): Promise<FoundProgram | string> {
  const asked = await run('systemctl', ['show', '--property=MainPID', '--value', '--', unit], { timeoutMs: 2_000 });
  const main = Number(asked.stdout.trim());
  if (asked.exit === 0 && Number.isInteger(main) && main > 0) return { named: unit, pid: main, path: null };
  // A scope has no main process, and some machines no systemd to ask: its group says who belongs to it.
  for (const base of ['/sys/fs/cgroup/system.slice', '/sys/fs/cgroup/unified/system.slice']) {
    const read = await files.read(`${base}/${unit}/cgroup.procs`, 4_096);
    const pid = read.ok ? Number(Buffer.from(read.bytes).toString('latin1').split('\n', 1)[0]) : 0;
    if (pid > 0) return { named: unit, pid, path: null };
  }
  return 'no process of that unit runs';
}

/** The file that a shell would run for that word; null where it finds none. */
export async function programFile(
  name: string,
  searchPath: string,
  directory: string,
  files: System['files'],
): Promise<string | null> {
  return name.includes('/') ? path.resolve(directory, name) : onPath(name, searchPath, files);
}

/** One that may not be run is taken only where there is no other: so do shells. */
async function onPath(name: string, searchPath: string, files: System['files']): Promise<string | null> {
  let closed: string | null = null;
  for (const directory of searchPath.split(':', mostDirectories)) {
    if (!path.isAbsolute(directory)) continue;
    const file = path.join(directory, name);
    const stat = await files.stat(file);
    if (typeof stat === 'string' || stat.kind !== 'file') continue;
    if ((stat.mode & 0o111) !== 0) return file;
    closed ??= file;
  }
  return closed;
}

/** The process of that file, where all such processes have one user, group, network and root in common. */
async function onlyPlace(file: string, { files }: Pick<System, 'files'>): Promise<number | null> {
  const pids = ((await files.list('/proc', 100_000)) ?? [])
    .filter((name) => /^\d+$/.test(name))
    .slice(0, mostProcesses);
  const places = new Map<string, number>();
  for (const pid of pids) {
    const at = `/proc/${pid}`;
    const exe = await files.link(`${at}/exe`);
    if (exe !== file) continue;
    const [network, root, mounts, groups, status] = await Promise.all([
      files.link(`${at}/ns/net`),
      files.link(`${at}/root`),
      files.link(`${at}/ns/mnt`),
      files.read(`${at}/cgroup`, 4_096),
      files.read(`${at}/status`, 8_192),
    ]);
    const text = (one: typeof groups): string => (one.ok ? Buffer.from(one.bytes).toString('latin1') : '');
    const group = /^0::.*$/m.exec(text(groups))?.[0] ?? '';
    const user = /^Uid:.*$/m.exec(text(status))?.[0] ?? '';
    places.set([network, root, mounts, group, user].join('\n'), Number(pid));
    if (places.size > 1) return null;
  }
  return [...places.values()][0] ?? null;
}
