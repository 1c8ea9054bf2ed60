import { fstatSync, writeSync } from 'node:fs';

/**
 * Whether somebody may be looking. Asking process.stderr itself would open the stream: 6 ms, and mostly it is a pipe, a file
 * or /dev/null.
 */
export function isTerminal(fd: 1 | 2): boolean {
  try {
    const file = fstatSync(fd);
    if (!file.isCharacterDevice() || isMemoryDevice(file.rdev)) return false;
    return (fd === 1 ? process.stdout : process.stderr).isTTY;
  } catch {
    return false; // closed
  }
}

/** /dev/null and the like (Documentation/admin-guide/devices.txt of Linux, major number 1), as makedev(3) puts it together. */
function isMemoryDevice(device: number): boolean {
  return process.platform === 'linux' && device < 2 ** 20 && device >>> 8 === 1;
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
