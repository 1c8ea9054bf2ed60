import { clean } from '../report/clean.js';
import { writeOut } from '../system/terminal.js';

let readerGone = false;
let stream: NodeJS.WriteStream | undefined;

/**
 * Writes all of it. A reader that went away (`| head -1`) is no fault of ours; false then, since nobody wants the rest.
 */
export async function print(text: string): Promise<boolean> {
  if (readerGone) return false;
  try {
    const rest = stream ? Buffer.from(text) : writeOut(text);
    if (rest.length > 0) await throughStream(rest);
  } catch (error) {
    cannotWrite(error as NodeJS.ErrnoException);
  }
  return !readerGone;
}

/** For a reader that is slow and does not let himself be waited for. */
function throughStream(bytes: Uint8Array): Promise<void> {
  stream ??= process.stdout.on('error', cannotWrite);
  return new Promise((resolve) => void stream?.write(bytes, () => resolve()));
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
