import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordOf } from './word.js';

const file = (stats: object, more: object = {}): string =>
  JSON.stringify({
    data: { type: 'file', attributes: { last_analysis_date: 1_760_000_000, last_analysis_stats: stats, ...more } },
  });
const engines = { undetected: 60, harmless: 0, timeout: 2, failure: 1, 'type-unsupported': 6 };

describe('the word of VirusTotal', () => {
  it.each([
    ['none of many engines', { malicious: 0, suspicious: 0, ...engines }, 'clean'],
    ['one of them', { malicious: 1, suspicious: 0, ...engines }, 'divided'],
    ['two of them', { malicious: 2, suspicious: 0, ...engines }, 'divided'],
    ['one that only suspects', { malicious: 0, suspicious: 1, ...engines }, 'divided'],
    ['three', { malicious: 3, suspicious: 0, ...engines }, 'found'],
    ['none of a few, others gave up', { malicious: 0, suspicious: 0, undetected: 19, timeout: 50 }, 'no-answer'],
    ['nobody at all', { malicious: 0, suspicious: 0, undetected: 0, harmless: 0 }, 'no-answer'],
    ['counts that are none', { malicious: -1, undetected: 60 }, 'no-answer'],
    ['counts as text', { malicious: '0', undetected: 60 }, 'no-answer'],
    ['no count of the harmful', { undetected: 60 }, 'no-answer'],
  ])('%s', (_, stats, says) => expect(wordOf(200, file(stats))).toMatchObject({ says }));

  it('tells who finds what, how many looked, when, and that only the hash was sent', () => {
    const results = {
      ClamAV: { category: 'malicious', result: 'Win.Trojan.Agent-1' },
      Other: { category: 'undetected', result: null },
    };
    const word = wordOf(200, file({ malicious: 1, suspicious: 0, ...engines }, { last_analysis_results: results }));
    expect(word.words).toBe('1 of 61 engines find something: ClamAV (Win.Trojan.Agent-1)');
    expect(word.knows).toBe('analysed on 2025-10-09; only the SHA-256 of the file was sent');
    const label = { popular_threat_classification: { suggested_threat_label: 'trojan.agent/x' } };
    expect(wordOf(200, file({ malicious: 40, ...engines }, label)).words).toBe(
      'trojan.agent/x: 40 of 100 engines find something',
    );
  });

  it.each([
    [404, '{"error":{"code":"NotFoundError"}}', /knows no file/],
    [401, '{"error":{"code":"WrongCredentialsError"}}', /does not accept the key/],
    [403, '', /does not accept the key/],
    [429, '{"error":{"code":"QuotaExceededError"}}', /too often/],
    [503, '', /status 503/],
    [302, '', /status 302/],
    [200, '<html>', /not understood/],
    [200, '{}', /not understood/],
    [200, '', /not understood/],
  ])('is none with %s %s', (status, body, words) =>
    expect(wordOf(status, body)).toMatchObject({ says: 'no-answer', words: expect.stringMatching(words) as string }),
  );

  it('is never clean for what nobody has said, whatever comes', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(wordOf(200, body).says).toBe('no-answer');
      }),
      { numRuns: 200 },
    );
  });
});
