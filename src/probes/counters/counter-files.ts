import type { CounterName } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';

export type Counters = Readonly<Partial<Record<CounterName, number>>>;

const ofNetstat: readonly CounterName[] = ['IPReversePathFilter', 'ListenOverflows', 'ListenDrops', 'TCPReqQFullDrop'];

/** The kernel's counters of this network namespace, as far as they can be read. */
export async function readCounters({ system }: Pick<Context, 'system'>): Promise<Counters> {
  const [netstat, conntrack] = await Promise.all(
    ['/proc/net/netstat', '/proc/net/stat/nf_conntrack'].map(async (path) => {
      const file = await system.files.read(path, 256 * 1024);
      return file.ok ? Buffer.from(file.bytes).toString('latin1') : '';
    }),
  );
  const drops = conntrackDrops(conntrack ?? '');
  return { ...netstatCounters(netstat ?? ''), ...(drops !== null && { conntrackDrop: drops }) };
}

/** Two lines a group: `TcpExt: name name…` and `TcpExt: 1 2…` (net/ipv4/proc.c). */
export function netstatCounters(text: string): Counters {
  const lines = text.split('\n', 64);
  const found: Partial<Record<CounterName, number>> = {};
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const names = (lines[i] ?? '').split(' ');
    const values = (lines[i + 1] ?? '').split(' ');
    if (names[0] !== values[0]) continue;
    for (const name of ofNetstat) {
      const value = Number(values[names.indexOf(name)] ?? Number.NaN);
      if (names.includes(name) && Number.isFinite(value)) found[name] = value;
    }
  }
  return found;
}

/** A header, then a line of hexadecimal numbers for each processor (net/netfilter/nf_conntrack_standalone.c). */
export function conntrackDrops(text: string): number | null {
  const [header = '', ...lines] = text.split('\n', 5_000);
  const at = header.trim().split(/\s+/).indexOf('drop');
  if (at < 0) return null;
  return lines.reduce((sum, line) => sum + (Number.parseInt(line.trim().split(/\s+/)[at] ?? '0', 16) || 0), 0);
}
