import { Cannot } from '../model/cannot.js';
import { openTools } from '../engine/repair/open-tools.js';
import { watchdog } from '../engine/repair/watchdog.js';
import { LineReader } from '../system/linux/watchdog-process.js';
import { openSystem } from '../system/open-system.js';
import { exitCodes } from './exit-codes.js';
import type { RepairCall } from './repair-arguments.js';

/** The process that takes a change back unless it is confirmed; started by `fix` alone. It is told the change's id, nothing else. */
export async function watchdogCommand(
  { id }: Extract<RepairCall, { command: 'watchdog' }>,
  script: string,
): Promise<number> {
  // Its terminal may go away, and so may whoever listens.
  process.on('SIGHUP', () => undefined);
  process.stdout.on('error', () => undefined);
  const reader = new LineReader(process.stdin);
  const line = {
    hear: (ms: number) => reader.next(ms),
    get hasEnded() {
      return reader.isAtEnd;
    },
    tell: (text: string) => void process.stdout.write(`${text}\n`),
  };
  try {
    await watchdog(id, line, await openTools(await openSystem(), script));
    return exitCodes.works;
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    line.tell(`cannot: ${error.message.replaceAll('\n', ' ')}`);
    return exitCodes.named;
  }
}
