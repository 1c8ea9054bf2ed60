import type { Duplex } from 'node:stream';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';

/** How a wait for a proxy's words ended, with all bytes that came. */
export interface Read {
  readonly bytes: Buffer;
  readonly failure?: Failure<'proxy'>;
}

const mostBytes = 64 * 1024;
const resets = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/**
 * Reads until `whole` gives the length of what is wanted. What comes behind it is given back to the connection: it is the
 * target's (servers of mail speak first). Never throws for what comes.
 */
export async function readWhole(
  stream: Duplex,
  whole: (bytes: Buffer) => number | null,
  timeoutMs: number,
  { system, signal }: Pick<Context, 'system' | 'signal'>,
): Promise<Read> {
  let bytes: Buffer = Buffer.alloc(0);
  const over = new AbortController();
  const late = system.clock.sleep(timeoutMs, AbortSignal.any([over.signal, signal])).then(() => 'late' as const);
  let onData = (_chunk: Buffer): void => {};
  let onEnd = (): void => {};
  const came = new Promise<'whole' | 'ended'>((resolve) => {
    onEnd = () => resolve('ended');
    onData = (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (whole(bytes) !== null || bytes.length > mostBytes) resolve('whole');
    };
    stream.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd);
    // It may have broken while nobody listened.
    if (stream.destroyed) resolve('ended');
    stream.resume();
  });
  const how = await Promise.race([came, late]);
  over.abort();
  stream.pause();
  stream.off('data', onData).off('end', onEnd).off('close', onEnd);
  const length = whole(bytes);
  if (length !== null) {
    if (bytes.length > length) stream.unshift(bytes.subarray(length));
    return { bytes: bytes.subarray(0, length) };
  }
  return { bytes, failure: failureOf(how, bytes, stream) };
}

function failureOf(how: 'whole' | 'ended' | 'late', bytes: Buffer, stream: Duplex): Failure<'proxy'> {
  const after = bytes.length === 0 ? '' : ` after ${bytes.length} bytes`;
  if (how === 'late') return { operation: 'proxy', code: 'timed-out', raw: `no whole answer${after}` };
  if (how === 'whole') return { operation: 'proxy', code: 'not-a-proxy', raw: `an answer without end${after}` };
  const error: NodeJS.ErrnoException | null = stream.errored;
  const reset = resets.has(error?.code ?? '');
  return { operation: 'proxy', code: reset ? 'reset' : 'closed', raw: `${error?.code ?? 'end of stream'}${after}` };
}
