import { describe, expect, it } from 'vitest';
import type { FactValues } from '../../model/facts.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause } from './reset-injected.js';
import { tooSoon } from './reset-timing.js';

const ADDRESS = '198.51.100.10';
const refused = failedConnect('connect/refused', ADDRESS);
const tcp = (rttUs: number) => ({ segmentsOut: 1, segmentsIn: 1, retransmitted: 0, totalRetransmitted: 0, rttUs });

const seen = (ms: readonly number[], rttUs: number, port = 80): Partial<FactValues> => {
  const [first, ...repeats] = ms.map((one) =>
    connectTry(ADDRESS, { failure: failure('connect/refused'), icmp: [], ms: one }),
  );
  return {
    connect: first ? [{ address: ADDRESS, port: 443, first, repeats }] : [],
    'connect.ports': [{ address: ADDRESS, ports: [{ ...connectTry(ADDRESS, { tcp: tcp(rttUs) }), port }] }],
  };
};
const sign = (values: Partial<FactValues>) =>
  tooSoon(refused, { facts: factsOf('https://shop.example/', values), attempts: [] });

describe('a refusal', () => {
  it('that comes far sooner than the host can answer shows that somebody nearer refuses', () => {
    expect(sign(seen([0.9, 0.6], 41_000))?.says).toBe(
      'the refusal came after 0.6 ms, while the server itself needs 41 ms to answer (port 80)',
    );
  });

  it.each([
    ['a host that is as quick', seen([30, 31], 41_000)],
    ['a host that is near', seen([0.3, 0.4], 5_000)],
    ['one try', seen([0.6], 41_000)],
    ['an open port whose time is not known', seen([0.6, 0.6], 0)],
  ])('says nothing of time with %s', (_, values) => {
    expect(sign(values)).toBeNull();
  });

  it('with the right hop limit fits a forged one by its time alone, and likely at most', () => {
    const distance = { address: ADDRESS, port: 443, resetTtl: 60, hostTtl: 60, refusedAtTtl1: false };
    const look = (values: Partial<FactValues>) =>
      judge(cause, refused, factsOf('https://shop.example/', { ...values, 'connect.reset': [distance] }));
    expect(look(seen([0.9, 0.6], 41_000))).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(look(seen([40, 41], 41_000))).toMatchObject({ says: 'unknown' });
  });
});
