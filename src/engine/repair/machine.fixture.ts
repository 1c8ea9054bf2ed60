import { Cannot } from '../../model/cannot.js';
import type { Change } from '../../model/change.js';
import type { Disk, FileContent } from '../../model/disk.js';
import type { Clock } from '../../model/system.js';
import { FakeNft } from './fake-nft.fixture.js';
import { Journal } from './journal.js';
import type { Tools, WatchdogProcess } from './tools.js';
import { watchdog } from './watchdog.js';

interface Inode {
  content: FileContent;
  /** What a power cut leaves of it; null when it was never synced. */
  synced: Uint8Array | null;
}

/** The process was ended, as by SIGKILL: nothing of it runs any more. */
export class Killed extends Error {}

/** Called before each step of a process: the k-th write, sync, program… It may throw. */
export type Fault = (step: number, what: string) => void;

const rootFile = { mode: 0o644, uid: 0, gid: 0 };

/** A machine in memory: a disk that forgets what was not synced when the power goes, and processes that can be ended. */
export class FakeMachine {
  #names = new Map<string, Inode>();
  #syncedNames = new Map<string, Inode>();
  #locked: object | null = null;
  #nextPid = 100;
  readonly alive = new Set<number>();
  readonly watchdogs: Promise<unknown>[] = [];
  /** Files that something is mounted on: they cannot be replaced. */
  readonly mounted = new Set<string>();
  readonly nft = new FakeNft();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      const bytes = new Uint8Array(Buffer.from(text));
      this.#names.set(path, { content: { bytes, ...rootFile }, synced: bytes });
    }
    this.#syncedNames = new Map(this.#names);
    this.nft.load(this.text('/etc/nftables.conf') ?? '');
  }

  text(path: string): string | null {
    const inode = this.#names.get(path);
    return inode === undefined ? null : Buffer.from(inode.content.bytes).toString('utf8');
  }

  put(path: string, text: string): void {
    const bytes = new Uint8Array(Buffer.from(text));
    this.#names.set(path, { content: { bytes, ...rootFile }, synced: bytes });
    this.#syncedNames.set(path, { content: { bytes, ...rootFile }, synced: bytes });
  }

  get paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** Only what was synced is left; with `lucky` all that was written had reached the disk by itself. */
  powerCut(lucky: boolean): void {
    this.alive.clear();
    this.#locked = null;
    if (!lucky) {
      this.#names = new Map(
        [...this.#syncedNames].map(([path, { content, synced }]) => {
          const bytes = synced ?? new Uint8Array();
          return [path, { content: { ...content, bytes }, synced: bytes }];
        }),
      );
    }
    this.#syncedNames = new Map(this.#names);
    this.nft.load(this.text('/etc/nftables.conf') ?? '');
  }

  /** A process of this machine; its steps go through `fault`. */
  async process(fault: Fault, watchdogFault: Fault = () => undefined): Promise<Tools> {
    const pid = this.#nextPid++;
    this.alive.add(pid);
    let steps = 0;
    let isDead = false;
    const step = (what: string): void => {
      if (isDead || !this.alive.has(pid)) throw new Killed();
      try {
        fault(steps++, what);
      } catch (error) {
        if (error instanceof Killed) {
          isDead = true;
          this.kill(pid);
        }
        throw error;
      }
    };
    const disk = this.#disk(step, pid);
    const parts = { disk, clock: quickClock, identity: { root: true }, environment: () => undefined };
    return {
      journal: await Journal.open(parts),
      disk,
      run: async (program, args) => {
        step(`${program} ${args.join(' ').slice(0, 40)}`);
        return this.nft.run(args);
      },
      clock: quickClock,
      random: (length) => Uint8Array.from({ length }, () => Math.floor(Math.random() * 256)),
      self: { pid, started: pid, boot: null },
      isAlive: (mark) => this.alive.has(mark.pid),
      watchdogs: [
        (change) => {
          step('start the watchdog');
          return this.#watchdog(change, pid, watchdogFault);
        },
      ],
    };
  }

  kill(pid: number): void {
    this.alive.delete(pid);
    if (this.#locked !== null && 'pid' in this.#locked && this.#locked.pid === pid) this.#locked = null;
    for (const wake of this.#ends.splice(0)) wake();
  }

  readonly #ends: (() => void)[] = [];

  #watchdog(change: Change, parent: number, fault: Fault): WatchdogProcess {
    const toChild = channel(() => !this.alive.has(parent));
    let hasEnded = false;
    const toParent = channel(() => hasEnded);
    this.#ends.push(toChild.wake);
    const life = (async () => {
      const tools = await this.process(fault);
      try {
        const line = { hear: toChild.hear, tell: toParent.tell, get hasEnded() { return toChild.isAtEnd(); } }; // prettier-ignore
        await watchdog(change.id, line, tools);
      } catch (error) {
        if (!(error instanceof Killed) && !(error instanceof Cannot)) throw error;
      } finally {
        hasEnded = true;
        this.kill(tools.self.pid);
        toParent.wake();
      }
    })();
    this.watchdogs.push(life);
    return {
      tell: toChild.tell,
      hear: toParent.hear,
      get hasEnded() {
        return hasEnded;
      },
      ended: life.then(() => undefined),
    };
  }

  #disk(step: (what: string) => void, pid: number): Disk {
    const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));
    const found = (path: string): Inode => {
      const inode = this.#names.get(path);
      if (inode === undefined) throw new Cannot(`${path}: ENOENT`);
      return inode;
    };
    return {
      ownDirectory: () => Promise.resolve(),
      read: async (path) => {
        step(`read ${path}`);
        return this.#names.get(path)?.content ?? null;
      },
      create: async (path, bytes, rights) => {
        step(`create ${path}`);
        if (this.#names.has(path)) throw new Cannot(`${path} exists already`);
        const { mode, uid, gid } = rights;
        this.#names.set(path, { content: { bytes, mode, uid, gid }, synced: null });
      },
      place: async (path, bytes, rights) => {
        step(`place ${path}`);
        if (this.#names.has(path)) throw new Cannot(`${path} exists already`);
        const { mode, uid, gid } = rights;
        this.#names.set(path, { content: { bytes, mode, uid, gid }, synced: null });
      },
      unplace: async (path) => {
        step(`unplace ${path}`);
        this.#names.delete(path);
      },
      overwrite: async (path, bytes) => {
        const inode = found(path);
        // Cut off in the middle: the new beginning, the old rest.
        const torn = Buffer.from(inode.content.bytes);
        Buffer.from(bytes).copy(torn, 0, 0, Math.min(torn.length, bytes.length >> 1));
        try {
          step(`overwrite ${path}`);
        } catch (error) {
          if (error instanceof Killed) inode.content = { ...inode.content, bytes: new Uint8Array(torn) };
          throw error;
        }
        inode.content = { ...inode.content, bytes };
      },
      sync: async (path) => {
        step(`sync ${path}`);
        const inode = found(path);
        inode.synced = inode.content.bytes;
      },
      move: async (from, to) => {
        step(`move ${to}`);
        if (this.mounted.has(to)) return false;
        this.#names.set(to, found(from));
        this.#names.delete(from);
        return true;
      },
      syncDirectory: async (path) => {
        step(`sync directory ${path}`);
        for (const map of [this.#names, this.#syncedNames])
          for (const name of map.keys())
            if (parent(name) === path) {
              const inode = this.#names.get(name);
              if (inode === undefined) this.#syncedNames.delete(name);
              else this.#syncedNames.set(name, inode);
            }
      },
      remove: async (path) => {
        step(`remove ${path}`);
        this.#names.delete(path);
      },
      list: async (path) =>
        this.paths.filter((name) => parent(name) === path).map((name) => name.slice(path.length + 1)),
      makeDirectory: () => Promise.resolve(),
      removeEmptyDirectory: () => Promise.resolve(),
      lock: async () => {
        step('lock');
        if (this.#locked !== null) return null;
        const own = { pid };
        this.#locked = own;
        return {
          release: () => {
            if (this.#locked === own) this.#locked = null;
          },
        };
      },
    };
  }
}

interface Channel {
  tell(line: string): void;
  hear(ms: number): Promise<string | null>;
  wake(): void;
  isAtEnd(): boolean;
}

function channel(isAtEnd: () => boolean): Channel {
  const lines: string[] = [];
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const one of waiting.splice(0)) one();
  };
  return {
    isAtEnd,
    wake,
    tell: (line) => {
      lines.push(line);
      wake();
    },
    hear: async () => {
      while (lines.length === 0 && !isAtEnd()) await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
      return lines.shift() ?? null;
    },
  };
}

/** Waiting takes no time worth speaking of. */
const quickClock: Clock = {
  now: () => performance.now(),
  wall: () => new Date(),
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
};
