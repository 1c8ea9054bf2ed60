import { createHash } from 'node:crypto';
import type { Failure } from '../../model/failure.js';
import type { Response } from './response-reader.js';

/** RFC 6455 1.3: whoever understands the request proves it by this. */
const known = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** RFC 6455 4.1: sixteen random bytes. */
export function webSocketKey(random: (length: number) => Uint8Array): string {
  return Buffer.from(random(16)).toString('base64');
}

export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}${known}`).digest('base64');
}

/** The headers of the opening handshake (RFC 6455 4.1). */
export function upgradeLines(key: string): string[] {
  return ['Connection: Upgrade', 'Upgrade: websocket', `Sec-WebSocket-Key: ${key}`, 'Sec-WebSocket-Version: 13'];
}

/**
 * Answers that are no WebSocket, and that do not hang on what was left out of the request: a page, a redirect (browsers follow
 * none here), or that nothing of the kind is there. A login that is wanted, a refusal and an error mean the same as to any request.
 */
const notOpened = new Set([400, 404, 405, 410, 426, 501]);

/** Undefined where the WebSocket is open, or the answer means what it means to any request. */
export function notUpgraded({ status, reason, headers }: Response, key: string): Failure<'http'> | undefined {
  const raw = `${status} ${reason}`.trimEnd();
  if (status === 101) {
    const accepted = headers.get('sec-websocket-accept')?.trim() === acceptOf(key);
    return accepted && /^websocket$/i.test(headers.get('upgrade')?.trim() ?? '')
      ? undefined
      : { operation: 'http', code: 'not-upgraded', raw: `${raw}, with a wrong answer to the key` };
  }
  if (status >= 400 && !notOpened.has(status)) return undefined;
  return { operation: 'http', code: 'not-upgraded', raw: raw.slice(0, 200) };
}
