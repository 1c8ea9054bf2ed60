import { expect, it } from 'vitest';
import type { FactValues } from '../../model/facts.js';
import type { WithoutEcn } from '../../model/way-facts.js';
import type { Case } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect, judge } from '../names/scene.fixture.js';
import { cause as nothingListening } from '../server/nothing-listening.js';
import { cause as resetInjected } from './reset-injected.js';

const ADDRESS = '198.51.100.10';
const refused: Partial<FactValues> = {
  connect: [
    {
      address: ADDRESS,
      port: 443,
      first: connectTry(ADDRESS, {
        failure: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
        icmp: [],
        tcp: { segmentsOut: 1, segmentsIn: 1, retransmitted: 0, totalRetransmitted: 0, rttUs: 0 },
      }),
      repeats: [],
    },
  ],
};
const measured = (withoutEcn?: WithoutEcn | null): Partial<FactValues> => ({
  ...refused,
  'connect.reset': [
    {
      address: ADDRESS,
      port: 443,
      resetTtl: 62,
      hostTtl: null,
      refusedAtTtl1: false,
      ...(withoutEcn !== undefined && { withoutEcn }),
    },
  ],
  'connect.ports': [],
});
const opens: WithoutEcn = { tries: 2, opened: 2, refused: 0, refusedAgain: true };

const c = (
  name: string,
  withoutEcn: WithoutEcn | null | undefined,
  ofReset: Case['says'],
  ofPort: Case['says'],
): Case[] =>
  (
    [
      [resetInjected, ofReset],
      [nothingListening, ofPort],
    ] as const
  ).map(([cause, says]) => ({
    name: `${name}: ${cause.id}`,
    cause,
    attempt: failedConnect('connect/refused', ADDRESS),
    facts: factsOf('https://shop.example/', measured(withoutEcn)),
    says,
  }));

const cases = [
  ...c('it opens without ECN, and is refused again with it', opens, 'fits', 'ruledOut'),
  ...c('it opens without ECN once of two times', { ...opens, opened: 1 }, 'unknown', 'fits'),
  ...c('it opens with ECN as well by then', { ...opens, refusedAgain: false }, 'unknown', 'fits'),
  ...c('it is refused without ECN too', { ...opens, opened: 0, refused: 2 }, 'unknown', 'fits'),
  ...c('it could not be tried', null, 'unknown', 'fits'),
  ...c('this computer does not ask for it', undefined, 'unknown', 'fits'),
];

it.each(cases)('$name: $says', ({ cause, attempt, facts, says }) => {
  expect(judge(cause, attempt, facts)).toMatchObject({ says });
});
