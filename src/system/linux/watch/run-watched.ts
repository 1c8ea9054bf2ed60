import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProgramAsked } from '../../../model/program.js';
import { monotonic } from '../../monotonic.js';
import { closePlace, placeOfProcess, type ProcessPlace } from '../../process-place.js';
import type { SocketOwner } from '../socket-owner.js';
import { familyOf, linkOf, SocketPoll } from './socket-poll.js';
import { type RefusedFile, type RefusedSocket, StraceLog, type Watched } from './strace-log.js';

export interface WatchedRun {
  /** How its connections are seen. */
  readonly seenBy: 'strace' | 'sockets';
  /** Why not by strace, when not. */
  readonly because: string | null;
  readonly pid: number | null;
  connections(): readonly Watched[];
  /** Families of which it got no socket, and socket files that it did not get into, as far as that is seen. */
  refused(): readonly RefusedSocket[];
  files(): readonly RefusedFile[];
  /** Sandboxes that it put itself into, as far as that is seen. */
  entered(): ProgramAsked['entered'];
  /** The command, or what it started, has gone into another network than ours: where it stands then, or why not. */
  elsewhere(): ProcessPlace | { readonly hidden: number } | null;
  /** Exit code as a shell counts: 128 and the number of the signal that ended it. */
  readonly ended: Promise<number>;
  /** Ends the command and what it started. */
  stop(): void;
}

export interface RunAs {
  readonly owner: SocketOwner;
  readonly user: string;
  readonly home: string;
}

const straceProgram = '/usr/bin/strace';
const calls =
  'socket,connect,getsockopt,setns,unshare,prctl,seccomp,?landlock_restrict_self,setuid,setreuid,setresuid,?fork,?vfork,clone,?clone3';
const lookEveryMs = 25;
const shrinkBytes = 16 * 1024 * 1024;

/**
 * Starts the command with its output on our standard error, and watches which connections it opens. With strace(1) every
 * one is seen, of static programs too; else its sockets are looked at again and again.
 */
export async function runWatched(file: string, line: readonly string[], as: RunAs | null): Promise<WatchedRun> {
  const because = await whyNoStrace(file);
  const environment = { ...process.env, ...(as && { HOME: as.home, USER: as.user, LOGNAME: as.user }) };
  return because === null ? traced(file, line, as, environment) : polled(file, line, as, environment, because);
}

async function traced(
  file: string,
  line: readonly string[],
  as: RunAs | null,
  env: NodeJS.ProcessEnv,
): Promise<WatchedRun> {
  const log = new StraceLog();
  const fd = namelessFile();
  const args = [
    '-f', '-qq', '-y', '-T', '-s', '0', '-e', `trace=${calls}`,
    // Whoever goes into another network stays long enough there to be found.
    '-e', 'inject=setns,unshare:delay_exit=100000', '-e', 'signal=SIGSYS', '-o', '/dev/fd/3',
    ...(as ? ['-u', as.user] : []), '--', file, ...line.slice(1),
  ]; // prettier-ignore
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(straceProgram, args, { stdio: ['inherit', 2, 2, fd], env });
  const buffer = Buffer.alloc(256 * 1024);
  let at = 0;
  let shrunk = 0;
  const read = (): void => {
    for (let count = -1; count !== 0;) {
      count = fs.readSync(fd, buffer, 0, buffer.length, at);
      at += count;
      log.feed(buffer.toString('latin1', 0, count), monotonic());
    }
    // What is read is given back: strace writes on behind the hole.
    if (at - shrunk > shrinkBytes) {
      fs.ftruncateSync(fd, 0);
      shrunk = at;
    }
  };
  const network = new NetworkWatch();
  const timer = setInterval(() => {
    read();
    network.look(child.pid);
  }, lookEveryMs);
  const ended = endOf(child).then((code) => {
    clearInterval(timer);
    read();
    fs.closeSync(fd);
    return code;
  });
  return {
    seenBy: 'strace',
    because: null,
    pid: child.pid ?? null,
    connections: () => {
      for (const one of log.connections) {
        const user = log.userOf(one);
        if (user !== undefined) one.user = user;
      }
      return log.connections;
    },
    refused: () => log.refused,
    files: () => log.files,
    entered: () => [...log.entered],
    elsewhere: () => network.found,
    ended,
    stop: () => stopFamily(child),
  };
}

async function polled(
  file: string,
  line: readonly string[],
  as: RunAs | null,
  env: NodeJS.ProcessEnv,
  because: string,
): Promise<WatchedRun> {
  const poll = new SocketPoll();
  const { spawn } = process.getBuiltinModule('node:child_process');
  // setpriv gives the groups too, which spawn itself takes away.
  const [program, args] = as
    ? [
        '/usr/bin/setpriv',
        [
          '--reuid',
          String(as.owner.uid),
          '--regid',
          String(as.owner.gid),
          '--init-groups',
          '--',
          file,
          ...line.slice(1),
        ],
      ]
    : [file, line.slice(1)];
  const child = spawn(program, [...args], { stdio: ['inherit', 2, 2], env, ...(as ? {} : { argv0: line[0] }) });
  const network = new NetworkWatch();
  const timer = setInterval(() => {
    if (child.pid !== undefined) poll.look(child.pid, monotonic());
    network.look(child.pid);
  }, lookEveryMs);
  const ended = endOf(child).then((code) => {
    clearInterval(timer);
    return code;
  });
  return {
    seenBy: 'sockets',
    because,
    pid: child.pid ?? null,
    connections: () => poll.connections,
    refused: () => [],
    files: () => [],
    entered: () => [],
    elsewhere: () => network.found,
    ended,
    stop: () => stopFamily(child),
  };
}

/** Finds the first of a process's family that is in another network than ours, and keeps hold of that network. */
class NetworkWatch {
  found: ProcessPlace | { readonly hidden: number } | null = null;

  look(pid: number | undefined): void {
    if (pid === undefined || this.found !== null) return;
    const own = linkOf('/proc/self/ns/net');
    const other = familyOf(pid).find((one) => {
      const link = linkOf(`/proc/${one}/ns/net`);
      return link !== null && link !== own;
    });
    if (other === undefined) return;
    const place = placeOfProcess(other);
    if (place === null) return; // it has ended
    if (place.network === null) closePlace(place);
    this.found = place.network === null ? { hidden: other } : place;
  }
}

/** Tried on a program that does nothing: by rights, by sandboxes and by Yama it may be forbidden. */
async function whyNoStrace(file: string): Promise<string | null> {
  if (!fs.existsSync(straceProgram)) return 'strace is not installed';
  const stat = fs.statSync(file);
  if (process.geteuid?.() !== 0 && (stat.mode & 0o6000) !== 0)
    return 'a program with the rights of another user loses them under strace';
  const { execFile } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    const args = ['-qq', '-e', 'trace=none', '-o', '/dev/null', '--', '/bin/true'];
    execFile(straceProgram, args, { timeout: 3_000, killSignal: 'SIGKILL' }, (error) =>
      resolve(error === null ? null : 'strace is not allowed here'),
    );
  });
}

/** A file that nobody else can open by a name; strace opens it by its descriptor. */
function namelessFile(): number {
  const name = path.join(tmpdir(), `whoblocked-run-${process.getBuiltinModule('node:crypto').randomUUID()}`);
  const fd = fs.openSync(name, 'wx+', 0o600);
  fs.unlinkSync(name);
  return fd;
}

function endOf(child: ChildProcess): Promise<number> {
  const { signals } = process.getBuiltinModule('node:os').constants;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : signals[signal])));
  });
}

/** First what it started, then itself: whoever waits for children goes on otherwise. */
function stopFamily(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const family = familyOf(child.pid);
  const send = (signal: NodeJS.Signals): void => {
    for (const pid of family.toReversed()) {
      try {
        process.kill(pid, signal);
      } catch {
        // it has ended
      }
    }
  };
  send('SIGTERM');
  setTimeout(() => child.exitCode === null && child.signalCode === null && send('SIGKILL'), 2_000).unref();
}
