import type { ConnectTry } from '../../model/facts.js';
import type { DialResult } from '../../model/system.js';

/** A dial as a fact; the open connection itself is not part of it. */
export function tryOf(address: string, port: number, result: DialResult): ConnectTry {
  return {
    address,
    port,
    ...(result.failure ? { failure: result.failure } : {}),
    synchronous: result.synchronous,
    ms: Math.round(result.ms * 100) / 100,
    localAddress: result.localAddress,
    localPort: result.localPort,
    icmp: result.icmp,
    tcp: result.tcp,
  };
}

/** The host itself said something, be it that the port is closed: it is alive and so is the way to it. */
export function answered(one: ConnectTry): boolean {
  if (!one.failure) return true;
  if (one.failure.code !== 'refused' && one.failure.code !== 'reset') return false;
  const senders = one.icmp?.flatMap((icmp) => icmp.from ?? []) ?? [];
  return senders.every((sender) => sender === one.address) && one.localAddress !== one.address;
}

/**
 * Milliseconds from the SYN to its answer: as the kernel measured it where it did, for this process's own clock runs on
 * while it is busy elsewhere.
 */
export function roundTripOf(one: ConnectTry): number {
  return one.failure === undefined && one.tcp !== null && one.tcp.rttUs > 0 ? one.tcp.rttUs / 1000 : one.ms;
}
