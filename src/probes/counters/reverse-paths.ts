import { familyOf } from '../../model/address.js';
import type { CountersFact } from '../../model/device-state.js';
import type { Context } from '../../model/gatherer.js';

const mostInterfaces = 8;

/**
 * Whether the kernel would take an answer from that address, sent to this device's own, by each of its interfaces: the
 * routing decision for incoming packets (fib_validate_source), which `ip route get … iif` asks for. IPv4 only: IPv6 has no
 * such filter of its own.
 */
export async function reversePathsFor(
  address: string,
  own: string,
  context: Context,
): Promise<NonNullable<CountersFact['answersBy']>> {
  if (familyOf(address) !== 4 || familyOf(own) !== 4) return [];
  const { system, signal } = context;
  const file = await system.files.read('/proc/net/dev', 256 * 1024);
  const devices = file.ok ? devicesIn(Buffer.from(file.bytes).toString('latin1')) : [];
  const asked = devices.slice(0, mostInterfaces).map(async (device) => {
    const args = ['-4', 'route', 'get', own, 'from', address, 'iif', device];
    const { exit, stderr } = await system.run('ip', args, { timeoutMs: 1_000, signal });
    if (exit === 0) return { device, taken: true };
    return /^RTNETLINK answers: /m.test(stderr) ? { device, taken: false } : null;
  });
  return (await Promise.all(asked)).flatMap((one) => one ?? []);
}

/** Names before the colon, without the loopback. */
export function devicesIn(text: string): string[] {
  return text.split('\n', 200).flatMap((line) => {
    const name = /^\s*([^\s:/]{1,15}):\s*\d/.exec(line)?.[1];
    return name === undefined || name === 'lo' || name.startsWith('-') ? [] : [name];
  });
}
