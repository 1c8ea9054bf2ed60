import type { Context } from '../../model/gatherer.js';
import type { Target } from '../../model/target.js';
import type { HandshakeRequest } from './handshake.js';

/**
 * What is waited for a server that accepted the connection and then says nothing: as long as for the connection itself. A
 * handshake needs no other program than the one that listens.
 */
const longestMs = 3_400;

export function usualRequest(target: Target, context: Context): HandshakeRequest {
  return {
    serverName: target.literal === 0 ? target.host : null,
    applicationProtocols: target.protocol === 'http' ? ['http/1.1'] : [],
    versions: 'usual',
    timeoutMs: Math.max(1, Math.min(longestMs, context.remaining() / 2)),
  };
}
