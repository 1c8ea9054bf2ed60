import { connect, constants, type ClientHttp2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { System } from '../../../model/system.js';

export interface Http2Request {
  readonly host: string;
  readonly path: string;
  readonly accept: string;
  readonly timeoutMs: number;
  /** A longer answer is none. */
  readonly mostBytes: number;
}

export type Http2Answer =
  | { readonly status: number; readonly type: string; readonly bytes: Buffer }
  /** `timed-out`, or what went wrong. */
  | { readonly failed: string };

/** Little of what a server may want to keep in this process's memory is let in (RFC 9113 10.5). */
const settings = { enablePush: false, headerTableSize: 4096, maxHeaderListSize: 16_384, initialWindowSize: 65_535 };
const mostMemoryMiB = 1;

/** One GET over HTTP/2 on a connection that has agreed on it (RFC 9113), which is closed afterwards. Bounded in bytes and time. */
export async function http2Get(
  stream: Duplex,
  { host, path, accept, timeoutMs, mostBytes }: Http2Request,
  { clock }: Pick<System, 'clock'>,
  signal: AbortSignal,
): Promise<Http2Answer> {
  const over = new AbortController();
  let session: ClientHttp2Session | null = null;
  try {
    return await Promise.race([
      new Promise<Http2Answer>((resolve) => {
        session = connect(`https://${host}`, {
          createConnection: () => stream,
          settings,
          maxSessionMemory: mostMemoryMiB,
        });
        const fails = (error?: Error & { code?: string }): void => resolve({ failed: error?.code ?? 'closed' });
        session.on('error', fails);
        session.on('close', () => fails());
        session.on('goaway', () => fails());
        const request = session.request({
          [constants.HTTP2_HEADER_METHOD]: 'GET',
          [constants.HTTP2_HEADER_PATH]: path,
          [constants.HTTP2_HEADER_ACCEPT]: accept,
        });
        const pieces: Buffer[] = [];
        let total = 0;
        let head: { status: number; type: string } | null = null;
        request.on('response', (headers) => {
          const status = Number(headers[constants.HTTP2_HEADER_STATUS] ?? 0);
          head = { status, type: String(headers[constants.HTTP2_HEADER_CONTENT_TYPE] ?? '') };
        });
        request.on('data', (piece: Buffer) => {
          total += piece.length;
          if (total > mostBytes) return resolve({ failed: 'too long' });
          pieces.push(piece);
        });
        request.on('end', () => resolve(head ? { ...head, bytes: Buffer.concat(pieces) } : { failed: 'no answer' }));
        request.on('error', fails);
        request.end();
      }),
      clock.sleep(timeoutMs, AbortSignal.any([signal, over.signal])).then((): Http2Answer => ({ failed: 'timed-out' })),
    ]);
  } finally {
    over.abort();
    // Told by TypeScript to be null for ever: it is set within the promise.
    (session as ClientHttp2Session | null)?.destroy();
    stream.destroy();
  }
}
