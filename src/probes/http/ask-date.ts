import type { Duplex } from 'node:stream';
import type { Context } from '../../model/gatherer.js';
import type { Target } from '../../model/target.js';
import { exchange } from './exchange.js';

const longestMs = 1000;
const longestDate = 40;

/** The server's own clock by the Date of its answer, to tell whose clock is wrong. Null when it has none to show. */
export async function askDate(stream: Duplex, target: Target, context: Context): Promise<string | null> {
  const timeoutMs = Math.max(1, Math.min(longestMs, context.remaining() / 4));
  const request = { method: 'HEAD', secure: true, host: target.host, port: target.port, path: '/', timeoutMs } as const;
  const { response } = await exchange(stream, request, context.system, context.signal);
  const date = response?.headers.get('date')?.slice(0, longestDate);
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
