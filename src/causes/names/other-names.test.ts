import type { ResolverAnswer } from '../../model/facts.js';
import type { OtherName } from '../../model/name-facts.js';
import { findingOf, holdCases, type Case } from './cases.fixture.js';
import { cause as nameDoesNotExist } from './name-does-not-exist.js';
import { cause as nameFiltered } from './name-filtered.js';
import { cause as nameHasNoAddress } from './name-has-no-address.js';
import { cause as resolverFailing } from './resolver-failing.js';
import { rewritesDenials } from './denial-rewritten.js';
import { answer, failedConnect, failedName, failedResolver, factsOf, OWN } from './scene.fixture.js';
import { alike, direct, real, URL, wild } from './words.fixture.js';
import { describe, expect, it } from 'vitest';

const PAGE = '203.0.113.9';
const attempt = failedConnect('connect/refused', PAGE);
const other = (about: OtherName['about'], name: string, said: ResolverAnswer): OtherName => ({
  about,
  name,
  answer: said,
});
const led = { 'name.hosts': [], ...direct(answer(OWN, [PAGE])) };
const rewritten = [
  other('made-up', 'invalid', answer(OWN, 'nxdomain')),
  other('made-up', 'com', answer(OWN, [PAGE])),
  other('known', 'www.example.net', answer(OWN, ['192.0.2.80'])),
];
const all = [...rewritten.slice(1, 2), other('known', 'www.example.net', answer(OWN, [PAGE]))];
const honest = [other('made-up', 'com', answer(OWN, 'nxdomain')), ...rewritten.slice(2)];
const emptyForAll = [other('known', 'www.example.net', answer(OWN, 'no-data'))];
const emptyForOne = [other('known', 'www.example.net', answer(OWN, ['192.0.2.80']))];
const empty = direct(answer(OWN, 'no-data'));
const facts = (...parts: object[]) => factsOf(URL, Object.assign({}, ...parts) as object);
const unnamed = (...parts: object[]) => factsOf(URL, Object.assign({}, ...parts) as object, 'not-found');
const others = (list: readonly OtherName[]) => ({ 'name.others': list });

const cases: Case[] = [
  {
    name: 'others know no such name, and made-up ones are led to the same address',
    cause: nameDoesNotExist,
    attempt,
    facts: facts(led, alike, others(rewritten)),
    says: 'fits',
    weight: 0.85,
  },
  {
    name: 'the same, and every name is led there',
    cause: nameDoesNotExist,
    attempt,
    facts: facts(led, alike, others(all)),
    says: 'fits',
    weight: 0.85,
  },
  {
    name: 'others know no such name, and made-up ones are denied',
    cause: nameDoesNotExist,
    attempt,
    facts: facts(led, alike, others(honest)),
    says: 'unknown',
  },
  {
    name: 'others know the name',
    cause: nameDoesNotExist,
    attempt,
    facts: facts(led, real, others(rewritten)),
    says: 'ruledOut',
  },
  {
    name: 'a line of the hosts file gives the address',
    cause: nameDoesNotExist,
    attempt,
    facts: facts(led, alike, others(rewritten), {
      'name.hosts': [{ address: PAGE, location: '/etc/hosts:3', text: '' }],
      'name.config': wild['name.config']?.state === 'known' ? wild['name.config'].value : undefined,
    }),
    says: 'ruledOut',
  },
  {
    name: 'it has no address for any name',
    cause: resolverFailing,
    attempt: failedResolver('exchange/no-data'),
    facts: unnamed(empty, real, others(emptyForAll)),
    says: 'fits',
    weight: 0.8,
  },
  {
    name: 'it has no address for this one',
    cause: resolverFailing,
    attempt: failedResolver('exchange/no-data'),
    facts: unnamed(empty, real, others(emptyForOne)),
    says: 'ruledOut',
  },
  {
    name: 'it has no address for any name',
    cause: nameFiltered,
    attempt: failedName('resolve/not-found'),
    facts: unnamed(empty, real, others(emptyForAll)),
    says: 'ruledOut',
  },
  {
    name: 'it has no address for this one',
    cause: nameFiltered,
    attempt: failedName('resolve/not-found'),
    facts: unnamed(empty, real, others(emptyForOne)),
    says: 'fits',
    weight: 0.7,
  },
  {
    name: 'it has no address for any name, and nobody outside was asked',
    cause: nameHasNoAddress,
    attempt: failedName('resolve/not-found'),
    facts: unnamed(empty, others(emptyForAll)),
    says: 'unknown',
  },
];

holdCases('what a resolver says of other names', cases, {});

describe('with nobody outside to ask', () => {
  const skipped = { state: 'skipped', why: 'not allowed' } as const;
  it.each([
    ['may be one that does not exist', rewritten, 'fits', 0.6],
    ['is not told where every name is led to that address', all, 'unknown', undefined],
    ['exists where made-up ones are denied', honest, 'ruledOut', undefined],
  ] as const)('a name %s', (_, list, says, weight) => {
    const one = { ...cases[0], name: 'x', facts: { ...facts(led, others(list)), 'name.reference': skipped } } as Case;
    expect(findingOf([one], 'x', nameDoesNotExist)).toMatchObject({ says, ...(weight !== undefined && { weight }) });
  });
});

describe('that a resolver leads elsewhere what does not exist', () => {
  it('is told beside it, and not of a name that exists', () => {
    expect(rewritesDenials(facts(led, alike, others(rewritten)))).toMatchObject({ culprit: { address: OWN } });
    expect(rewritesDenials(facts(led, real, others(rewritten)))).toBeNull();
    expect(rewritesDenials(facts(led, alike, others(honest)))).toBeNull();
  });
});
