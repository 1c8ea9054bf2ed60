import { type Case, holdCases } from './cases.fixture.js';
import { cause as filtered } from './name-filtered.js';
import { answer, factsOf, failedConnect, failedName, failedResolver, named, OWN, REFERENCE } from './scene.fixture.js';
import { alike, blocked, direct, real, reference, URL, zone, wild } from './words.fixture.js';

const nxdomain = failedResolver('exchange/nxdomain');

const cases: Case[] = [
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
    says: 'unknown',
  },
  {
    name: 'an ordinary address that others give too refuses',
    cause: filtered,
    attempt: failedConnect('connect/refused', '198.51.100.10'),
    facts: factsOf(URL, {
      ...direct(answer(OWN, ['198.51.100.10'])),
      ...real,
      'name.system': { addresses: ['198.51.100.10'] },
      'name.hosts': [],
    }),
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
];

holdCases('a filter', cases, wild);
