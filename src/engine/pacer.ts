import { loginPorts } from '../model/login-ports.js';
import type { DatagramRequest, DialRequest, Sockets, System } from '../model/system.js';

/** Most connections and datagrams that one diagnosis begins towards one address. */
const mostPerAddress = 120;
/** Most connections to a port behind which a login is asked: nobody gets banned by their doctor. */
const mostLogins = 3;

export interface Pacer {
  readonly system: System;
  /** Connections and datagrams begun so far. */
  count(): number;
}

/**
 * Bounds what goes to one destination, and counts it. What is over the bound is refused as `failed`, which no cause takes
 * for anything but "not measured".
 */
export function paced(system: System): Pacer {
  const perAddress = new Map<string, number>();
  const logins = new Map<string, number>();
  let total = 0;
  const refuses = (request: DialRequest | DatagramRequest, isDial: boolean): boolean => {
    const address = (perAddress.get(request.address) ?? 0) + 1;
    perAddress.set(request.address, address);
    if (address > mostPerAddress) return true;
    if (isDial && request.ttl === undefined && loginPorts.has(request.port)) {
      const key = `${request.address} ${request.port}`;
      const login = (logins.get(key) ?? 0) + 1;
      logins.set(key, login);
      if (login > mostLogins) return true;
    }
    total += 1;
    return false;
  };
  const sockets: Sockets = {
    dial: (request, signal) => {
      if (!refuses(request, true)) return system.sockets.dial(request, signal);
      const raw = 'not tried: enough was sent to this address';
      return {
        done: Promise.resolve({
          failure: { operation: 'connect', code: 'failed', raw },
          synchronous: true,
          ms: 0,
          localAddress: null,
          localPort: null,
          icmp: null,
          tcp: null,
        }),
        peek: () => null,
        giveUp: () => undefined,
      };
    },
    datagram: async (request, signal) =>
      refuses(request, false)
        ? {
            outcome: { operation: 'datagram', code: 'failed', raw: 'not tried: enough was sent to this address' },
            ms: 0,
            icmp: null,
            ignored: 0,
            localPort: null,
          }
        : system.sockets.datagram(request, signal),
    dialUnix: (path, timeoutMs, signal) => system.sockets.dialUnix(path, timeoutMs, signal),
  };
  const wrapped: System = Object.create(system, { sockets: { value: sockets, enumerable: true } }) as System;
  return { system: wrapped, count: () => total };
}
