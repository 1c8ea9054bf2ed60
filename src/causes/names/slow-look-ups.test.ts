import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import { answer, configOf, factsOf, named, OWN } from './scene.fixture.js';
import { waitsForOtherFamily, waitsForSilent } from './slow-look-ups.js';
import { URL } from './words.fixture.js';

const DEAD = '192.168.7.1';
const SERVER = '198.51.100.10';

function facts(ms: number, values: Parameters<typeof factsOf>[1]): Facts {
  const found = factsOf(URL, { 'name.system': { addresses: [SERVER] }, ...values });
  return { ...found, 'name.system': { ...found['name.system'], ms } } as Facts;
}
const host = 'shop.example';
const order = { 'name.direct': named(host, answer(DEAD, 'timed-out'), answer(OWN, [SERVER])) };

describe('a name server that keeps silent before the one that answers', () => {
  it('is named, with the time that it cost', () => {
    expect(waitsForSilent(facts(4_960, order))).toMatchObject({
      culprit: { kind: 'resolver', address: DEAD },
      summary: expect.stringMatching(/192\.168\.7\.1 does not answer.*\(5 s this time\)/),
    });
  });

  it('is named wherever it stands in the file, and not for each look-up, where they begin in turns', () => {
    const rotate = { word: 'rotate', location: '/etc/resolv.conf:1' } as const;
    const behind = named(host, answer(OWN, [SERVER]), answer(DEAD, 'timed-out'));
    const config = { ...configOf(OWN), options: [rotate] };
    const summary = expect.stringContaining('begins with it (options rotate)');
    expect(waitsForSilent(facts(5_000, { 'name.direct': behind, 'name.config': config }))).toMatchObject({ summary });
    const musl = { ...config, libc: 'musl' } as const;
    expect(waitsForSilent(facts(5_000, { 'name.direct': behind, 'name.config': musl }))).toBeNull();
  });

  it.each([
    ['the name came at once: nobody was waited for', facts(20, order)],
    ['it comes behind', facts(5_000, { 'name.direct': named(host, answer(OWN, [SERVER]), answer(DEAD, 'timed-out')) })],
    [
      'it refuses, which costs no time',
      facts(5_000, { 'name.direct': named(host, answer(DEAD, 'refused'), answer(OWN, [SERVER])) }),
    ],
    ['it answers a moment later', facts(5_000, { ...order, 'name.series': [{ address: DEAD, sent: 8, answered: 5 }] })],
    ['nobody answers', facts(5_000, { 'name.direct': named(host, answer(DEAD, 'timed-out')) })],
    ['a question got lost', facts(2_500, { ...order, 'name.system': { addresses: [SERVER], silentMs: 2_500 } })],
    ['nobody was asked directly', facts(5_000, {})],
  ])('is not blamed when %s', (_, given) => {
    expect(waitsForSilent(given)).toBeNull();
  });
});

describe('a name server that keeps silent about one kind of address', () => {
  it('is named, and only then', () => {
    const unanswered = { resolver: OWN, family: 6 } as const;
    expect(waitsForOtherFamily(facts(2_500, { 'name.system': { addresses: [SERVER], unanswered } }))).toMatchObject({
      summary: expect.stringContaining('IPv6 addresses get no answer'),
      culprit: { address: OWN },
    });
    expect(waitsForOtherFamily(facts(2_500, {}))).toBeNull();
  });
});
