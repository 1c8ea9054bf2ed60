import { expect, it } from 'vitest';
import { acceptOf, notUpgraded, upgradeLines, webSocketKey } from './websocket.js';

/** RFC 6455 1.3. */
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const opened: [string, string][] = [
  ['upgrade', 'WebSocket'],
  ['sec-websocket-accept', accept],
];
const answer = (status: number, headers: readonly [string, string][] = []) => ({
  status,
  reason: 'x',
  headers: new Map(headers),
});

it('asks with sixteen random bytes, and knows the answer to them', () => {
  expect(
    Buffer.from(
      webSocketKey((length) => new Uint8Array(length)),
      'base64',
    ),
  ).toHaveLength(16);
  expect(acceptOf(key)).toBe(accept);
  expect(upgradeLines(key)).toContain(`Sec-WebSocket-Key: ${key}`);
});

it('is open by the right answer alone', () => {
  expect(notUpgraded(answer(101, opened), key)).toBeUndefined();
  expect(notUpgraded(answer(101, [opened[0] ?? ['', '']]), key)).toMatchObject({ code: 'not-upgraded' });
  expect(
    notUpgraded(
      answer(101, opened),
      webSocketKey((length) => new Uint8Array(length)),
    ),
  ).toMatchObject({
    code: 'not-upgraded',
  });
  expect(notUpgraded(answer(101, [['upgrade', 'h2c'], opened[1] ?? ['', '']]), key)).toMatchObject({
    code: 'not-upgraded',
  });
});

it.each([200, 204, 301, 400, 404, 405, 410, 426, 501])('is not open by %i', (status) => {
  expect(notUpgraded(answer(status), key)).toMatchObject({ operation: 'http', code: 'not-upgraded' });
});

it.each([401, 403, 407, 429, 451, 500, 502, 503, 504, 511])('%i means what it means to any request', (status) => {
  expect(notUpgraded(answer(status), key)).toBeUndefined();
});
