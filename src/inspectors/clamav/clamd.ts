import type { Duplex } from 'node:stream';
import type { System } from '../../model/system.js';
import type { ClamSettings } from './settings.js';

const mostAnswer = 64 * 1024;
const pieceBytes = 64 * 1024;

export type ClamAnswer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** One command to clamd (clamd(8), the form that ends with a zero byte), and what it answers. */
export async function askClamd(
  settings: ClamSettings,
  command: 'VERSION' | 'INSTREAM',
  system: System,
  signal: AbortSignal,
  timeoutMs: number,
  bytes?: Uint8Array,
): Promise<ClamAnswer> {
  const stream = await open(settings, system, signal, timeoutMs);
  if (typeof stream === 'string') return { ok: false, why: stream };
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const late = system.clock.sleep(timeoutMs, stop).then(() => 'late' as const);
  try {
    const answer = answerOf(stream);
    void write(stream, command, bytes);
    const text = await Promise.race([answer, late]);
    if (text === 'late') return { ok: false, why: 'clamd does not answer' };
    return text === '' ? { ok: false, why: 'clamd hung up' } : { ok: true, text };
  } finally {
    ended.abort();
    stream.destroy();
  }
}

async function open(
  { socket, tcp }: ClamSettings,
  { sockets }: System,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Duplex | string> {
  if (socket !== null) {
    const { stream, failure } = await sockets.dialUnix(socket, timeoutMs, signal).done;
    return stream ?? `clamd cannot be asked at ${socket} (${failure?.raw ?? 'no connection'})`;
  }
  if (tcp === null) return 'clamd is not set up to be asked';
  const { stream, failure } = await sockets.dial({ ...tcp, timeoutMs }, signal).done;
  return stream ?? `clamd cannot be asked at ${tcp.address} port ${tcp.port} (${failure?.raw ?? 'no connection'})`;
}

/** INSTREAM: each piece with its length before it, four bytes, the greatest first; a length of nothing ends it. */
async function write(stream: Duplex, command: string, bytes: Uint8Array | undefined): Promise<void> {
  stream.write(`z${command}\0`);
  if (!bytes) return;
  for (let at = 0; at < bytes.length && !stream.destroyed; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    stream.write(length);
    if (!stream.write(piece))
      await new Promise<void>((resolve) => void stream.once('drain', resolve).once('close', resolve));
  }
  if (!stream.destroyed) stream.write(Buffer.alloc(4));
}

function answerOf(stream: Duplex): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = (): void => resolve(text.replace(/\0[\s\S]*$/, '').trim());
    stream.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      if (text.includes('\0') || text.length > mostAnswer) done();
    });
    stream.once('end', done).once('close', done).once('error', done);
  });
}
