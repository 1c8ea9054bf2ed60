import { logText } from '../../logs/log-text.js';
import type { Context } from '../../model/gatherer.js';

const mostLines = 100_000;
const mostBytes = 8 * 1024 * 1024;

/** Null lines: why they could not be read. */
export interface Log {
  readonly name: string;
  readonly lines: readonly string[] | null;
  readonly why: string | null;
}

/** What the kernel says, as dmesg(1) shows it. */
export async function kernelLog({ system, signal }: Context): Promise<Log> {
  const name = 'kernel log';
  const options = { timeoutMs: 1_500, maxBytes: mostBytes, signal };
  const { exit, stdout, stderr, error } = await system.run('dmesg', ['--time-format', 'iso'], options);
  if (exit !== 0) return { name, lines: null, why: (error ?? stderr.trim().split('\n')[0] ?? 'failed').slice(0, 120) };
  return { name, lines: stdout.split('\n').slice(-mostLines), why: null };
}

/** The end of a log file. */
export async function logFile(path: string, { system }: Context): Promise<Log> {
  const file = await system.files.tail(path, mostBytes);
  if (!file.ok) return { name: path, lines: null, why: file.code };
  return { name: path, lines: logText(file.bytes).split('\n').slice(-mostLines), why: null };
}
