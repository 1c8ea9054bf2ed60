import type { LocalService } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';

const tailBytes = 48 * 1024;
const longestLine = 300;

/** Words by which programs say that they cannot go on. */
const faults =
  /\b(FATAL|PANIC|emerg|crit|fatal error|Fatal|error|ERROR|failed|failure|cannot|can't|could not|unable|denied|refused|No space left|corrupt|invalid|bad directive|not permitted|already in use|Out of memory|out of memory|Killed|terminated by signal|segfault|Segmentation fault|panic)\b|^# /;
/** A start that went well: what stands before it is about an earlier run. */
const starts =
  /ready to accept connections|Ready to accept connections|start worker processes|Server listening on|Server is ready|ready for connections|resuming normal operations|Waiting for connections/;
const stops =
  /database system is shut down|bye bye|exiting now|Received signal 15|Received SIGTERM|signal 15 \(SIGTERM\)|Shutdown complete|Initiating Shutdown|Server Exiting|caught SIGTERM|shutting down/i;

export interface LogEnd {
  readonly words: NonNullable<LocalService['words']>;
  readonly ended: 'fault' | 'stopped';
}

/** The last line of a log that says why its program is gone, or null where it says nothing of the kind. */
export async function lastWords(path: string, { system }: Pick<Context, 'system'>): Promise<LogEnd | string | null> {
  const file = await system.files.tail(path, tailBytes);
  if (!file.ok) return file.code === 'ENOENT' ? null : file.code;
  const text = Buffer.from(file.bytes).toString('utf8');
  return endIn(file.truncated ? text.slice(text.indexOf('\n') + 1) : text, path);
}

export function endIn(text: string, location: string): LogEnd | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const last = lastRun(lines.slice(-400));
  const ready = last.findLastIndex((line) => starts.test(line));
  const since = last.slice(ready + 1);
  const stop = since.findLastIndex((line) => stops.test(line));
  // "could not create any sockets" comes last, and says less than "Address already in use" before it.
  const inUse = since.findLastIndex((line) => /address already in use/i.test(line));
  const fault = inUse >= 0 ? inUse : since.findLastIndex((line) => faults.test(line) && !stops.test(line));
  // One that was never ready stopped because of the fault; one that was, may have noted many before it was stopped.
  const byFault = fault >= 0 && (ready < 0 || fault > stop);
  const line = since[byFault ? fault : stop];
  return line === undefined
    ? null
    : {
        words: { text: withoutSecrets(withoutTime(line)).slice(0, longestLine), location },
        ended: byFault ? 'fault' : 'stopped',
      };
}

/** What was written since the end of the run before. */
function lastRun(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => stops.test(line));
  const before = lines
    .slice(0, end < 0 ? lines.length : firstOfEnd(lines, end))
    .findLastIndex((line) => stops.test(line));
  return lines.slice(end < 0 ? 0 : before + 1);
}

/** Programs say goodbye in several lines. */
function firstOfEnd(lines: readonly string[], end: number): number {
  let first = end;
  while (first > 0 && stops.test(lines[first - 1] ?? '')) first--;
  return first;
}

/** Times stand first in most logs, and in none of these words. */
function withoutTime(line: string): string {
  return line
    .replace(/^\S*\[?\d{4}[-/]\d\d[-/]\d\d[ T][\d:.,]+(?:Z| ?[A-Z]{3,4}| ?[+-]\d\d:?\d\d)?\]? ?/, '')
    .replace(/^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ [#*.-] /, '')
    .replace(/^\[\d+\] (?:\S+ )?\d{4}\/\d\d\/\d\d [\d:.]+ /, '')
    .trim();
}

/** Passwords get into logs by addresses and settings that are repeated there. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/:\/\/[^\s/@]{1,200}@/g, '://')
    .replace(
      /\b((?:pass(?:word|wd)?|secret|token|api[-_]?key|credentials?)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|\S+)/gi,
      '$1…',
    );
}
