import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { Facts } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import type { Passed, SwallowedPair } from '../../model/swallowed.js';
import { ipsecBlocks } from './ipsec-blocks.js';
import { swallowedHere } from './swallowed-here.js';

const nothing: Passed = {
  sent: 0,
  received: 0,
  heard: 0,
  taken: 0,
  delivered: 0,
  octets: 0,
  queues: [],
  ipsec: [],
};
const dropped = (drops: number, device = 'eth0'): Pick<Passed, 'queues'> => ({
  queues: [{ device, kind: 'tbf', handle: '8001:', drops }],
});
const came = (count: number, bytes: number, delivered = 0): Partial<Passed> => ({
  sent: 2,
  received: count,
  heard: count,
  taken: count,
  delivered,
  octets: count * bytes,
});

function scene(pairs: readonly { quiet?: Partial<Passed>; busy: Partial<Passed>; answered?: number }[]): Scene {
  const place = { address: '198.51.100.10', port: 443, protocol: 'tcp' as const, device: 'eth0', each: 2 };
  const all: SwallowedPair[] = pairs.map(({ quiet, busy, answered = 0 }) => ({
    quiet: { ...nothing, ...quiet },
    busy: { ...nothing, ...busy },
    answered,
  }));
  const parsed = parseTarget('198.51.100.10:443');
  if (!parsed.ok) throw new Error('no target');
  const facts: Facts = {
    target: parsed.target,
    'device.swallowed': { state: 'known', value: [{ ...place, pairs: all }], at: 0, ms: 0, source: '/proc/net' },
  };
  return { facts, attempts: [] };
}

const silent = {
  stage: 'connect',
  address: '198.51.100.10',
  port: 443,
  protocol: 'tcp',
  outcome: { operation: 'connect', code: 'timed-out', raw: '' },
} as unknown as FailedAttempt;

const four = <T>(one: T): readonly T[] => [one, one, one, one];
const finding = (pairs: Parameters<typeof scene>[0]) => swallowedHere(silent, scene(pairs))?.finding;

describe('what this device swallows, by its counters', () => {
  it('is proven of a queue that drops as many as were sent, while nothing leaves', () => {
    expect(finding(four({ busy: dropped(2) }))).toMatchObject({
      says: 'proven',
      culprit: { name: 'queue tbf 8001: of eth0' },
    });
  });

  it('is likely of a queue that swallows the search for the next hop: ours never get as far', () => {
    expect(finding([{ busy: {} }, { busy: dropped(1) }, { busy: {} }, { quiet: dropped(1), busy: {} }])).toMatchObject({
      says: 'fits',
      atMost: 'likely',
    });
  });

  it('is nothing where ours leave all the same, or another interface drops', () => {
    expect(finding(four({ busy: { ...dropped(2), sent: 2 } }))).toBeUndefined();
    expect(finding(four({ busy: dropped(2, 'eth1') }))).toBeUndefined();
    expect(finding(four({ busy: { ...dropped(2), sent: 1 }, quiet: dropped(3) }))).toBeUndefined();
  });

  it('is likely of answers that come in and are handed to nobody', () => {
    expect(finding(four({ busy: came(2, 60) }))).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('hears repeated answers in quiet times as what they are, by their size', () => {
    expect(finding(four({ quiet: came(3, 60), busy: came(9, 60) }))).toMatchObject({ says: 'fits' });
    expect(finding(four({ quiet: came(3, 120), busy: came(9, 60) }))).toBeUndefined();
  });

  it('is nothing where errors of a router are thrown away, whole or short', () => {
    expect(finding(four({ busy: came(2, 88) }))).toBeUndefined();
    expect(finding(four({ busy: came(2, 56) }))).toBeUndefined();
  });

  it('is nothing where what comes in is handed on, or ours are answered, or few times were measured', () => {
    expect(finding(four({ busy: came(2, 60, 2) }))).toBeUndefined();
    expect(finding(four({ busy: came(2, 60), answered: 1 }))).toBeUndefined();
    expect(finding([{ busy: came(2, 60) }, { busy: came(2, 60) }])).toBeUndefined();
  });
});

describe('what IPsec throws away', () => {
  const blocked = (rise: number): Pick<Passed, 'ipsec'> => ({ ipsec: [{ name: 'XfrmOutPolBlock', rise }] });

  it('is proven where its counter goes step by step with ours', () => {
    expect(ipsecBlocks(silent, scene(four({ busy: blocked(2) })))).toMatchObject({ says: 'proven' });
  });

  it('is nothing where the counter rises without ours too, or for what comes in', () => {
    expect(ipsecBlocks(silent, scene(four({ quiet: blocked(1), busy: blocked(2) })))).toBeNull();
    expect(ipsecBlocks(silent, scene(four({ busy: { ipsec: [{ name: 'XfrmInNoPols', rise: 2 }] } })))).toBeNull();
  });
});
