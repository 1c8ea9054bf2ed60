import path from 'node:path';
import type { FileResult, FileStat, System } from '../model/system.js';

export interface FoundProgram {
  /** As it was named. */
  readonly named: string;
  readonly pid: number | null;
  readonly path: string | null;
  /** Where several processes run that file: which, and whether one was taken or they differ too much. */
  readonly alike?: string;
}

const mostNamed = 8;
const mostProcesses = 20_000;
const mostDirectories = 100;

/**
 * A process id, a systemd unit, or a program by its path or name. Of a program that runs, and always as the same user in
 * the same place, the first process is taken. A text says why there is none such.
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
  const running = file === null ? noneAlike : await runningAs(file, system);
  const { pid } = running;
  const found = { named: name, pid, path: pid === null ? (file ?? name) : null };
  return running.pids.length > 1 ? { ...found, alike: alikeText(running) } : found;
}

function alikeText({ pid, pids, places }: Alike): string {
  const more = pids.length > mostNamed ? ` and ${pids.length - mostNamed} more` : '';
  const which = `${pids.slice(0, mostNamed).join(', ')}${more}`;
  return pid === null
    ? `${pids.length} processes run it, in ${places} different places (user, group, network or files), so none of them was taken; name one by its id: ${which}`
    : `${pids.length} processes run it, all in the same place: ${pid} was taken of ${which}`;
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

/** The processes of that file, and the one of them that is taken: all of them have one place in common. */
async function runningAs(file: string, { files }: Pick<System, 'files'>): Promise<Alike> {
  const meant = await files.stat(file);
  if (typeof meant === 'string') return noneAlike;
  const pids = ((await files.list('/proc', 100_000)) ?? [])
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b)
    .slice(0, mostProcesses);
  // Their files are looked at of those alone that bear the name: one on a file server that is gone would never answer.
  const name = path.basename(file);
  const runs = await files.linkAll(pids.map((pid) => `/proc/${pid}/exe`));
  const called = await files.readAll(
    pids.map((pid) => `/proc/${pid}/comm`),
    64,
  );
  // One file may be many programs (busybox): its process has the name that it was started by (execve(2)).
  const isCalled = (at: number): boolean =>
    path.basename(runs[at] ?? '') === name || textOf(called[at]).trimEnd() === name.slice(0, 15);
  const found: number[] = [];
  const places = new Set<string>();
  for (const pid of pids.filter((_, at) => isCalled(at))) {
    // oxlint-disable-next-line no-await-in-loop -- at once they may be hundreds
    const place = await placeOf(pid, meant, files);
    if (place === null) continue;
    found.push(pid);
    places.add(place);
  }
  return { pid: places.size === 1 ? (found[0] ?? null) : null, pids: found, places: places.size };
}

interface Alike {
  readonly pid: number | null;
  readonly pids: readonly number[];
  readonly places: number;
}

const noneAlike: Alike = { pid: null, pids: [], places: 0 };

/**
 * User, group, network and root of a process that runs that very file; null of all others. By device and inode: in a container
 * the same path is another file, and a link's path is not what the kernel says it runs.
 */
async function placeOf(pid: number, meant: FileStat, files: System['files']): Promise<string | null> {
  const at = `/proc/${pid}`;
  const exe = await files.stat(`${at}/exe`);
  if (typeof exe === 'string' || exe.device !== meant.device || exe.inode !== meant.inode) return null;
  const [network, root, mounts, groups, status] = await Promise.all([
    files.link(`${at}/ns/net`),
    files.link(`${at}/root`),
    files.link(`${at}/ns/mnt`),
    files.read(`${at}/cgroup`, 4_096),
    files.read(`${at}/status`, 8_192),
  ]);
  const group = /^0::.*$/m.exec(textOf(groups))?.[0] ?? '';
  const user = /^Uid:.*$/m.exec(textOf(status))?.[0] ?? '';
  return [network, root, mounts, group, user].join('\n');
}

function textOf(file: FileResult | undefined): string {
  return file?.ok ? Buffer.from(file.bytes).toString('latin1') : '';
}
