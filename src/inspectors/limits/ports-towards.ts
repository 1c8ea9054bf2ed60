import { hostPort } from '../../model/address.js';
import type { LimitsFact, ProcessUse } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';
import type { PortRange } from './limit-files.js';

type Towards = NonNullable<LimitsFact['ports']>['towards'][number];

const mostLines = 70_000;

/**
 * Local ports of the range that sockets use towards one place. The same port serves many places at once, so that only
 * those towards this one count (__inet_hash_connect).
 */
export async function portsTowards(
  address: string,
  port: number,
  range: PortRange,
  { system, signal }: Pick<Context, 'system' | 'signal'>,
): Promise<Towards | null> {
  const plain = address.split('%')[0] ?? address;
  const { exit, stdout } = await system.run('ss', ['-Htanp', 'dst', hostPort(plain, port)], {
    timeoutMs: 3_000,
    signal,
  });
  return exit === 0 ? { address, port, ...countPorts(stdout, range) } : null;
}

/** `ESTAB 0 0 192.0.2.2:40000 198.51.100.10:443 users:(("app",pid=9,fd=6))`. */
export function countPorts(text: string, { first, last }: PortRange): Pick<Towards, 'used' | 'ended' | 'holder'> {
  const ports = new Map<number, string>();
  const holders = new Map<number, ProcessUse>();
  for (const line of text.split('\n', mostLines)) {
    const [state = '', , , local = ''] = line.trim().split(/\s+/, 5);
    const port = Number(/:(\d{1,5})$/.exec(local)?.[1] ?? -1);
    if (port < first || port > last || ports.has(port)) continue;
    ports.set(port, state);
    const [, process, id] = /users:\(\("([^"]{1,64})",pid=(\d{1,10})/.exec(line) ?? [];
    if (process === undefined) continue;
    const pid = Number(id);
    holders.set(pid, { pid, process, used: (holders.get(pid)?.used ?? 0) + 1 });
  }
  const [holder = null] = [...holders.values()].toSorted((a, b) => b.used - a.used);
  return { used: ports.size, ended: [...ports.values()].filter((state) => state === 'TIME-WAIT').length, holder };
}
