import { describe, expect, it } from 'vitest';
import { type Case, holdCases } from '../names/cases.fixture.js';
import {
  answer,
  factsOf,
  failedConnect,
  failedName,
  failedResolver,
  judge,
  named,
  OWN,
  REFERENCE,
} from '../names/scene.fixture.js';
import { meantNames } from './meant-names.js';
import { cause } from './mistyped-name.js';
import { slipBetween } from './slips.js';

const meant = (typed: string): string | undefined => meantNames(typed)[0]?.name;

describe('slips of the keyboard', () => {
  it.each([
    ['gihtub.com', 'github.com', 'swapped'],
    ['githb.com', 'github.com', 'missing'],
    ['githubb.com', 'github.com', 'doubled'],
    ['githunb.com', 'github.com', 'extra'],
    ['githuv.com', 'github.com', 'neighbour-key'],
    ['githup.com', 'github.com', 'other-letter'],
    ['githubcom', 'github.com', 'missing-dot'],
    ['gtihbu.com', 'github.com', 'several'],
  ])('%s for %s: %s', (typed, name, kind) => {
    expect(slipBetween(typed, name)?.kind).toBe(kind);
  });

  it('are at most two', () => {
    expect(slipBetween('gthbu.cm', 'github.com')).toBeNull();
    expect(slipBetween('github.com', 'github.com')).toBeNull();
    expect(slipBetween('a'.repeat(5_000), 'a'.repeat(4_999))).toBeNull();
  });

  it('cost less when they happen every day', () => {
    const cost = (typed: string): number => slipBetween(typed, 'google.com')?.cost ?? 9;
    expect(cost('gogole.com')).toBeLessThan(cost('goofle.com'));
    expect(cost('goofle.com')).toBeLessThan(cost('gooqle.com'));
  });
});

describe('names that may be meant', () => {
  it.each([
    ['gihtub.com', 'github.com'],
    ['www.gogle.com', 'www.google.com'],
    ['wwwgoogle.com', 'www.google.com'],
    ['api.gihtub.com', 'api.github.com'],
    ['archive.ubutnu.com', 'archive.ubuntu.com'],
    ['amazon.dr', 'amazon.de'],
    ['shop.example.con', 'shop.example.com'],
    ['shop.example.cmo', 'shop.example.com'],
    ['shop.example.ogr', 'shop.example.org'],
    ['ww.shop.example.com', 'www.shop.example.com'],
    ['g00gle.com', 'google.com'],
    ['arnazon.com', 'amazon.com'],
    ['www.xn--pypal-4ve.com', 'www.paypal.com'], // Cyrillic а
    ['xn--googl-fsa.com', 'google.com'], // é
  ])('%s: %s', (typed, name) => {
    expect(meant(typed)).toBe(name);
  });

  it.each(['nope.example.com', 'shop.example', 'intranet', 'db', 'x.co', 'ab.com', 'ing.dk', 'mycompany.internal'])(
    'none for %s',
    (typed) => {
      expect(meantNames(typed).filter(({ slip }) => slip !== 'ending')).toEqual([]);
    },
  );

  it('are three at most, quickly, whatever is asked', () => {
    const begun = performance.now();
    for (const typed of ['goole.com', `${'a.'.repeat(120)}com`, 'x'.repeat(253), `xn--${'9'.repeat(59)}.com`]) {
      expect(meantNames(typed).length).toBeLessThanOrEqual(3);
    }
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

const URL = 'https://gihtub.com/';
const nxdomain = { 'name.direct': named('gihtub.com', answer(OWN, 'nxdomain', { zone: 'com' })) };
const github = {
  'name.meant': { candidates: [{ name: 'github.com', slip: 'swapped', addresses: ['192.0.2.1'] }] },
} as const;
const gone = {
  'name.meant': {
    candidates: [
      {
        name: 'github.com',
        slip: 'swapped',
        addresses: [],
        failure: { operation: 'resolve', code: 'not-found', raw: 'ENOTFOUND' },
      },
    ],
  },
} as const;
const typed = { ...failedName('resolve/not-found'), host: 'gihtub.com' };
const asked = { ...failedResolver('exchange/nxdomain'), host: 'gihtub.com' };
const parked = { ...failedConnect('connect/refused', '91.195.240.12'), host: 'gihtub.com' };

const cases: Case[] = [
  { name: 'nobody was asked', cause, attempt: typed, facts: factsOf(URL, {}, 'not-found'), says: 'unknown' },
  { name: 'it does not exist', cause, attempt: asked, facts: factsOf(URL, nxdomain, 'not-found'), says: 'unknown' },
  {
    name: 'one near it does',
    cause,
    attempt: asked,
    facts: factsOf(URL, { ...nxdomain, ...github }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'nor does one near it',
    cause,
    attempt: asked,
    facts: factsOf(URL, { ...nxdomain, ...gone }, 'not-found'),
    says: 'ruledOut',
  },
  {
    name: 'others know it',
    cause,
    attempt: asked,
    facts: factsOf(
      URL,
      { ...nxdomain, ...github, 'name.reference': named('gihtub.com', answer(REFERENCE, ['192.0.2.9'])) },
      'not-found',
    ),
    says: 'ruledOut',
  },
  {
    name: 'the resolver fails',
    cause,
    attempt: typed,
    facts: factsOf(URL, { 'name.direct': named('gihtub.com', answer(OWN, 'server-failure')), ...github }, 'not-found'),
    says: 'unknown',
  },
  { name: 'it is parked', cause, attempt: parked, facts: factsOf(URL, github), says: 'fits' },
  {
    name: 'it leads to an ordinary server',
    cause,
    attempt: { ...parked, address: '198.51.100.10' },
    facts: factsOf(URL, github),
    says: 'ruledOut',
  },
  {
    name: 'an address was typed',
    cause,
    attempt: parked,
    facts: factsOf('https://91.195.240.12/', github),
    says: 'ruledOut',
  },
];

holdCases('mistyped names', cases, {});

describe('the advice', () => {
  it.each([
    ['https://gihtub.com/a/b', 'use https://github.com/a/b'],
    ['https://gihtub.com:8443/', 'use https://github.com:8443/'],
    ['gihtub.com:22', 'use github.com:22'],
    ['gihtub.com', 'use github.com'],
    ['ssh://gihtub.com', 'use ssh://github.com/'],
  ])('%s: %s', (input, advice) => {
    expect(judge(cause, asked, factsOf(input, { ...nxdomain, ...github }, 'not-found'))).toMatchObject({ advice });
  });

  it('shows what look-alike letters really are', () => {
    const host = 'xn--pypal-4ve.com';
    const facts = factsOf(
      `https://${host}/`,
      {
        'name.direct': named(host, answer(OWN, 'nxdomain', { zone: 'com' })),
        'name.meant': { candidates: [{ name: 'paypal.com', slip: 'look-alike', addresses: ['192.0.2.2'] }] },
      },
      'not-found',
    );
    expect(judge(cause, { ...asked, host }, facts)).toMatchObject({
      says: 'fits',
      culprit: { name: 'paypal.com' },
      summary: 'There is no such name as xn--pypal-4ve.com ("pаypal.com" on the screen): paypal.com is probably meant.',
    });
  });
});
