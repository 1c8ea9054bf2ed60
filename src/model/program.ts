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
  /** A process of it that is in another network than whoever asked; null where it shares that one, or nobody could see. */
  readonly elsewhere?: number | null;
}

export type Adopted = 'user' | 'network' | 'cgroup' | 'files' | 'environment';

/** A connection that the program itself began. */
export interface ProgramTry {
  readonly address: string;
  readonly port: number;
  readonly outcome: 'connected' | 'silent' | 'unknown' | Failure<'connect'>;
  /** The system said so at once, before anything was sent. */
  readonly synchronous: boolean;
  /** It got no socket to connect with. */
  readonly call?: 'socket';
}

export interface ProgramFact extends Omit<ProgramAsked, 'path' | 'elsewhere'> {
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
  /** Its network, where that is not the one of whoever asked. */
  readonly network?: OtherNetwork | null;
  readonly sandbox: Sandbox;
  /** Whether the system that it was installed by lets it use the network; null where none says anything. */
  readonly permission?: NetworkPermission | null;
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

/** A network (namespace) that was made for some processes. */
export interface OtherNetwork {
  /** The outermost process in it: it has made it, or was put into it. */
  readonly first: NamedProcess | null;
  /** Whoever started that one, from outside. */
  readonly starter: NamedProcess | null;
  /** The unit of systemd whose setting made it: `PrivateNetwork=yes` and the like. */
  readonly unit: { readonly name: string; readonly location: string; readonly setting: Hostile } | null;
}

export interface NamedProcess {
  readonly pid: number;
  readonly process: Hostile;
}

/** What Flatpak or snapd say of a program's right to use the network. */
export interface NetworkPermission {
  readonly by: 'flatpak' | 'snap';
  readonly app: string;
  readonly allowed: boolean;
  /**
   * `package`: its own package asks for it, or does not. `setting`: somebody has taken it away, or given it, in the
   * settings of this device. `start`: whoever started it has. Null where that is not known.
   */
  readonly decided: 'package' | 'setting' | 'start' | null;
  /** The line that says so: `/var/lib/flatpak/overrides/org.example.App:2`. */
  readonly location: string | null;
}
