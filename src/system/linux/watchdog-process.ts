import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { realpathSync } from 'node:fs';

/** Lines from a stream, one at a time; null when it has ended or the time is over. */
export class LineReader {
  readonly #lines: string[] = [];
  #rest = '';
  #isAtEnd = false;
  #wake: () => void = () => undefined;

  constructor(stream: Readable) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      // Both ends are this program: more than a few short words would be a fault.
      const parts = `${this.#rest}${text}`.slice(-4096).split('\n');
      this.#rest = parts.pop() ?? '';
      this.#lines.push(...parts);
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
    if (this.#lines.length === 0 && !this.#isAtEnd) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = () => undefined;
    }
    return this.#lines.shift() ?? null;
  }
}

export interface StartedWatchdog {
  tell(line: string): void;
  hear(ms: number): Promise<string | null>;
  readonly hasEnded: boolean;
  readonly ended: Promise<void>;
  readonly pid: number | undefined;
}

/**
 * The same program again, in a session of its own: no signal of this terminal reaches it, and it sees by its input that
 * this process has ended. It gets nothing but the change's id.
 */
export function startWatchdogProcess(script: string, id: string): StartedWatchdog {
  const environment = Object.fromEntries(
    ['HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'DBUS_SYSTEM_BUS_ADDRESS'].flatMap(
      (name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      },
    ),
  );
  const child = spawn(process.execPath, [realpathSync(script), 'watchdog', id], {
    detached: true,
    cwd: '/',
    env: environment,
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
    pid: child.pid,
  };
}
