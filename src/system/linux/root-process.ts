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
 * What makes somebody root here: sudo where it can ask for the password on a terminal; pkexec, which asks by a window of its
 * own, where there is a desktop and no terminal; else sudo, when it needs no password. Null where none of that is.
 *
 * @param canAsk whether there is a terminal: without one sudo is not let wait for a password
 */
export function wayToRoot(
  canAsk: boolean,
  isDesktop: boolean,
  isThere: (program: string) => boolean,
): readonly [string, ...string[]] | null {
  const hasSudo = isThere(sudo);
  if (hasSudo && canAsk) return [sudo, '--'];
  if (isDesktop && isThere(pkexec)) return [pkexec];
  return hasSudo ? [sudo, '-n', '--'] : null;
}

/**
 * The same program as root. It is handed one word and nothing from outside, as arguments: no shell reads it. Null where there
 * is no way.
 */
export function startAsRoot(script: string, word: string, canAsk: boolean): RootProcess | null {
  const isDesktop = ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
  const way = wayToRoot(canAsk, isDesktop, existsSync);
  if (way === null) return null;
  const line = [...way, process.execPath, realpathSync(script), word] as const;
  const [program, ...args] = line;
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
