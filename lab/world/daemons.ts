// Real server programs in a world: their files, their start, and how they end.
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deviceDirectory } from './device-files.js';
import { icapModules, memoryGroups, postgresPrograms } from './places.js';
import { must, run, until } from './process.js';
import type { DaemonStep, FileStep, RunStep } from './steps.js';
import type { World } from './world.js';

const readyMs = 40_000;
let count = 0;

/** Files, preparations, start; resolves when it is ready, and has been ended where it should be. */
export async function applyDaemon(world: World, step: DaemonStep): Promise<void> {
  const directory = path.join(world.state, `daemon-${++count}`);
  const account = step.user === undefined ? null : accountOf(step.user);
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  if (account) chownSync(directory, account.uid, account.gid);
  const etc = deviceDirectory(world.namespace(step.on));
  const fill = (text: string): string => filled(text, world, directory, etc);
  for (const [name, content] of Object.entries(step.files ?? {})) {
    const file = path.resolve(directory, fill(name));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, pidsIn(fill(content), world), { mode: 0o644 });
    if (account && file.startsWith(directory)) chownSync(file, account.uid, account.gid);
  }
  for (const line of step.prepare ?? []) {
    const [program, args] = as(step.user, line.map(fill));
    await must(...world.inside(step.on, program, ...args), { timeoutMs: readyMs, cwd: directory });
  }
  const group = step.memory === undefined ? null : limitedMemory(`${world.name}-${count}`, step.memory);
  const [program = '', ...args] = limited(step, group, step.line.map(fill));
  const [enter = program, ...entered] = step.group === undefined ? [] : [...world.inGroup(step.group), program];
  const child = world.startProgram(step.on, enter, [...entered, ...args]);
  if (step.label !== undefined && child.pid !== undefined) world.pids.set(step.label, child.pid);
  if (group !== null) world.afterwards(() => rmdirSync(group));
  let said = '';
  const hear = (chunk: Buffer): void => void (said = `${said}${chunk.toString('utf8')}`.slice(-20_000));
  child.stderr?.on('data', hear);
  child.stdout?.on('data', hear);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ready = async (): Promise<boolean> => {
    if (step.ready === 'at once') return true;
    if (step.ready === 'ended') return hasEnded();
    if (hasEnded()) throw new Error(`${step.line[0]}: ended with ${child.exitCode ?? child.signalCode}: ${said}`);
    if ('says' in step.ready) return said.includes(step.ready.says);
    if ('file' in step.ready) return existsSync(fill(step.ready.file));
    const listening = world.inside(step.on, 'ss', '-Hnlt', `sport = :${step.ready.listens}`);
    return (await run(...listening)).stdout.trim() !== '';
  };
  if (!(await until(ready, readyMs, 20))) throw new Error(`${step.line[0]}: not ready after 40 s: ${said}`);
  if (step.leaves) adopt(world, path.join(directory, 'pids'));
  if (step.innermost && step.label !== undefined && child.pid !== undefined)
    world.pids.set(step.label, innermostOf(child.pid));
  if (step.endBy === undefined) return;
  if (child.pid !== undefined) process.kill(child.pid, step.endBy);
  if (step.endBy !== 'SIGSTOP' && !(await until(hasEnded, 5_000, 10))) throw new Error(`${step.line[0]}: does not end`);
}

export async function runIn(world: World, step: RunStep): Promise<void> {
  const etc = deviceDirectory(world.namespace(step.on));
  const [program, args] = as(
    step.user,
    step.line.map((word) => filled(word, world, world.state, etc)),
  );
  const carryOut = step.mayFail ? run : must;
  await carryOut(...world.inside(step.on, program, ...args), { timeoutMs: readyMs, cwd: '/' });
}

export function writeFileIn(world: World, step: FileStep): void {
  const file = filled(step.path, world, world.state, deviceDirectory(world.namespace(step.on)));
  if (!path.isAbsolute(file)) throw new Error(`${step.path}: below {etc} or {world}`);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, step.content.replaceAll('{world}', world.state), { mode: 0o644 });
}

/** A labelled process of the world, as a number of JSON where it stands for a whole value. */
function pidsIn(text: string, world: World): string {
  return text.replaceAll(/"\{pid:([\w-]+)\}"/g, (_, label: string) => String(world.pids.get(label) ?? 0));
}

function filled(text: string, world: World, directory: string, etc: string): string {
  return text
    .replaceAll('{dir}', directory)
    .replaceAll('{etc}', etc)
    .replaceAll('{world}', world.state)
    .replaceAll('{node}', world.program[0])
    .replaceAll('{lab}', world.program[1])
    .replaceAll('{postgres}', postgresPrograms())
    .replaceAll('{c-icap}', icapModules() ?? '');
}

/** Under another account. The death signal is set anew: the kernel forgets it when the identity changes. */
function as(user: string | undefined, line: readonly string[]): [string, string[]] {
  const [program = '', ...args] = line;
  if (user === undefined) return [program, args];
  const identity = [`--reuid=${user}`, `--regid=${accountOf(user).gid}`, '--init-groups', '--pdeathsig', 'KILL'];
  return ['setpriv', [...identity, program, ...args]];
}

function limited(step: DaemonStep, group: string | null, line: readonly string[]): string[] {
  const files = step.openFiles === undefined ? [] : ['prlimit', `--nofile=${step.openFiles}:${step.openFiles}`];
  // The shell's text is fixed: what varies are its arguments.
  const memory = group === null ? [] : ['sh', '-c', 'echo $$ > "$0" && exec "$@"', `${group}/cgroup.procs`];
  return [...memory, ...files, ...as(step.user, line).flat()];
}

function limitedMemory(name: string, bytes: number): string {
  const groups = memoryGroups();
  if (!groups) throw new Error('no control group for memory can be made here');
  const group = path.join(groups.directory, name);
  mkdirSync(group);
  writeFileSync(path.join(group, groups.limit), String(bytes));
  return group;
}

function accountOf(user: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'latin1')
    .split('\n')
    .find((text) => text.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`no account ${user}`);
  return { uid: Number(uid), gid: Number(gid) };
}

/** The last of a chain of processes, each of which has started the next. */
function innermostOf(pid: number): number {
  const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ').filter(Boolean);
  return first === undefined ? pid : innermostOf(Number(first));
}

/** A process of a daemon that has left its family is ended by its number, as long as it is the one that was started. */
function adopt(world: World, directory: string): void {
  for (const file of readdirSync(directory)) {
    const pid = Number(readFileSync(path.join(directory, file), 'latin1'));
    if (!Number.isInteger(pid) || pid <= 1) continue;
    const name = nameOf(pid);
    world.adopted.add(pid);
    world.afterwards(() => {
      if (name !== null && nameOf(pid) === name) process.kill(pid, 'SIGKILL');
    });
  }
}

function nameOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1');
  } catch {
    return null; // it has ended
  }
}
