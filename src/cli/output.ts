import { writeSync } from 'node:fs';
import { clean } from '../report/clean.js';

let readerGone = false;
let throughStream = false;

/**
 * Writes all of it. A reader that went away (`| head -1`) is no fault of ours; false then, since nobody wants the rest.
 */
export async function print(text: string): Promise<boolean> {
  // Without the stream of Node, which takes 4 ms to load, unless the reader is slow and will not be waited for (EAGAIN).
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0 && !readerGone && !throughStream) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') openStream();
    else cannotWrite(error as NodeJS.ErrnoException);
  }
  if (throughStream) await new Promise<void>((resolve) => void process.stdout.write(rest, () => resolve()));
  return !readerGone;
}

function openStream(): void {
  throughStream = true;
  process.stdout.on('error', cannotWrite);
}

function cannotWrite({ code, message }: NodeJS.ErrnoException): void {
  if (!readerGone && code !== 'EPIPE' && code !== 'EBADF')
    warn(`what it found could not be written down: ${code ?? message}`);
  readerGone = true;
}

/** One line for a person or a log, beside the report. */
export function warn(text: string): void {
  process.stderr.write(`whoblocked: ${clean(text, 300)}\n`);
}

/**
 * Ends the process at once. `process.exit` alone waits for the thread of a hanging getaddrinfo, 10 s with a silent
 * resolver (measured on Node 20: libuv joins its threads at exit); `_exit` of the C library does not.
 */
export async function leave(code: number): Promise<never> {
  if (process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) {
    const { loadNative } = await import('../system/linux/native.js');
    const native = loadNative();
    if (typeof native !== 'string') {
      const exit = native.load(null).func('_exit', 'void', ['int']) as (code: number) => void;
      exit(code);
    }
  }
  process.exit(code);
}
