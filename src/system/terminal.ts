import { fstatSync, writeSync } from 'node:fs';

/** Whether somebody may be looking. Asking process.stderr itself would open the stream: 2 ms, mostly for a pipe. */
export function isTerminal(fd: 1 | 2): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && (fd === 1 ? process.stdout : process.stderr).isTTY;
  } catch {
    return false; // closed
  }
}

/**
 * Writes to standard output without Node's stream, which takes 4 ms to load. Gives what is left where the reader is not to be
 * waited for (EAGAIN). Throws as write(2) fails.
 */
export function writeOut(text: string): Uint8Array {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  }
  return rest;
}
