import { Cannot } from '../model/cannot.js';
import type { RunResult } from '../model/system.js';

/** The program did it, or Cannot with what it said. */
export function mustHaveRun(program: string, result: RunResult): string {
  if (result.exit === 0 && !result.truncated) return result.stdout;
  // What asks a question and hears nothing often says so on its standard output alone.
  const words = result.stderr.trim() === '' ? result.stdout : result.stderr;
  const said = words.trim().split('\n').slice(-1)[0]?.slice(0, 200) ?? '';
  if (result.error === 'ENOENT') throw new Cannot(`the program ${program} is not installed`);
  if (result.error === 'timed-out')
    throw new Cannot(`${program} did not come to an end (is it locked, or does it ask something?)`);
  throw new Cannot(`${program} failed: ${said === '' ? (result.error ?? `exit ${result.exit ?? 'unknown'}`) : said}`);
}
