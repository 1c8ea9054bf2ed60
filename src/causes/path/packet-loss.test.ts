import { describe, expect, it } from 'vitest';
import type { ConnectTry, Facts, FactValues, LossSeries, ResolverAnswer } from '../../model/facts.js';
import { type Case, holdCases } from '../names/cases.fixture.js';
import {
  answer,
  connectTry,
  factsOf,
  failedConnect,
  failedResolver,
  failure,
  judge,
  named,
} from '../names/scene.fixture.js';
import { cause as glitch } from './momentary-glitch.js';
import { cause, startOfLoss } from './packet-loss.js';

const ADDRESS = '198.51.100.10';
const attempt = failedConnect('connect/timed-out', ADDRESS);
const handshake = {
  ...attempt,
  id: `tls:${ADDRESS}:443`,
  stage: 'tls',
  protocol: 'tls',
  outcome: failure('tls/timed-out'),
} as const;

const counters = { segmentsOut: 2, segmentsIn: 0, retransmitted: 1, totalRetransmitted: 1, rttUs: 0 };
const silent = connectTry(ADDRESS, { failure: failure('connect/timed-out'), ms: 2_000, tcp: counters });
const late = connectTry(ADDRESS, { ms: 1_030, tcp: counters });

function series(answered: number, sent = 10, more: Partial<LossSeries> = {}): Partial<FactValues> {
  return {
    'connect.series': [{ address: ADDRESS, port: 443, sent, answered, nearest: null, reference: null, ...more }],
  };
}

function facts(first: ConnectTry, more: Partial<FactValues>): Facts {
  return factsOf('https://shop.example/', { connect: [{ address: ADDRESS, port: 443, first, repeats: [] }], ...more });
}

const noPorts: Partial<FactValues> = { 'connect.ports': [{ address: ADDRESS, ports: [{ ...silent, port: 22 }] }] };

const RESOLVER = '203.0.113.53';
const questions = (answered: number, address = RESOLVER): Facts =>
  factsOf('https://shop.example/', { 'name.series': [{ address, sent: 10, answered }] });
const asOther = (...answers: ResolverAnswer[]): Facts =>
  factsOf('https://shop.example/', {
    'name.direct': named('shop.example', ...answers),
    'name.series': [{ address: RESOLVER, sent: 10, answered: 0 }],
  });
const asked = failedResolver('exchange/timed-out');

const spoken = { ...attempt, stage: 'service', protocol: 'service', outcome: failure('service/timed-out') } as const;
const opening = (first: ConnectTry, ...repeats: ConnectTry[]): Facts =>
  factsOf('tcp://shop.example:22', { connect: [{ address: ADDRESS, port: 443, first, repeats }] });

const page = { ...attempt, id: 'http', stage: 'http', outcome: failure('http/bad-gateway') } as const;

describe('a page that failed once', () => {
  it.each([
    [2, 'likely'],
    [8, undefined],
  ])('and came %i times after that: of two servers behind a balancer one may be broken', (held, atMost) => {
    const recovered = { failures: 1, tries: held + 1, first: page.outcome };
    const finding = glitch.judge({ ...page, recovered }, { facts: factsOf('https://shop.example/', {}), attempts: [] });
    expect(finding.says === 'fits' ? finding.atMost : finding.says).toBe(atMost);
  });
});

const cases: Case[] = [
  {
    name: 'no row was counted, and most first packets of the connections before it got no answer',
    cause,
    attempt: spoken,
    facts: opening(late, silent, connectTry(ADDRESS)),
    says: 'fits',
  },
  {
    name: 'no row was counted, and one of many first packets was sent again',
    cause,
    attempt: spoken,
    facts: opening(late, connectTry(ADDRESS), connectTry(ADDRESS), connectTry(ADDRESS)),
    says: 'unknown',
  },
  {
    name: 'no questions were counted',
    cause,
    attempt: asked,
    facts: factsOf('https://shop.example/', {}),
    says: 'unknown',
  },
  { name: 'some questions are answered', cause, attempt: asked, facts: questions(4), says: 'fits' },
  // Heavy loss and a resolver that is off look the same in so few.
  { name: 'no question is answered', cause, attempt: asked, facts: questions(0), says: 'unknown' },
  { name: 'each question is answered now', cause, attempt: asked, facts: questions(10), says: 'unknown' },
  { name: 'another resolver loses some', cause, attempt: asked, facts: questions(4, '203.0.113.54'), says: 'unknown' },
  {
    name: 'none of a row is answered, and before it the same question was',
    cause,
    attempt: asked,
    facts: asOther(answer(RESOLVER, [ADDRESS], { tries: 2, rcode: 'NOERROR' })),
    says: 'fits',
  },
  // Who swallows questions for one type of address lets others by.
  {
    name: 'none of a row is answered, and a question of another type is',
    cause,
    attempt: asked,
    facts: asOther(
      answer(RESOLVER, 'timed-out', { tries: 2 }),
      answer(RESOLVER, 'no-data', { type: 'AAAA', tries: 2, rcode: 'NOERROR' }),
    ),
    says: 'unknown',
  },
  {
    name: 'none of a row gets through, and another port opened only after that was sent again',
    cause,
    attempt,
    facts: facts(silent, { ...series(0), 'connect.ports': [{ address: ADDRESS, ports: [{ ...late, port: 22 }] }] }),
    says: 'fits',
  },
  {
    name: 'some of a row are answered, by a router that knows no way and says so now and then',
    cause,
    attempt,
    facts: facts(silent, {
      ...series(1),
      'connect.ports': [
        {
          address: ADDRESS,
          ports: [
            {
              ...silent,
              port: 80,
              failure: failure('connect/network-unreachable', { from: '203.0.113.1' }),
              icmp: [{ origin: 'icmp', type: 3, code: 0, from: '203.0.113.1' }],
            },
          ],
        },
      ],
    }),
    says: 'unknown',
  },
  { name: 'nothing was counted', cause, attempt, facts: facts(silent, {}), says: 'unknown' },
  {
    name: 'not one gets through',
    cause,
    attempt,
    facts: facts(silent, { ...series(0, 11), ...noPorts }),
    says: 'ruledOut',
  },
  // Twelve packets: where half are lost on both ways, none of so many is answered in three of a hundred cases.
  {
    name: 'not one of twelve gets through',
    cause,
    attempt,
    facts: facts(silent, { ...series(0), ...noPorts }),
    says: 'unknown',
  },
  { name: 'too few were tried', cause, attempt, facts: facts(silent, series(0, 3)), says: 'unknown' },
  { name: 'some get through', cause, attempt, facts: facts(silent, series(6)), says: 'fits' },
  { name: 'all get through now', cause, attempt, facts: facts(silent, series(10)), says: 'unknown' },
  { name: 'it opened late, and all get through', cause, attempt, facts: facts(late, series(10)), says: 'ruledOut' },
  { name: 'it opened late, and some get through', cause, attempt, facts: facts(late, series(7)), says: 'fits' },
  // A way that takes longer than is waited for.
  { name: 'it opened late, and nothing comes in time', cause, attempt, facts: facts(late, series(0)), says: 'unknown' },
  {
    name: 'the handshake stalls, and few get through',
    cause,
    attempt: handshake,
    facts: facts(late, series(3)),
    says: 'fits',
  },
  {
    name: 'the handshake stalls, most get through, and no other name was compared',
    cause,
    attempt: handshake,
    facts: facts(late, series(7)),
    says: 'unknown',
  },
  {
    name: 'the handshake stalls, and all get through',
    cause,
    attempt: handshake,
    facts: facts(late, series(10)),
    says: 'ruledOut',
  },
  {
    name: 'it never left this computer',
    cause,
    attempt,
    facts: facts({ ...silent, tcp: { ...counters, retransmitted: 0 } }, series(0)),
    says: 'ruledOut',
  },
  {
    name: 'it goes on failing',
    cause: glitch,
    attempt: { ...attempt, recovered: { failures: 1, tries: 3, first: attempt.outcome } },
    facts: facts(silent, series(7)),
    says: 'ruledOut',
  },
];

holdCases('loss', cases, {});

describe('where packets get lost', () => {
  const router = '192.168.7.1';
  const reference = { name: 'www.example.net:443', address: '192.0.2.80' };
  it.each([
    ['local-network', series(5, 10, { nearest: { address: router, sent: 5, answered: 3 } })],
    [
      'path',
      series(5, 10, {
        nearest: { address: router, sent: 5, answered: 5 },
        reference: { ...reference, sent: 10, answered: 6 },
      }),
    ],
    ['path', series(5, 10, { nearest: { address: null, sent: 5, answered: 0 } })],
    // Its errors are limited: another server behind it, or without one each router, was hardly missed.
    [
      'path',
      series(5, 10, {
        nearest: { address: router, sent: 5, answered: 2 },
        hops: [{ address: '203.0.113.1', ttl: 2, sent: 7, answered: 5 }],
        reference: { ...reference, sent: 10, answered: 10 },
      }),
    ],
    [
      'path',
      series(5, 10, {
        nearest: { address: router, sent: 5, answered: 2 },
        hops: [{ address: '203.0.113.1', ttl: 2, sent: 7, answered: 6 }],
      }),
    ],
    [
      'local-network',
      series(5, 10, {
        nearest: { address: router, sent: 5, answered: 2 },
        hops: [{ address: '203.0.113.1', ttl: 2, sent: 7, answered: 6 }],
        reference: { ...reference, sent: 10, answered: 6 },
      }),
    ],
  ])('%s', (side, counted) => {
    expect(judge(cause, attempt, facts(silent, counted))).toMatchObject({ says: 'fits', side });
  });

  it('is told apart for this server alone', () => {
    const counted = series(5, 10, { reference: { ...reference, sent: 10, answered: 10 } });
    expect(judge(cause, attempt, facts(silent, counted))).toMatchObject({
      summary: expect.stringContaining('not to others') as string,
    });
  });
});

describe('where losses begin', () => {
  const hop = (ttl: number, answered: number): NonNullable<LossSeries['hops']>[number] => ({
    ttl,
    address: `203.0.113.${ttl}`,
    sent: 7,
    answered,
  });
  const start = (near: number, hops: readonly ReturnType<typeof hop>[], answered = 5): string | null => {
    const nearest = { address: '192.168.7.1', sent: 5, answered: near };
    const found = startOfLoss({ address: ADDRESS, port: 443, sent: 10, answered, nearest, hops, reference: null });
    return found && `${found.clean.address} ${found.lossy.address}`;
  };

  it('is between the last router that answers each time and the next one', () => {
    expect(start(5, [hop(2, 7), hop(3, 4)])).toBe('203.0.113.2 203.0.113.3');
    expect(start(5, [hop(2, 7), hop(3, 7)])).toBe(`203.0.113.3 ${ADDRESS}`);
  });

  it('is not at a router that answers only so often, and behind which others answer each time', () => {
    expect(start(1, [hop(2, 3), hop(3, 7), hop(4, 3)])).toBe('203.0.113.3 203.0.113.4');
  });

  it('is not told where nobody answers each time, or where some behind it lose next to nothing', () => {
    expect(start(3, [hop(2, 4), hop(3, 4)])).toBeNull();
    expect(start(5, [hop(2, 3), hop(3, 6)])).toBeNull();
  });
});
