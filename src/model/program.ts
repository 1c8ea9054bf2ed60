import type { FileOwner } from './device-state.js';
import type { Hostile } from './facts.js';
import type { Failure } from './failure.js';

/** The program that should connect, where the user named one (`run`, `--app`, `--from`). */
export interface ProgramAsked {
  /** As it was named: a path, a command, a process id, a container. */
  readonly named: Hostile;
  readonly pid: number | null;
  /** The container that it was named by, if it was. */
  readonly container: string | null;
  /** Where its file should be; null where that is to be read off the process. */
  readonly path: string | null;
  /** What it tried already, and how that ended. */
  readonly tried: readonly ProgramTry[];
  /** Sandboxes that it was seen to put itself into. */
  readonly entered: readonly ('landlock' | 'seccomp')[];
  /** How its connections were seen; null where nobody looked. */
  readonly seenBy: 'strace' | 'sockets' | null;
  /** What of the program this diagnosis takes on, and what it cannot. */
  readonly adopted: readonly Adopted[];
  readonly notAdopted: readonly { readonly what: Adopted; readonly why: string }[];
}

export type Adopted = 'user' | 'network' | 'cgroup' | 'files' | 'environment';

/** A connection that the program itself began. */
export interface ProgramTry {
  readonly address: string;
  readonly port: number;
  readonly outcome: 'connected' | 'silent' | 'unknown' | Failure<'connect'>;
  /** The system said so at once, before anything was sent. */
  readonly synchronous: boolean;
}

export interface ProgramFact extends Omit<ProgramAsked, 'path'> {
  /** The file that is run, as the program names it; null when none was found. */
  readonly path: string | null;
  readonly file: FileOwner | null;
  /** What the system says when it is opened, and when it is asked whether it may be run: `ok` or an errno; null: not asked. */
  readonly opens: string | null;
  readonly runs: string | null;
  /** Of a script, the program that runs it. */
  readonly interpreter: { readonly path: string; readonly opens: string | null; readonly runs: string | null } | null;
  readonly running: boolean;
  readonly uid: number | null;
  readonly user: string | null;
  /** Its group in the hierarchy that network rules look at: `/user.slice/…`. */
  readonly cgroup: string | null;
  /** Whether its network is the one of the machine that it was asked from; null where that cannot be seen. */
  readonly ownNetwork: boolean | null;
  readonly sandbox: Sandbox;
  /** Proxies of its environment, without login. */
  readonly proxies: readonly { readonly name: string; readonly url: Hostile }[];
}

/** What limits a process beside its user, as /proc shows it. Landlock shows nowhere. */
export interface Sandbox {
  readonly noNewPrivileges: boolean | null;
  readonly seccomp: 'none' | 'strict' | 'filter' | null;
  /** The mark of AppArmor, SELinux or Smack; null where there is none. */
  readonly label: Hostile | null;
  /** `flatpak org.example.App`, `snap firefox`, … */
  readonly packaged: Hostile | null;
}
