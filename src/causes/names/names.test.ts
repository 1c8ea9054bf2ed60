import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause } from '../../model/cause.js';
import type { Facts } from '../../model/facts.js';
import { cause as bogus } from './dnssec-bogus.js';
import { cause as missing } from './name-does-not-exist.js';
import { cause as filtered } from './name-filtered.js';
import { cause as empty } from './name-has-no-address.js';
import { cause as broken } from './resolver-failing.js';
import { cause as silent } from './resolver-unreachable.js';
import {
  answer,
  configOf,
  factsOf,
  failedConnect,
  failedName,
  failedResolver,
  judge,
  named,
  OWN,
  REFERENCE,
  surerWithLess,
} from './scene.fixture.js';

const URL = 'https://shop.example/';
const zone = { zone: 'example' };
const blocked = { errors: [{ code: 15, name: 'Blocked', text: 'on a list' }] };
const direct = (...answers: ReturnType<typeof answer>[]) => ({ 'name.direct': named('shop.example', ...answers) });
const reference = (...answers: ReturnType<typeof answer>[]) => ({
  'name.reference': named('shop.example', ...answers),
});
const real = reference(answer(REFERENCE, ['198.51.100.10']));
const alike = reference(answer(REFERENCE, 'nxdomain', zone));

interface Case {
  readonly name: string;
  readonly cause: Cause;
  readonly attempt: FailedAttempt;
  readonly facts: Facts;
  readonly says: string;
}

const notFound = failedName('resolve/not-found');
const nxdomain = failedResolver('exchange/nxdomain');
const again = failedName('resolve/temporary-failure');

const cases: Case[] = [
  {
    name: 'nobody was asked',
    cause: missing,
    attempt: notFound,
    facts: factsOf(URL, {}, 'not-found'),
    says: 'unknown',
  },
  {
    name: 'the resolver says no such name',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, direct(answer(OWN, 'nxdomain', zone)), 'not-found'),
    says: 'fits',
  },
  {
    name: 'and so does an outside one',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike }, 'not-found'),
    says: 'proven',
  },
  {
    name: 'an outside one is silent',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'nxdomain', zone)), ...reference(answer(REFERENCE, 'timed-out')) },
      'not-found',
    ),
    says: 'fits',
  },
  {
    name: 'an outside one knows it',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...real }, 'not-found'),
    says: 'ruledOut',
  },
  {
    name: 'the resolver says that it blocks',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, direct(answer(OWN, 'nxdomain', { ...zone, ...blocked })), 'not-found'),
    says: 'unknown',
  },
  {
    name: 'the no comes from a zone of its own',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, direct(answer(OWN, 'nxdomain', { zone: 'rpz.filter' })), 'not-found'),
    says: 'unknown',
  },
  {
    name: 'the name is found all the same',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, {
      ...direct(answer(OWN, 'nxdomain', zone)),
      ...alike,
      'name.system': { addresses: ['127.0.0.1'] },
    }),
    says: 'ruledOut',
  },
  {
    name: 'it exists without an address',
    cause: missing,
    attempt: notFound,
    facts: factsOf(URL, direct(answer(OWN, 'no-data', zone)), 'not-found'),
    says: 'ruledOut',
  },
  {
    name: 'a redirect leads to it',
    cause: missing,
    attempt: { ...notFound, hop: 1, host: 'other.example' },
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike }, 'not-found'),
    says: 'unknown',
  },

  {
    name: 'no address, says the resolver',
    cause: empty,
    attempt: failedResolver('exchange/no-data'),
    facts: factsOf(
      URL,
      direct(answer(OWN, 'no-data', zone), answer(OWN, 'no-data', { ...zone, type: 'AAAA' })),
      'not-found',
    ),
    says: 'fits',
  },
  {
    name: 'and an outside one',
    cause: empty,
    attempt: notFound,
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'no-data', zone)), ...reference(answer(REFERENCE, 'no-data', zone)) },
      'not-found',
    ),
    says: 'proven',
  },
  {
    name: 'an outside one has one',
    cause: empty,
    attempt: notFound,
    facts: factsOf(URL, { ...direct(answer(OWN, 'no-data', zone)), ...real }, 'not-found'),
    says: 'ruledOut',
  },
  {
    name: 'the name is not there at all',
    cause: empty,
    attempt: notFound,
    facts: factsOf(URL, direct(answer(OWN, 'nxdomain', zone)), 'not-found'),
    says: 'ruledOut',
  },

  {
    name: 'it blocks and says so, others know the name',
    cause: filtered,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', blocked)), ...real }, 'not-found'),
    says: 'proven',
  },
  {
    name: 'it says so, others were not asked',
    cause: filtered,
    attempt: nxdomain,
    facts: factsOf(URL, direct(answer(OWN, 'nxdomain', blocked)), 'not-found'),
    says: 'fits',
  },
  {
    name: '0.0.0.0 here, an address elsewhere',
    cause: filtered,
    attempt: failedName('resolve/useless-address'),
    facts: factsOf(URL, { ...direct(answer(OWN, ['0.0.0.0'])), ...real }, 'useless-address'),
    says: 'proven',
  },
  {
    name: 'no such name here, an address elsewhere',
    cause: filtered,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...real }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'no such name anywhere',
    cause: filtered,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike }, 'not-found'),
    says: 'ruledOut',
  },
  {
    name: 'no such name, others silent',
    cause: filtered,
    attempt: nxdomain,
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'nxdomain', zone)), ...reference(answer(REFERENCE, 'timed-out')) },
      'not-found',
    ),
    says: 'unknown',
  },
  {
    name: 'SERVFAIL is no refusal',
    cause: filtered,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(URL, { ...direct(answer(OWN, 'server-failure')), ...real }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'it declines everything',
    cause: filtered,
    attempt: failedResolver('exchange/declined'),
    facts: factsOf(
      URL,
      {
        'name.direct': {
          ...named('shop.example', answer(OWN, 'declined')),
          controls: [{ resolver: OWN, port: 53, ok: false, rcode: 'REFUSED' }],
        },
        ...real,
      },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'it declines this one only',
    cause: filtered,
    attempt: failedResolver('exchange/declined'),
    facts: factsOf(
      URL,
      {
        'name.direct': {
          ...named('shop.example', answer(OWN, 'declined')),
          controls: [{ resolver: OWN, port: 53, ok: true }],
        },
        ...real,
      },
      'temporary-failure',
    ),
    says: 'fits',
  },
  {
    name: 'an ordinary address refuses',
    cause: filtered,
    attempt: failedConnect('connect/refused', '198.51.100.10'),
    facts: factsOf(URL, { ...direct(answer(OWN, ['198.51.100.10'])), 'name.system': { addresses: ['198.51.100.10'] } }),
    says: 'ruledOut',
  },
  {
    name: 'the resolver leads the name to this device',
    cause: filtered,
    attempt: failedConnect('connect/refused', '127.0.0.1'),
    facts: factsOf(URL, { ...direct(answer(OWN, ['127.0.0.1'])), ...real, 'name.hosts': [] }),
    says: 'proven',
  },
  {
    name: 'a hosts file does',
    cause: filtered,
    attempt: failedConnect('connect/refused', '127.0.0.1'),
    facts: factsOf(URL, {
      ...direct(answer(OWN, ['127.0.0.1'])),
      ...real,
      'name.hosts': [{ address: '127.0.0.1', location: '/etc/hosts:4', text: '' }],
    }),
    says: 'ruledOut',
  },
  {
    name: 'localhost is localhost',
    cause: filtered,
    attempt: failedConnect('connect/refused', '127.0.0.1', 'localhost'),
    facts: factsOf('http://localhost/', {}),
    says: 'ruledOut',
  },

  {
    name: 'silence',
    cause: silent,
    attempt: failedResolver('exchange/timed-out'),
    facts: factsOf(URL, direct(answer(OWN, 'timed-out')), 'timed-out'),
    says: 'fits',
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
    says: 'ruledOut',
  },
  {
    name: 'SERVFAIL for bad signatures',
    cause: broken,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'server-failure', { errors: [{ code: 6, name: 'DNSSEC Bogus', text: '' }] })), ...real },
      'temporary-failure',
    ),
    says: 'ruledOut',
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

  {
    name: 'bad signatures',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      direct(answer(OWN, 'server-failure', { errors: [{ code: 7, name: 'Signature Expired', text: '' }] })),
      'temporary-failure',
    ),
    says: 'fits',
  },
  {
    name: 'no word of signatures, an answer elsewhere',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(URL, { ...direct(answer(OWN, 'server-failure')), ...real }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'no word of signatures',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(URL, direct(answer(OWN, 'server-failure')), 'temporary-failure'),
    says: 'unknown',
  },
];

describe('causes about names', () => {
  it.each(cases)('$cause.id when $name: $says', ({ cause, attempt, facts, says }) => {
    expect(judge(cause, attempt, facts)).toMatchObject({ says });
  });

  it('are never surer with less', () => {
    const wild = {
      'name.config': configOf(OWN),
      'device.routes': { choices: [], defaults: [], rules: [] },
      'device.listeners': { own: [], listeners: [] },
    };
    const more = cases.map(({ cause, attempt, facts }) => ({
      cause,
      attempt,
      facts: { ...factsOf(URL, wild), ...facts },
    }));
    expect(more.flatMap(({ cause, attempt, facts }) => surerWithLess(cause, attempt, facts))).toEqual([]);
  });

  it('name the resolver, where it is set, and on whose side it is', () => {
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
