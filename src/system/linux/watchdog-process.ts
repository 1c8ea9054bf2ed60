import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { existsSync, readlinkSync, realpathSync } from 'node:fs';

/** Lines from a stream, one at a time; null when it has ended or the time is over. One that is too long is an empty one. */
export class LineReader {
  readonly #lines: string[] = [];
  #pieces: string[] = [];
  #length = 0;
  #isAtEnd = false;
  #wake: () => void = () => undefined;

  /** @param longest in characters: more than a few short words would be a fault of the watchdog */
  constructor(
    stream: Readable,
    private readonly longest = 4096,
  ) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const [first = '', ...others] = text.split('\n');
      this.#keep(first);
      for (const next of others) {
        this.#lines.push(this.#length > longest ? '' : this.#pieces.join(''));
        this.#pieces = [];
        this.#length = 0;
        this.#keep(next);
      }
      this.#wake();
    });
    for (const event of ['end', 'close', 'error'] as const)
      stream.on(event, () => {
        this.#isAtEnd = true;
        this.#wake();
      });
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  async next(ms: number): Promise<string | null> {
    const end = performance.now() + ms;
    // A long line comes in pieces, each of which wakes.
    for (let left = ms; left > 0 && this.#lines.length === 0 && !this.#isAtEnd; left = end - performance.now()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = () => undefined;
    }
    return this.#lines.shift() ?? null;
  }

  #keep(piece: string): void {
    this.#length += piece.length;
    if (this.#length <= this.longest) this.#pieces.push(piece);
    else this.#pieces = [];
  }
}

export interface StartedWatchdog {
  tell(line: string): void;
  hear(ms: number): Promise<string | null>;
  readonly hasEnded: boolean;
  readonly ended: Promise<void>;
}

/**
 * The same program again, independent of this one, which it sees end by its input. It gets nothing but the change's id.
 *
 * @param over what it watches: a change with an end still has its own watchdog while its undo is tried
 * @param systemdRun where systemd-run is: then the watchdog is a service of its own, which also lives on when the whole
 *   session is ended with all its processes (KillUserProcesses of logind.conf). Null: a child in a session of its own, which no
 *   signal of this terminal reaches.
 */
export function startWatchdogProcess(
  script: string,
  id: string,
  over: 'change' | 'undo',
  systemdRun: string | null,
): StartedWatchdog {
  const command = [process.execPath, realpathSync(script), 'watchdog', id] as const;
  const service = [
    '--quiet',
    '--collect',
    '--pipe',
    `--unit=whoblocked-watchdog-${over === 'undo' ? 'undo-' : ''}${id}`,
    '--',
  ];
  const [program, args] = systemdRun === null ? [command[0], command.slice(1)] : [systemdRun, [...service, ...command]];
  const child = spawn(program, args, {
    detached: true,
    cwd: '/',
    env: environment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const reader = new LineReader(child.stdout);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      hasEnded = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  child.stdin.on('error', () => undefined);
  return {
    tell: (line) => void child.stdin.write(`${line}\n`),
    hear: (ms) => reader.next(ms),
    get hasEnded() {
      return hasEnded;
    },
    ended,
  };
}

function environment(): Record<string, string> {
  const passed = ['HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
  return Object.fromEntries(
    passed.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Where systemd-run is, when a service that it starts would see the same machine as this process: systemd is the first
 * process (sd_booted(3)), this is root, and both are in the same namespaces.
 */
export function systemdRunHere(): string | null {
  const program = '/usr/bin/systemd-run';
  if (process.geteuid?.() !== 0 || !existsSync('/run/systemd/system') || !existsSync(program)) return null;
  try {
    const same = (['net', 'mnt', 'pid'] as const).every(
      (kind) => readlinkSync(`/proc/self/ns/${kind}`) === readlinkSync(`/proc/1/ns/${kind}`),
    );
    return same ? program : null;
  } catch {
    return null;
  }
}
