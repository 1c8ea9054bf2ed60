import type { Context } from '../../model/gatherer.js';

const mostBytes = 64 * 1024;
const waitMs = 1_200;

export interface Place {
  readonly address: string;
  readonly port: number;
}

/** One request to the router, and what it says, as text; null when nothing usable comes. Routers speak old and simple HTTP. */
export async function askRouter(
  { address, port }: Place,
  head: readonly string[],
  body: string,
  { system, options, signal, remaining }: Context,
): Promise<string | null> {
  const timeoutMs = Math.max(50, Math.min(waitMs, remaining() / 3));
  const { stream } = await system.sockets.dial({ address, port, timeoutMs, interface: options.interface }, signal).done;
  if (!stream) return null;
  const length = Buffer.byteLength(body);
  const lines = [...head, `Host: ${address}:${port}`, 'Connection: close', `Content-Length: ${length}`, '', body];
  const chunks: Buffer[] = [];
  let bytes = 0;
  const ended = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= mostBytes || isWhole(Buffer.concat(chunks).toString('latin1'))) resolve();
    });
    for (const event of ['end', 'close', 'error']) stream.on(event, () => resolve());
  });
  stream.resume();
  stream.write(lines.join('\r\n'));
  const over = new AbortController();
  await Promise.race([ended, system.clock.sleep(timeoutMs, AbortSignal.any([signal, over.signal]))]);
  over.abort();
  stream.destroy();
  const text = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
  const [status = '', ...rest] = text.split('\r\n\r\n');
  return /^HTTP\/1\.[01] 200\b/.test(status) ? rest.join('\r\n\r\n') : null;
}

/** As long as its head says; others end the connection. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /^content-length:\s*(\d+)/im.exec(text.slice(0, Math.max(0, end)))?.[1];
  return end >= 0 && length !== undefined && text.length - end - 4 >= Number(length);
}
