// Who ended a connection that had been made, and where what was said on it got lost.
import type { Machine } from '../../world/topology.js';
import { RST } from './packet.js';
import type { Heard } from './wiretap.js';

export interface Cut {
  /** Machines that made a reset which reached the device. */
  readonly resetBy: readonly Machine[];
  /** Machines that the client's words entered more often than they left, the server not counted. */
  readonly swallowedIn: readonly Machine[];
  /** The server had the client's words. */
  readonly heard: boolean;
  /** Machines that the server's words entered and did not leave, where only the long ones of them were lost. */
  readonly longLostIn: readonly Machine[];
}

/** `port` is the device's own. Sequence numbers stay what they are when addresses and ports are translated. */
export function cutOf(
  { sightings }: Heard,
  port: number,
  to: { address: string; port: number },
  routers: readonly Machine[],
): Cut {
  const towards = sightings.filter(
    ({ machine, leaves, packet }) =>
      machine === 'device' && leaves && packet.tcp?.sport === port && packet.destination === to.address,
  );
  const words = new Set(towards.flatMap(({ packet }) => (packet.tcp && packet.tcp.length > 0 ? [packet.tcp.seq] : [])));
  const resets = new Set(
    sightings.flatMap(({ machine, leaves, packet }) =>
      machine === 'device' && !leaves && packet.tcp?.dport === port && (packet.tcp.flags & RST) !== 0
        ? [packet.tcp.seq]
        : [],
    ),
  );
  const balance = (is: (seq: number, flags: number, length: number) => boolean): Map<Machine, number> => {
    const sums = new Map<Machine, number>();
    for (const { machine, leaves, packet } of sightings) {
      if (!packet.tcp || !is(packet.tcp.seq, packet.tcp.flags, packet.tcp.length)) continue;
      sums.set(machine, (sums.get(machine) ?? 0) + (leaves ? -1 : 1));
    }
    return sums;
  };
  const backwards = (machine: Machine, comes: boolean): number[] =>
    sightings.flatMap((one) =>
      one.machine === machine &&
      one.leaves !== comes &&
      one.packet.source === to.address &&
      one.packet.tcp?.sport === to.port &&
      one.packet.tcp.length > 0
        ? [one.packet.tcp.length]
        : [],
    );
  const longLost = (machine: Machine): boolean => {
    const [came, went] = [backwards(machine, true), backwards(machine, false)];
    const longest = Math.max(0, ...went);
    return came.some((length) => length > longest) && came.filter((length) => length <= longest).length === went.length;
  };
  const said = balance((seq, _flags, length) => length > 0 && words.has(seq));
  const reset = balance((seq, flags) => (flags & RST) !== 0 && resets.has(seq));
  return {
    resetBy: [...reset].flatMap(([machine, sum]) => (sum < 0 && machine !== 'device' ? [machine] : [])),
    swallowedIn: [...said].flatMap(([machine, sum]) => (sum > 0 && machine !== 'server' ? [machine] : [])),
    heard: (said.get('server') ?? 0) > 0,
    longLostIn: routers.filter(longLost),
  };
}
