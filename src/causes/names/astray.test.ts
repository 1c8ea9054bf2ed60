import type { FactValues } from '../../model/facts.js';
import { type Case, findingOf, holdCases } from './cases.fixture.js';
import { describe, expect, it } from 'vitest';
import { cause as forged } from './dns-answer-forged.js';
import { cause as filtered } from './name-filtered.js';
import {
  answer,
  connectTry,
  factsOf,
  failedConnect,
  failedResolver,
  failure,
  OWN,
  REFERENCE,
} from './scene.fixture.js';
import { cause as stale } from './stale-dns-cache.js';
import { blocked, direct, nobody, reference, somebody, URL, wild, zone } from './words.fixture.js';

const OLD = '203.0.113.99';
const TRUE = '198.51.100.10';
const refused = failedConnect('connect/refused', OLD);

const system = { 'name.system': { addresses: [OLD] } };
const noLine = { 'name.hosts': [] };
const given = direct(answer(OWN, [OLD], { ttl: 100 }));
const others = reference(answer(REFERENCE, [TRUE]));
const works = { 'name.places': [{ address: TRUE, port: 443, connect: connectTry(TRUE) }] };
const fails = {
  'name.places': [{ address: TRUE, port: 443, connect: connectTry(TRUE, { failure: failure('connect/refused') }) }],
};
const later = (first: number, second: number): { 'name.later': FactValues['name.later'] } => ({
  'name.later': {
    name: 'shop.example',
    resolvers: [
      {
        resolver: OWN,
        first: answer(OWN, [OLD], { ttl: first, rcode: 'NOERROR' }),
        second: answer(OWN, [OLD], { ttl: second, rcode: 'NOERROR' }),
        apartMs: 1_200,
      },
    ],
  },
});
const owner = (address: string): { 'name.authority': FactValues['name.authority'] } => ({
  'name.authority': {
    name: 'shop.example',
    zone: 'shop.example',
    delegatedBy: REFERENCE,
    addressless: [],
    servers: [
      {
        name: 'ns',
        address: '192.0.2.9',
        answers: [answer('192.0.2.9', [address], { authoritative: true })],
        serial: 7,
      },
    ],
  },
});
const again = (
  udp: ReturnType<typeof answer>,
  tcp: ReturnType<typeof answer>,
): { 'name.again': FactValues['name.again'] } => ({
  'name.again': { name: 'shop.example', answers: [udp, { ...tcp, transport: 'tcp' }] },
});
const base = { ...system, ...noLine, ...given };
const misled = { ...base, ...others, ...works };
const double = answer(OWN, [OLD], { others: [{ kind: 'answer', addresses: [TRUE], ms: 30 }] });

const cases: Case[] = [
  { name: 'nobody else was asked', cause: stale, attempt: refused, facts: factsOf(URL, base), says: 'unknown' },
  {
    name: 'others give the same',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...base, ...reference(answer(REFERENCE, [OLD])) }),
    says: 'ruledOut',
  },
  {
    name: 'the time runs out, and elsewhere it works',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...later(100, 99) }),
    says: 'fits',
  },
  {
    name: 'the time runs out, and elsewhere it fails too',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...base, ...others, ...fails, ...later(100, 99) }),
    says: 'unknown',
  },
  {
    name: 'the time stands still',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...later(100, 100) }),
    says: 'unknown',
  },
  {
    name: 'whoever gives it says that this is on purpose',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...direct(answer(OWN, [OLD], blocked)) }),
    says: 'ruledOut',
  },
  {
    name: 'the owner gives it too',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...later(100, 99), ...owner(OLD) }),
    says: 'ruledOut',
  },
  {
    name: 'the cache of this computer alone gives it',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, {
      ...misled,
      ...direct(answer(OWN, [TRUE])),
      ...owner(TRUE),
      'name.caches': { nscd: { socket: '/var/run/nscd/socket', addresses: [OLD] } },
    }),
    says: 'proven',
  },
  {
    name: 'no cache of this computer gives it',
    cause: stale,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...direct(answer(OWN, [TRUE])), 'name.caches': { nscd: null } }),
    says: 'unknown',
  },
  {
    name: 'a "no" from an older zone',
    cause: stale,
    attempt: failedResolver('exchange/nxdomain'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'nxdomain', { ...zone, serial: 6 })), ...others, ...owner(TRUE) },
      'not-found',
    ),
    says: 'fits',
  },
  {
    name: 'a "no" from the present zone',
    cause: stale,
    attempt: failedResolver('exchange/nxdomain'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'nxdomain', { ...zone, serial: 7 })), ...others, ...owner(TRUE) },
      'not-found',
    ),
    says: 'unknown',
  },
  {
    name: 'it says itself that it blocks, and gives an address',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...direct(answer(OWN, [OLD], blocked)) }),
    says: 'proven',
  },
  {
    name: 'an address made anew each time',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...later(100, 100) }),
    says: 'fits',
  },
  {
    name: 'a remembered address',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...later(100, 99) }),
    says: 'unknown',
  },
  {
    name: 'two answers to one question',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...again(double, answer(OWN, [TRUE])), ...nobody }),
    says: 'proven',
  },
  {
    name: 'two answers to one question, and it works at neither',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...fails, ...again(double, answer(OWN, [TRUE])), ...nobody }),
    says: 'fits',
  },
  {
    name: 'two answers to one question, and others give neither',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, {
      ...misled,
      ...fails,
      ...reference(answer(REFERENCE, ['198.51.100.77'])),
      ...again(double, answer(OWN, [TRUE])),
      ...nobody,
    }),
    says: 'unknown',
  },
  {
    name: 'another address over TCP, and it works at neither',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...fails, ...again(answer(OWN, [OLD]), answer(OWN, [TRUE])), ...nobody }),
    says: 'unknown',
  },
  {
    name: 'it says itself that it blocks, and the target works nowhere',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...fails, ...direct(answer(OWN, [OLD], blocked)) }),
    says: 'fits',
  },
  {
    name: 'it says itself that it blocks, and others give the same',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, {
      ...misled,
      ...fails,
      ...reference(answer(REFERENCE, [OLD])),
      ...direct(answer(OWN, [OLD], blocked)),
    }),
    says: 'ruledOut',
  },
  {
    name: 'an address made anew each time, and the target works nowhere',
    cause: filtered,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...fails, ...later(100, 100) }),
    says: 'unknown',
  },
  {
    name: 'the same however it is asked',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...again(answer(OWN, [OLD]), answer(OWN, [OLD])), ...nobody }),
    says: 'ruledOut',
  },
  {
    name: 'another address over TCP, perhaps in turn',
    cause: forged,
    attempt: refused,
    facts: factsOf(URL, { ...misled, ...again(answer(OWN, [OLD]), answer(OWN, [TRUE])), ...nobody }),
    says: 'fits',
  },
  {
    name: 'a "no" over UDP alone',
    cause: forged,
    attempt: failedResolver('exchange/nxdomain'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'nxdomain')),
        ...others,
        ...again(answer(OWN, 'nxdomain'), answer(OWN, [TRUE])),
        ...nobody,
      },
      'not-found',
    ),
    says: 'proven',
  },
  {
    name: 'somebody answers for others, and says what the zone would',
    cause: forged,
    attempt: failedResolver('exchange/nxdomain'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'nxdomain', zone)),
        ...reference(answer(REFERENCE, 'nxdomain', zone)),
        ...again(answer(OWN, 'nxdomain', zone), answer(OWN, 'nxdomain', zone)),
        ...somebody,
      },
      'not-found',
    ),
    says: 'fits',
  },
];

holdCases('where a name leads', cases, wild);

describe('a cache that gives an old address', () => {
  it('is told with the time that is left', () => {
    expect(findingOf(cases, 'the time runs out, and elsewhere it works', stale)).toMatchObject({
      culprit: { kind: 'cache', address: OWN },
      summary: expect.stringContaining('in about 2 minutes'),
    });
  });
});
