import { fstatSync } from 'node:fs';

/** Whether somebody may be looking. Asking process.stderr itself would open the stream: 2 ms, mostly for a pipe. */
export function isTerminal(fd: 1 | 2): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && (fd === 1 ? process.stdout : process.stderr).isTTY;
  } catch {
    return false; // closed
  }
}
