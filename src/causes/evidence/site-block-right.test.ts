import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import { answer, factsOf, REFERENCE } from '../names/scene.fixture.js';
import { reference } from '../names/words.fixture.js';
import { adviceOnSite, siteSuspicion } from './site-block-right.js';

const malware = 'extended error 15 (Blocked): on the malware list';
const adverts = 'extended error 17 (Filtered): advertising';
const URL = 'https://shop.example.com/';

function facts(...answers: Parameters<typeof reference>): Facts {
  return factsOf(URL, reference(...answers), 'not-found');
}
const given = (resolver: string) => answer(resolver, ['198.51.100.10']);

describe('whether the block of a web site looks right', () => {
  it.each([
    ['a stated harm, and nobody who filters says otherwise', malware, facts(given(REFERENCE)), 'dangerous'],
    ['a stated harm, and another filter gives the name', malware, facts(given('9.9.9.9')), 'mistaken'],
    ['a stated harm, and nobody else was asked', malware, factsOf(URL, {}, 'not-found'), 'dangerous'],
    ['a reason that is no harm', adverts, facts(given(REFERENCE)), 'unclear'],
    ['a reason that is no harm, where a filter of harm gives it', adverts, facts(given('9.9.9.9')), 'unclear'],
    ['no reason at all', null, facts(given('9.9.9.9')), 'unclear'],
  ] as const)('%s', (_what, stated, of, looks) => {
    expect(siteSuspicion('shop.example.com', stated, of).looks).toBe(looks);
  });
  it('letters that only look like those of a name that everybody knows', () => {
    // The second letter is Cyrillic.
    const judged = siteSuspicion('xn--pypal-4ve.com', null, facts(given('9.9.9.9')));
    expect(judged).toMatchObject({ looks: 'dangerous', evidence: [{ says: expect.stringContaining('paypal.com') }] });
    expect(siteSuspicion('paypal.com', null, facts(given('9.9.9.9'))).looks).toBe('unclear');
  });
  it('tells nobody how to get past a block that looks right', () => {
    for (const looks of ['dangerous', 'mistaken'] as const)
      expect(adviceOnSite({ looks, evidence: [] })).not.toMatch(
        /sudo|resolvectl|nameserver|--proxy|let the name through, if/,
      );
  });
});
