import type { Target } from './target.js';

/** A connection that begins as HTTP and goes on as WebSocket (RFC 6455). */
export function isWebSocket({ scheme }: Pick<Target, 'scheme'>): boolean {
  return scheme === 'ws' || scheme === 'wss';
}
