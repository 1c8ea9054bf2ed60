import { loginPorts } from '../model/login-ports.js';
import type { ConverseRequest, DatagramRequest, DialRequest, Sockets, System } from '../model/system.js';

/** Most connections and datagrams that one diagnosis begins towards one address. */
const mostPerAddress = 120;
/** A conversation counts for the packets that it sends at least: to open, to acknowledge, and what it says. */
const packetsOfConversation = 3;
/** Most connections to a port behind which a login is asked: nobody gets banned by their doctor. */
const mostLogins = 3;

const tooMany = 'not tried: enough was sent to this address';

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
  const refuses = (request: DialRequest | DatagramRequest | ConverseRequest, isDial: boolean, packets = 1): boolean => {
    const address = (perAddress.get(request.address) ?? 0) + packets;
    perAddress.set(request.address, address);
    if (address > mostPerAddress) return true;
    const reachesIt = request.ttl === undefined || 'waitMs' in request;
    if (isDial && reachesIt && loginPorts.has(request.port)) {
      const key = `${request.address} ${request.port}`;
      const login = (logins.get(key) ?? 0) + 1;
      logins.set(key, login);
      if (login > mostLogins) return true;
    }
    total += packets;
    return false;
  };
  const { converse } = system.sockets;
  const sockets: Sockets = {
    ...(converse && {
      converse: async (request: ConverseRequest, signal: AbortSignal) =>
        refuses(request, true, packetsOfConversation)
          ? {
              failure: { operation: 'connect' as const, code: 'failed' as const, raw: tooMany },
              ending: 'unopened' as const,
              bytes: new Uint8Array(),
              total: 0,
              icmp: [],
              turnedBack: false,
              acknowledged: null,
              unsent: null,
              tcp: null,
              localPort: null,
              ms: 0,
            }
          : converse(request, signal),
    }),
    dial: (request, signal) => {
      if (!refuses(request, true)) return system.sockets.dial(request, signal);
      return {
        done: Promise.resolve({
          failure: { operation: 'connect', code: 'failed', raw: tooMany },
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
            outcome: { operation: 'datagram', code: 'failed', raw: tooMany },
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
