import { describe, expect, it } from 'vitest';
import type { ChainLink, NameChain } from '../../model/name-facts.js';
import { type Case, holdCases } from './cases.fixture.js';
import { cause as filtered } from './name-filtered.js';
import { cause as broken } from './resolver-failing.js';
import { cause as silent } from './resolver-unreachable.js';
import {
  answer,
  configOf,
  factsOf,
  failedName,
  failedResolver,
  judge,
  named,
  OWN,
  REFERENCE,
} from './scene.fixture.js';
import { blocked, direct, real, reference, URL, wild } from './words.fixture.js';

const chain = (last: Partial<ChainLink>): NameChain => ({
  name: 'shop.example',
  resolver: OWN,
  anchored: true,
  links: [
    { zone: '.', of: 'keys' },
    { zone: 'example', of: 'answer', ...last },
  ],
  wallClock: '2026-11-27T12:00:00.000Z',
});
const again = failedName('resolve/temporary-failure');

const cases: Case[] = [
  {
    name: 'silence',
    cause: silent,
    attempt: failedResolver('exchange/timed-out'),
    facts: factsOf(URL, direct(answer(OWN, 'timed-out')), 'timed-out'),
    says: 'fits',
  },
  {
    name: 'silence over UDP, and an answer over TCP',
    cause: silent,
    attempt: failedResolver('exchange/timed-out'),
    facts: factsOf(
      URL,
      {
        'name.direct': {
          ...named('shop.example', answer(OWN, 'timed-out')),
          overTcp: [{ resolver: OWN, port: 53, opened: true, answered: true }],
        },
      },
      'timed-out',
    ),
    says: 'fits',
    weight: 0.8,
  },
  {
    name: 'silence, judged at each resolver',
    cause: silent,
    attempt: again,
    facts: factsOf(URL, direct(answer(OWN, 'timed-out')), 'temporary-failure'),
    says: 'unknown',
  },
  {
    name: 'another resolver answers',
    cause: silent,
    attempt: again,
    facts: factsOf(
      URL,
      direct(answer(OWN, 'timed-out'), answer('203.0.113.54', 'server-failure')),
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'one that does not answer beside one that answers this question with a no',
    cause: silent,
    attempt: failedResolver('exchange/timed-out'),
    facts: factsOf(URL, direct(answer(OWN, 'timed-out'), answer('203.0.113.54', 'nxdomain')), 'not-found'),
    says: 'fits',
    weight: 0.5,
  },
  {
    name: 'no route to it',
    cause: silent,
    attempt: failedResolver('exchange/network-unreachable'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'network-unreachable')),
        'device.routes': {
          choices: [
            {
              address: OWN,
              type: 'none',
              via: null,
              device: null,
              source: null,
              table: null,
              error: 'Network is unreachable',
              line: null,
            },
          ],
          defaults: [],
          rules: [],
        },
      },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'no line names it',
    cause: silent,
    attempt: failedResolver('exchange/refused', '127.0.0.1'),
    facts: factsOf(
      URL,
      { ...direct(answer('127.0.0.1', 'refused')), 'name.config': configOf('127.0.0.1', [], '/etc/resolv.conf') },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'SERVFAIL here, an answer elsewhere',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(URL, { ...direct(answer(OWN, 'server-failure')), ...real }, 'temporary-failure'),
    says: 'fits',
  },
  {
    name: 'SERVFAIL everywhere',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'server-failure')), ...reference(answer(REFERENCE, 'server-failure')) },
      'temporary-failure',
    ),
    says: 'unknown',
  },
  {
    name: 'SERVFAIL everywhere, and no server of the zone serves it',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'server-failure')),
        ...reference(answer(REFERENCE, 'server-failure')),
        'name.authority': {
          name: 'shop.example',
          zone: 'shop.example',
          delegatedBy: '192.0.2.1',
          servers: [{ name: 'ns', address: '192.0.2.9', answers: [], lame: 'REFUSED' }],
          addressless: [],
        },
      },
      'temporary-failure',
    ),
    says: 'fits',
  },
  {
    name: 'SERVFAIL for bad signatures',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'server-failure', { errors: [{ code: 6, name: 'DNSSEC Bogus', text: '' }] })),
        ...real,
        'name.unchecked': { name: 'shop.example', answers: [], checked: [], wallClock: '2026-11-27T12:00:00.000Z' },
        'name.chain': chain({ flaw: 'signature-wrong' }),
      },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'SERVFAIL for bad signatures that hold',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'server-failure', { errors: [{ code: 6, name: 'DNSSEC Bogus', text: '' }] })),
        ...real,
        'name.unchecked': { name: 'shop.example', answers: [], checked: [], wallClock: '2026-11-27T12:00:00.000Z' },
        'name.chain': chain({}),
      },
      'temporary-failure',
    ),
    says: 'fits',
  },
  {
    name: 'SERVFAIL for bad signatures that nobody else has checked',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'server-failure', { errors: [{ code: 6, name: 'DNSSEC Bogus', text: '' }] })),
        ...real,
        'name.unchecked': { name: 'shop.example', answers: [], checked: [], wallClock: '2026-11-27T12:00:00.000Z' },
      },
      'temporary-failure',
    ),
    says: 'unknown',
  },
  {
    name: 'it declines this one only',
    cause: broken,
    attempt: failedResolver('exchange/declined'),
    facts: factsOf(
      URL,
      {
        'name.direct': {
          ...named('shop.example', answer(OWN, 'declined')),
          controls: [{ resolver: OWN, port: 53, ok: true }],
        },
      },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'it blocks and says so',
    cause: broken,
    attempt: failedResolver('exchange/declined'),
    facts: factsOf(URL, direct(answer(OWN, 'declined', blocked)), 'temporary-failure'),
    says: 'ruledOut',
  },
];

holdCases('a resolver', cases, wild);

describe('a cause that blames a resolver', () => {
  it('names it, where it is set, and on whose side it is', () => {
    const facts = factsOf(
      URL,
      { ...direct(answer('192.168.7.1', 'nxdomain', blocked)), ...real, 'name.config': configOf('192.168.7.1') },
      'not-found',
    );
    expect(judge(filtered, failedResolver('exchange/nxdomain', '192.168.7.1'), facts)).toMatchObject({
      side: 'local-network',
      culprit: {
        kind: 'resolver',
        address: '192.168.7.1',
        name: 'extended error 15 (Blocked): on a list',
        location: '/etc/resolv.conf:1',
      },
    });
    const stub = factsOf(
      URL,
      { ...direct(answer('127.0.0.53', 'refused')), 'device.listeners': { own: [], listeners: [] } },
      'temporary-failure',
    );
    expect(judge(silent, failedResolver('exchange/refused', '127.0.0.53'), stub)).toMatchObject({
      says: 'fits',
      side: 'this-device',
      evidence: [{}, { fact: 'device.listeners' }],
    });
  });
});
