import type { IcmpError } from '../model/facts.js';
import type { DatagramRequest, Dialling, DialRequest, Sockets, System, ToldError } from '../model/system.js';

const mostErrors = 64;

/**
 * Keeps what is said on the way of anything that is sent, whichever measurement sent it: where routers say such things once a
 * second, the one that hears it may be one whose fact has no place for it.
 */
export function remembering(system: System): System {
  const all: ToldError[] = [];
  const keep = (address: string, errors: readonly IcmpError[] | null, ms: number): void => {
    const at = Math.round(system.clock.now());
    for (const { origin, from, type, code } of errors ?? [])
      if (origin !== 'local' && from !== null && all.length < mostErrors)
        all.push({ address, from, type, code, at, ms: Math.round(ms) });
  };
  const dial = (request: DialRequest, signal: AbortSignal): Dialling => {
    const dialling = system.sockets.dial(request, signal);
    void dialling.done.then(({ icmp, ms }) => keep(request.address, icmp, ms)).catch(() => undefined);
    return dialling;
  };
  const datagram = async (request: DatagramRequest, signal: AbortSignal): ReturnType<Sockets['datagram']> => {
    const result = await system.sockets.datagram(request, signal);
    keep(request.address, result.icmp, result.ms);
    return result;
  };
  const sockets: Sockets = { ...system.sockets, dial, datagram };
  return Object.create(system, {
    sockets: { value: sockets, enumerable: true },
    told: { value: () => [...all], enumerable: true },
  }) as System;
}
