import type { InboundFact } from '../../model/inbound.js';
import type { System } from '../../model/system.js';

const windowMs = 300;
const mostBytes = 8 * 1024 * 1024;

/**
 * Connections of the port that are not answered yet (SYN_RECV), and how many attempts the kernel throws away meanwhile
 * because too many are: TCPReqQFullDrop without SYN cookies, TCPReqQFullDoCookies with them.
 */
export async function halfOpenOn(
  port: number,
  { files, clock }: System,
  signal: AbortSignal,
): Promise<NonNullable<InboundFact['halfOpen']> | null> {
  const textOf = async (path: string): Promise<string> => {
    const file = await files.read(path, mostBytes);
    return file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
  };
  const before = countersIn(await textOf('/proc/net/netstat'));
  if (before === null) return null;
  const waiting = async (): Promise<number> => {
    const [four, six] = await Promise.all([textOf('/proc/net/tcp'), textOf('/proc/net/tcp6')]);
    return halfOpenIn(four, port) + halfOpenIn(six, port);
  };
  // Where none waits none can be too many.
  if ((await waiting()) === 0) return { waiting: 0, dropped: 0, cookies: 0, ms: 0 };
  await clock.sleep(windowMs, signal);
  const after = countersIn(await textOf('/proc/net/netstat'));
  if (after === null) return null;
  return {
    waiting: await waiting(),
    dropped: after.dropped - before.dropped,
    cookies: after.cookies - before.cookies,
    ms: windowMs,
  };
}

/** A line of names, and below it one of numbers, each beginning with `TcpExt:`. */
export function countersIn(netstat: string): { readonly dropped: number; readonly cookies: number } | null {
  const lines = netstat.split('\n', 64).filter((line) => line.startsWith('TcpExt:'));
  const [names, values] = lines.map((line) => line.split(' '));
  const valueOf = (name: string): number => Number(values?.[names?.indexOf(name) ?? -1] ?? Number.NaN);
  const found = { dropped: valueOf('TCPReqQFullDrop'), cookies: valueOf('TCPReqQFullDoCookies') };
  return Number.isFinite(found.dropped) && Number.isFinite(found.cookies) ? found : null;
}

/** `  3: 1407A8C0:1F90 0A6433C6:C350 03 …`: the local end, the other end, the state (TCP_SYN_RECV is 3). */
export function halfOpenIn(table: string, port: number): number {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let count = 0;
  for (const line of table.split('\n')) {
    const [, local = '', , state] = line.trim().split(/\s+/, 4);
    if (state === '03' && local.endsWith(end)) count++;
  }
  return count;
}
