import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { LineReader } from './watchdog-process.js';

export interface RootProcess {
  /** As a person would type it. */
  readonly shown: string;
  tell(line: string): void;
  /** Null when it has ended, or was refused. */
  hear(): Promise<string | null>;
  end(): void;
}

const sudo = '/usr/bin/sudo';
const pkexec = '/usr/bin/pkexec';
const longestLine = 16 * 1024 * 1024;
/** A password may have to be looked for. */
const patienceMs = 600_000;

/**
 * The same program as root, by sudo, or by pkexec where there is a desktop and no terminal. It is handed one word and
 * nothing from outside; whoever sits here is asked for the password by sudo itself. Null where neither is installed.
 *
 * @param canAsk without a terminal sudo is not let wait for a password
 */
export function startAsRoot(script: string, word: string, canAsk: boolean): RootProcess | null {
  const own = [process.execPath, realpathSync(script), word] as const;
  const isDesktop = ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => process.env[name] !== undefined);
  const line: readonly string[] | null = existsSync(sudo)
    ? [sudo, ...(canAsk ? [] : ['-n']), '--', ...own]
    : isDesktop && existsSync(pkexec)
      ? [pkexec, ...own]
      : null;
  if (line === null) return null;
  const [program = '', ...args] = line;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const reader = new LineReader(child.stdout, longestLine);
  child.once('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return {
    shown: line.join(' ').replace(/^\/usr\/bin\//, ''),
    tell: (text) => void child.stdin.write(`${text}\n`),
    hear: () => reader.next(patienceMs),
    end: () => child.stdin.end(),
  };
}
