import { fact } from '../../model/facts.js';
import type { Plan, Remedy } from '../../model/remedy.js';

/** Below 1024 are services; the kernel's own range is 32768 to 60999 (ip-sysctl). */
const lowest = 10_240;
const highest = 60_999;

/** More local ports for connections of this computer. */
export const remedy: Remedy<{ readonly canKeep: boolean }> = {
  id: 'widen-port-range',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets this computer use more ports for its own connections',
  offers: ({ facts }) => widened(facts) !== null,
  look: async (_ailment, { system }) => ({ canKeep: await system.files.exists('/etc/sysctl.d') }),
  plan({ facts }, { canKeep }): Plan | { readonly whyNot: string } {
    const range = widened(facts);
    if (range === null) return { whyNot: 'the range of local ports is as wide as it can sensibly be' };
    return {
      title: `lets this computer use the ports ${range.value[0] ?? 0} to ${range.value[1] ?? 0} for its own connections`,
      operations: [
        {
          kind: 'sysctl-set',
          name: 'net.ipv4.ip_local_port_range',
          value: range.value,
          ...(canKeep && { kept: true }),
        },
      ],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        canKeep ? 'it holds after a restart too' : 'it holds until the computer restarts',
        'it helps for a while where a program does not close its connections',
        `a service that is started later on one of these ports may find it taken`,
      ],
    };
  },
};

function widened(facts: Parameters<typeof fact>[0]): { readonly value: readonly [number, number] } | null {
  const ports = fact(facts, 'device.limits')?.ports;
  if (!ports) return null;
  const value = [Math.min(ports.first, lowest), Math.max(ports.last, highest)] as const;
  return value[0] === ports.first && value[1] === ports.last ? null : { value };
}
