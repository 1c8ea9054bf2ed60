import { type Case, holdCases } from './cases.fixture.js';
import { cause as bogus } from './dnssec-bogus.js';
import { cause as missing } from './name-does-not-exist.js';
import { cause as empty } from './name-has-no-address.js';
import { configOf, answer, factsOf, failedName, failedResolver, OWN, REFERENCE } from './scene.fixture.js';
import { alike, blocked, direct, nobody, real, reference, somebody, URL, zone, wild } from './words.fixture.js';

const notFound = failedName('resolve/not-found');
const nxdomain = failedResolver('exchange/nxdomain');

const nothingNear = { 'name.meant': { candidates: [] } };
const near = {
  'name.meant': { candidates: [{ name: 'shop.example.com', slip: 'ending', addresses: ['198.51.100.10'] }] },
} as const;

const unchecked = (...answers: ReturnType<typeof answer>[]) => ({
  'name.unchecked': {
    name: 'shop.example',
    answers: answers.map((one) => ({ resolver: one.resolver, answer: one })),
    checked: [],
    wallClock: '2026-11-27T12:00:00.000Z',
  },
});
const stillFails = unchecked(answer(OWN, 'server-failure'));
const freed = unchecked(answer(OWN, ['198.51.100.10']), answer(REFERENCE, ['198.51.100.10']));
const passed = {
  'name.unchecked': {
    ...freed['name.unchecked'],
    answers: freed['name.unchecked'].answers.map((one) => ({ ...one, checked: one.answer })),
  },
};

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
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'nxdomain', zone)),
        ...alike,
        ...nothingNear,
        ...nobody,
        'name.config': configOf(OWN),
      },
      'not-found',
    ),
    says: 'proven',
  },
  {
    name: 'and so does an outside one, and it is not known whether it was itself',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike, ...nothingNear }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'and so does everybody, even where nobody answers',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'nxdomain', zone)), ...alike, ...nothingNear, ...somebody },
      'not-found',
    ),
    says: 'fits',
  },
  {
    name: 'and so does everybody, even where nobody answers, and no zone is named',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain')), ...alike, ...nothingNear, ...somebody }, 'not-found'),
    says: 'unknown',
  },
  {
    name: 'both say so, and nobody looked for a name that may be meant',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'both say so, and a name near it exists',
    cause: missing,
    attempt: nxdomain,
    facts: factsOf(URL, { ...direct(answer(OWN, 'nxdomain', zone)), ...alike, ...near }, 'not-found'),
    says: 'fits',
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
      { ...direct(answer(OWN, 'no-data', zone)), ...reference(answer(REFERENCE, 'no-data', zone)), ...nobody },
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
    facts: factsOf(URL, { ...direct(answer(OWN, 'server-failure')), ...real, ...stillFails }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'it gives the name unchecked, and one outside fails as well and gives it unchecked',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'server-failure')), ...reference(answer(REFERENCE, 'server-failure')), ...freed },
      'temporary-failure',
    ),
    says: 'proven',
  },
  {
    name: 'it gives the name unchecked, and with checking as well by then',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      { ...direct(answer(OWN, 'server-failure')), ...reference(answer(REFERENCE, 'server-failure')), ...passed },
      'temporary-failure',
    ),
    says: 'unknown',
  },
  {
    name: 'it gives the name unchecked, and one outside has checked it',
    cause: bogus,
    attempt: failedResolver('exchange/server-failure'),
    facts: factsOf(
      URL,
      {
        ...direct(answer(OWN, 'server-failure')),
        ...real,
        'name.unchecked': { ...freed['name.unchecked'], checked: [{ resolver: REFERENCE, authentic: true }] },
      },
      'temporary-failure',
    ),
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

holdCases('whether the name exists', cases, wild);
