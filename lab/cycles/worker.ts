// The command itself, with one fault at one step of what it does to the machine: LAB_FAULT holds which. Only the lab starts it.
import type * as ChildProcess from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../../src/cli/main.js';
import { Cannot } from '../../src/model/cannot.js';
import { realDisk } from '../../src/system/disk.js';
import type { Fault } from './fault.js';

const fault = JSON.parse(process.env['LAB_FAULT'] ?? '{"kind":"none","at":-1,"log":null}') as Fault;
const children = process.getBuiltinModule('node:child_process');
let steps = 0;
let isFull = false;

/** Called before each step; only what the repair itself does is counted, from the journal's opening on. */
function step(what: string): void {
  const at = steps++;
  if (fault.log !== null) appendFileSync(fault.log, `${at} ${Math.round(performance.now())} ms ${what}\n`);
  if (fault.kind === 'snapshots') return snapshot(fault, at);
  if (at !== fault.at) return;
  switch (fault.kind) {
    case 'none':
      return;
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'kill-watchdog':
      killWatchdog();
      return;
    case 'power':
      killWatchdog();
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'hang-up':
      process.kill(process.pid, 'SIGHUP');
      return;
    case 'disk-full':
      isFull = true;
      return;
    case 'second-run': {
      // Beside this one; whoever started this one waits for it too, since it has the same standard error.
      const [program = '', ...args] = fault.command;
      const environment = { ...process.env, LAB_FAULT: undefined };
      children.spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).unref();
      return;
    }
    case 'meanwhile': {
      // A manager loads its rules again, to its end, before this step.
      const [program = '', ...args] = fault.command;
      children.spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 });
      return;
    }
  }
}

/** A disk that is cut off now holds this and no more: what has reached the file behind the loop device. */
function snapshot({ disk: image, into, synced }: Extract<Fault, { kind: 'snapshots' }>, at: number): void {
  if (synced) children.spawnSync('sync', ['-f', '/etc'], { stdio: 'ignore' });
  copyFileSync(image, path.join(into, String(at)));
}

const counted = ['read', 'create', 'overwrite', 'sync', 'move', 'syncDirectory', 'remove', 'lock'] as const;
const disk = realDisk as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
for (const name of counted) {
  const real = disk[name];
  disk[name] = (...args) => {
    step(`${name} ${String(args[0])}`);
    if (isFull && (name === 'create' || name === 'overwrite')) throw new Cannot('the disk is full');
    return real === undefined ? Promise.reject(new Error(name)) : real(...args);
  };
}

/** Programs that change something, and those that look whether they did. */
const changing =
  /^(?:nft|ip6?tables.*|ufw|firewall-cmd|busctl|ip|sysctl|ipset|fail2ban-client|cscli|nscd|resolvectl|kill|unbound-control|systemctl|nmcli|resolvconf|dhclient|udhcpc|dhcpcd|networkctl|timedatectl|chronyc|freshclam|cp|rm|clamdscan|squid)$/;
const realExecFile = children.execFile as unknown as (...args: unknown[]) => unknown;
Object.assign(children, {
  execFile: (...args: unknown[]) => {
    if (changing.test(String(args[0]))) step(`run ${String(args[0])} ${(args[1] as string[]).join(' ').slice(0, 100)}`);
    return realExecFile(...args);
  },
} satisfies Partial<Record<keyof typeof ChildProcess, unknown>>);

function killWatchdog(): void {
  const pid = childNamed('watchdog');
  if (pid > 0) process.kill(pid, 'SIGKILL');
}

/** The watchdog is found among our children by what it was started with. */
function childNamed(word: string): number {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim().split(' ');
    for (const pid of pids)
      if (pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(word)) return Number(pid);
  } catch {
    // it has ended meanwhile
  }
  return 0;
}

start(fileURLToPath(import.meta.url));
