import type { Packet } from '../packet.js';
import { fromRanges, type Intervals, type Num, single } from '../values/intervals.js';
import { addressTypes } from '../values/symbols.js';
import type { Surroundings } from './initial.js';

const { unicast = 1, local = 2, broadcast = 3, anycast = 4, multicast = 5 } = addressTypes;

/** Types that an address has on every machine; undefined where it hangs on the machine's own addresses. */
export function typeByClass(address: Num | undefined): number | undefined {
  if (address === undefined) return undefined;
  if (typeof address === 'bigint') {
    if (address === 1n) return local;
    return address >> 120n === 0xffn ? multicast : undefined;
  }
  const first = Math.floor(address / 0x1000000);
  if (address === 0xffffffff || first === 0) return broadcast;
  if (first >= 224 && first < 240) return multicast;
  // 127.0.0.0 and 127.255.255.255 are broadcast addresses of loopback, on some kernels.
  return first === 127 && address !== 0x7f000000 && address !== 0x7fffffff ? local : undefined;
}

/** The last two bits of a broadcast address are ones (or, before Linux 5.14, zeros), whatever the netmask. */
export function mayBeBroadcast(address: Num | undefined): boolean {
  if (typeof address === 'bigint') return false;
  return address === undefined || (address & 3) === 3 || (address & 3) === 0;
}

const types = (...values: number[]): Intervals => fromRanges(values.map((value) => [value, value]));

export function destinationTypes(packet: Packet, around: Surroundings): Intervals | undefined {
  const { destination } = packet;
  const fixed = typeByClass(destination);
  if (fixed !== undefined) return single(fixed);
  const known = ownOrNot(destination, around);
  if (known !== undefined) return known;
  switch (packet.hook) {
    case 'input':
      // It was delivered here. If a rule redirects it, it may have been meant for somebody else: see the machine.
      return undefined;
    case 'output':
      if (packet.out === undefined) return undefined;
      // Routes to own addresses lead through lo, and no others do.
      if (packet.out === 'lo') return mayBeBroadcast(destination) ? types(local, broadcast) : single(local);
      return mayBeBroadcast(destination) ? types(unicast, broadcast, multicast, 4) : types(unicast, multicast, 4);
    default:
      return undefined;
  }
}

export function sourceTypes(packet: Packet, around: Surroundings): Intervals | undefined {
  const fixed = typeByClass(packet.source);
  if (fixed !== undefined) return single(fixed);
  const known = ownOrNot(packet.source, around);
  if (known !== undefined) return known;
  // What this machine sends bears one of its own addresses.
  return packet.hook === 'output' || packet.in === 'lo' ? single(local) : undefined;
}

function ownOrNot(address: Num | undefined, around: Surroundings): Intervals | undefined {
  if (around.localAddresses === undefined || address === undefined) return undefined;
  if (around.localAddresses.has(address)) return single(local);
  return mayBeBroadcast(address) ? types(unicast, broadcast, 4, 6, 7, 8) : types(unicast, 4, 6, 7, 8);
}

/**
 * Of a packet that is delivered to this machine as it is. IPv4 has no anycast addresses; in IPv6 the one of a network
 * whose host part is zero is one.
 */
export function deliveredTypes(destination: Num | undefined): Intervals {
  if (typeof destination === 'bigint') return (destination & 3n) === 0n ? types(local, anycast) : single(local);
  if (destination === undefined) return types(local, broadcast, anycast);
  return mayBeBroadcast(destination) ? types(local, broadcast) : single(local);
}
