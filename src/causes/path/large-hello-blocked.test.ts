import { describe, expect, it } from 'vitest';
import type { InterferenceTrial, LargeHelloFact } from '../../model/interference.js';
import { factsOf } from '../names/scene.fixture.js';
import { cause } from './large-hello-blocked.js';

type Ending = 'reset' | 'silent' | 'handshake';

const trial = (
  asked: InterferenceTrial['asked'],
  how: Ending | 'opened',
  more: Partial<InterferenceTrial> = {},
): InterferenceTrial => ({
  place: 'target',
  address: '198.51.100.10',
  port: 443,
  asked,
  name: 'shop.example',
  ending: how === 'reset' || how === 'silent' ? how : 'answered',
  reaction: how,
  bytes: 0,
  acknowledged: false,
  unsent: false,
  ms: 5,
  ...more,
});
const turns = (large: Ending, small: Ending = 'handshake'): InterferenceTrial[] => [
  trial('same', large),
  trial('other', small),
  trial('same', large),
  trial('other', small),
];
const pieces = (large: Ending, small: Ending): InterferenceTrial[] => [
  trial('same', large),
  trial('other', small),
  trial('same', large),
];
const told = (trials: readonly InterferenceTrial[], inPieces: readonly InterferenceTrial[], ends = false) => {
  const found: LargeHelloFact = {
    layer: 'tls',
    hop: 0,
    host: 'shop.example',
    address: '198.51.100.10',
    port: 443,
    sizes: { same: 1750, other: 390 },
    trials,
    inPieces,
  };
  const end = { address: '127.0.0.1', port: 8080, process: null, pid: null };
  const facts = factsOf('https://shop.example/', {
    'tls.largeHello': found,
    ...(ends && { 'connect.localEnd': [{ address: found.address, port: 443, end }] }),
  });
  return cause.beside?.({ facts, attempts: [] }) ?? null;
};
const near = { hopLimit: 3 } as const;
const located = [
  trial('same', 'reset', near),
  trial('same', 'reset', near),
  trial('other', 'silent', near),
  trial('other', 'silent', near),
  trial('open', 'silent', near),
  trial('open', 'silent', near),
  trial('open', 'silent', { hopLimit: 2, expiredFrom: '203.0.113.1' }),
];
const there = (asked: 'same' | 'other', how: Ending): InterferenceTrial =>
  trial(asked, how, { place: 'elsewhere', address: '192.0.2.80' });
const elsewhere = (large: Ending): InterferenceTrial[] => [
  there('same', large),
  there('other', 'handshake'),
  there('same', large),
  there('other', 'handshake'),
];

describe('a hello as large as a browser’s', () => {
  it('is stopped by somebody on the way where he answers before it can reach the server', () => {
    expect(told([...turns('reset'), ...located], pieces('reset', 'reset'))).toMatchObject({
      says: 'proven',
      culprit: { address: '203.0.113.1' },
      evidence: expect.arrayContaining([expect.objectContaining({ says: expect.stringContaining('first packet') })]),
    });
  });

  it('is stopped by nobody in particular where no position was shown', () => {
    for (const passes of [[], elsewhere('handshake')]) {
      const found = told([...turns('reset'), ...passes], pieces('reset', 'handshake'));
      expect(found).toMatchObject({ says: 'fits', side: 'unknown' });
      expect(found).not.toHaveProperty('culprit');
    }
    expect(told([...turns('silent'), ...elsewhere('silent')], pieces('silent', 'silent'))).toMatchObject({
      says: 'fits',
      side: 'path',
    });
  });

  it.each([
    ['it is answered', turns('handshake'), []],
    ['it was tried once', turns('reset').slice(0, 2), pieces('reset', 'reset')],
    ['it passes at another try', [...turns('reset'), trial('same', 'handshake')], pieces('reset', 'reset')],
    ['the small one fails too', turns('reset', 'reset'), pieces('reset', 'reset')],
    ['the small one fails at times', [...turns('reset'), trial('other', 'reset')], pieces('reset', 'reset')],
    ['small packets bring it through: large ones vanish', turns('silent'), pieces('handshake', 'handshake')],
    [
      'small packets bring it through once',
      turns('silent'),
      [...pieces('silent', 'silent'), trial('same', 'handshake')],
    ],
    ['small packets were not tried', turns('silent'), []],
    [
      'it never left',
      turns('silent').map((one) => ({ ...one, unsent: one.asked === 'same' })),
      pieces('silent', 'silent'),
    ],
  ])('is not told as stopped where %s', (_why, trials, inPieces) => expect(told(trials, inPieces)).toBeNull());

  it('is not told where a program of this computer is at the other end', () => {
    expect(told(turns('reset'), pieces('reset', 'reset'), true)).toBeNull();
  });
});
