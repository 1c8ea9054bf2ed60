import { fact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { Target } from '../../model/target.js';
import { isWebSocket } from '../../model/websocket.js';
import type { Request } from './exchange.js';
import { proxiedBy } from './proxied-request.js';
import { webSocketKey } from './websocket.js';

/** What is waited for an answer. Slow pages exist, but a person would call this one broken by then. */
const longestMs = 8000;

/** The request for what was typed. */
export function usualHttpRequest(target: Target, context: Context): Request {
  return {
    method: 'GET',
    secure: target.transport === 'tls',
    host: target.host,
    port: target.port,
    path: target.path === '' ? '/' : target.path,
    timeoutMs: Math.max(1, Math.min(longestMs, context.remaining() * 0.6)),
    ...(isWebSocket(target) && { webSocket: webSocketKey((length) => context.system.random(length)) }),
    ...proxiedBy(fact(context.latest(), 'proxy.way')),
  };
}
