import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.js';
import { dependsOnName, isHeldUp, isSlowed, openedSlowly, type PaceTry, trickled } from './pace.js';

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

describe('opening TLS is held up for a name', () => {
  const held = { same: { ...same, handshakeMs: 700 }, other: { ...other, bytes: 4_000, handshakeMs: 40, whole: true } };

  it('where another name takes a fraction of the time, three times of three', () => {
    expect(isHeldUp(held)).toBe(true);
    expect(isHeldUp({ ...held, same: { ...same, bytes: 0, handshakeMs: null } })).toBe(true);
    expect(dependsOnName([held, held])).toBeNull();
    expect(dependsOnName([held, held, held])).toBe(true);
  });

  it.each([
    ['one lost packet explains it', { same: { ...held.same, handshakeMs: 340 } }],
    ['the server takes long for both', { other: { ...held.other, handshakeMs: 300 } }],
    ['the other name was not opened either', { other: { ...held.other, handshakeMs: null } }],
    ['it was not measured', { same }],
  ])('not where %s', (_, changed) => {
    const round = { ...held, ...changed };
    expect(isHeldUp(round)).toBe(false);
    expect(dependsOnName([held, held, round])).toBe(false);
  });

  it('twice is enough where the page itself shows it', () => {
    expect(dependsOnName([{ same, other }])).toBeNull();
    expect(
      dependsOnName([
        { same, other },
        { same, other },
      ]),
    ).toBe(true);
    expect(dependsOnName([])).toBeNull();
  });
});

it('a handshake was slow where neither the way nor the server explains its time', () => {
  const at = { address: '192.0.2.1', port: 443 };
  const facts = (shakeMs: number, connectMs: number): Facts =>
    ({
      connect: { state: 'known', value: [{ ...at, first: { ...at, ms: connectMs }, repeats: [] }] },
      tls: { state: 'known', value: [{ ...at, ms: shakeMs }] },
    }) as unknown as Facts;
  expect(openedSlowly(facts(660, 12), at)).toBe(true);
  expect(openedSlowly(facts(660, 150), at)).toBe(false);
  expect(openedSlowly(facts(90, 12), at)).toBe(false);
  expect(openedSlowly(facts(660, 12), { ...at, port: 8443 })).toBe(false);
});
