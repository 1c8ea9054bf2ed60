import type { Target } from '../../model/target.js';
import { isWebSocket } from '../../model/websocket.js';

/** What a proxy is asked for. */
export interface ProxyGoal {
  /** The target's host: connections through a proxy are known by it, since nobody here sees an address. */
  readonly address: string;
  readonly port: number;
  /** Plain HTTP: an HTTP proxy is given the request itself. */
  readonly plainHttp: boolean;
  /** Addresses of the host that are known here; null: not asked for yet. */
  readonly addresses: readonly string[] | null;
}

export function goalOf(target: Target, addresses: readonly string[] | null): ProxyGoal {
  return {
    address: target.host,
    port: target.port,
    // A WebSocket goes by a tunnel also where it is not encrypted (RFC 6455 4.1).
    plainHttp: target.transport === 'plain' && target.protocol === 'http' && !isWebSocket(target),
    addresses: target.literal === 0 ? addresses : [target.host],
  };
}
