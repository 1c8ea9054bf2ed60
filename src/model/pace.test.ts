import { describe, expect, it } from 'vitest';
import { isSlowed, type PaceTry, trickled } from './pace.js';

const same: PaceTry = { asked: 'same', name: 'shop.example', bytes: 2_100, ms: 900, whole: false };
const other: PaceTry = { asked: 'other', name: 'plai.example', bytes: 14_000, ms: 120, whole: false };

describe('a name is slowed down', () => {
  it('where several times as much comes for another one in less time', () => {
    expect(isSlowed({ same, other })).toBe(true);
  });

  it.each([
    ['the line is narrow for both', { other: { ...other, bytes: 2_300, ms: 900 } }],
    ['the other name is answered by a handshake and an error page', { other: { ...other, bytes: 5_500, whole: true } }],
    ['the page was there whole', { same: { ...same, whole: true } }],
    ['the other one took longer for it', { other: { ...other, ms: 1_500 } }],
    ['it is only twice as much', { other: { ...other, bytes: 8_100 }, same: { ...same, bytes: 4_000 } }],
  ])('not where %s', (_, changed) => {
    expect(isSlowed({ same, other, ...changed })).toBe(false);
  });
});

it('a trickle is more than the tickets that come unasked', () => {
  const page = { address: '192.0.2.1', port: 443, url: 'https://shop.example/', ms: 8_000, headers: {}, bodyBytes: 0 };
  const failure = { operation: 'http', code: 'timed-out', raw: 'no whole answer' } as const;
  expect(trickled({ ...page, failure, receivedBytes: 574 })).toBe(false);
  expect(trickled({ ...page, failure, receivedBytes: 4_000 })).toBe(true);
  expect(trickled({ ...page, receivedBytes: 4_000 })).toBe(false);
});
