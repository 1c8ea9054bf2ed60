import { describe, expect, it } from 'vitest';
import type { BlockedPageFact } from '../../model/guard-facts.js';
import type { Opinion } from '../../model/quarantine.js';
import { looksDangerous, suspicionOfPage } from './block-right.js';

const clean: Opinion = { scanner: 'ClamAV', says: 'clean', words: 'nothing found', speaksFor: true, knows: null };
const found: Opinion = { ...clean, says: 'found', words: 'Html.Phishing.Bank-1' };

function facts(more: Partial<BlockedPageFact>): never {
  const value: BlockedPageFact = { as: 13, status: 200, bytes: 48, whole: true, opinions: [], ...more };
  return { 'http.pastShield': { state: 'known', value, source: 'test', at: 0, ms: 0 } } as never;
}

const looks = (more: Partial<BlockedPageFact>) => suspicionOfPage({ facts: facts(more) })?.looks;

describe('a page that a shield blocks', () => {
  it('is a mistake only by one whose word counts, about the whole page', () => {
    expect(looks({ opinions: [clean] })).toBe('mistaken');
    expect(looks({ opinions: [clean], whole: false })).toBe('unclear');
    expect(looks({ opinions: [{ ...clean, speaksFor: false }] })).toBe('unclear');
    expect(looks({ opinions: [{ ...clean, says: 'no-answer' }] })).toBe('unclear');
    expect(looks({ opinions: [] })).toBe('unclear');
    expect(suspicionOfPage({ facts: {} as never })).toBeNull();
  });
  it('is dangerous by any that finds something, whatever others say', () => {
    expect(looks({ opinions: [clean, found] })).toBe('dangerous');
    expect(looks({ opinions: [{ ...found, words: 'Eicar-Test-Signature' }] })).toBe('unclear');
  });
  it('lets nothing be offered where it is', () => {
    const signature = (name: string) => ({ kind: 'signature' as const, name });
    expect(looksDangerous(signature('PUA.Html.Tool'), facts({ opinions: [found] }))).toBe(true);
    expect(looksDangerous(signature('PUA.Html.Tool'), facts({ opinions: [clean] }))).toBe(false);
    expect(looksDangerous(signature('Win.Trojan.X'), facts({ opinions: [clean] }))).toBe(true);
    expect(looksDangerous(signature('Eicar-Test-Signature'), facts({ opinions: [found] }))).toBe(false);
    expect(looksDangerous({ kind: 'product', name: 'Squid' }, facts({ opinions: [found] }))).toBe(false);
  });
});
