import type { Report } from '../model/report.js';
import { isNamed } from '../report/named.js';
import { isTerminal } from '../system/terminal.js';
import type { Flags } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { thisInvocation } from './invocation.js';
import { print } from './output.js';
import { WrongWords } from './wrong-words.js';

/** Prints the report as asked for; gives the exit code that belongs to it. */
export async function show(report: Report, flags: Flags, script: string): Promise<number> {
  const shown = flags.redact ? (await import('../report/redact.js')).redact(report) : report;
  if (flags.html !== null) await writePage(shown, flags.html);
  if (flags.json) {
    const { renderJson } = await import('../report/json.js');
    await print(renderJson(shown));
  } else {
    const { renderText } = await import('../report/text.js');
    const invocation = thisInvocation(script);
    const { verbose } = flags;
    await print(renderText(shown, { invocation, verbose, color: wantsColor(), width: widthOf() }));
  }
  return exitCodeOf(report);
}

async function writePage(report: Report, file: string): Promise<void> {
  const { renderHtml } = await import('../report/html.js');
  const { writeFile } = process.getBuiltinModule('node:fs/promises');
  try {
    await writeFile(file, renderHtml(report), { mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    throw new WrongWords(`the page could not be written (${code}): choose a file in a folder that you may write to`);
  }
}

export function exitCodeOf(report: Report): number {
  if (report.verdict.outcome !== 'failed') return exitCodes.works;
  return isNamed(report) ? exitCodes.named : exitCodes.untold;
}

/** https://no-color.org, and FORCE_COLOR as Node itself reads it. */
export function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal(1) && TERM !== 'dumb';
}

/** Columns to write in. */
export function widthOf(): number {
  return (isTerminal(1) && process.stdout.columns) || 80;
}
