import { clean } from '../report/clean.js';

let readerGone: boolean | null = null;

/**
 * Writes all of it. A reader that went away (`| head -1`) is no fault of ours; false then, since nobody wants the rest.
 */
export function print(text: string): Promise<boolean> {
  if (readerGone === null) {
    // Not before there is something to print: the stream takes 4 ms to open.
    readerGone = false;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (readerGone !== true && error.code !== 'EPIPE' && error.code !== 'EBADF')
        warn(`what it found could not be written down: ${error.code ?? error.message}`);
      readerGone = true;
    });
  }
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve(readerGone !== true));
  });
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
