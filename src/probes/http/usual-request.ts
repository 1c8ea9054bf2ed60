import { fact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { Target } from '../../model/target.js';
import type { Request } from './exchange.js';
import { proxiedBy } from './proxied-request.js';

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
    ...proxiedBy(fact(context.latest(), 'proxy.way')),
  };
}
