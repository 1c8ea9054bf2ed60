import { runCommand } from '../system/run-command.js';
import { whoProbes } from './diagnose.js';
import type { PauseCall } from './pause-target.js';

/** Why what a pause did is never kept: whatever the try shows, it ends. */
export const over = 'the pause is over';

/** The watchdog waits a little longer than this process: it is for when this one does not come to it. */
export const graceMs = 3_000;

export function endWords({ forMs }: PauseCall): string {
  return `after ${Math.round(forMs / 1000)} s, or when it was tried`;
}

/** What is asked before a guard is paused. */
export const question = 'Do that for so long?';

/**
 * Under sudo the command runs as the user who typed it.
 *
 * @param without variables that it must not see
 */
export function tried(
  { flags }: PauseCall,
  words: readonly [string, ...string[]],
  signal: AbortSignal,
  without: readonly string[] = [],
): Promise<number> {
  const user = whoProbes(flags.as);
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  return runCommand(words, { ...identity, without, stdout: flags.json ? 'stderr' : 'inherit', signal });
}
