import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlFilterHolds } from './url-filter.js';

const holds = (filter: string, url: string): boolean => urlFilterHolds(filter, url, false);

describe('a URL filter of an extension', () => {
  it.each([
    // The examples of Chrome's own documentation.
    ['abc', 'https://abcd.com', true],
    ['abc', 'https://example.com/abcd', true],
    ['abc', 'https://ab.com', false],
    ['abc*d', 'https://abcd.com', true],
    ['abc*d', 'https://example.com/abcxyzd', true],
    ['abc*d', 'https://abc.com', false],
    ['||a.example.com', 'https://a.example.com/', true],
    ['||a.example.com', 'https://b.a.example.com/xyz', true],
    ['||a.example.com', 'https://example.com/', false],
    ['|https*', 'https://example.com', true],
    ['|https*', 'http://example.com/', false],
    ['|https*', 'http://https.com', false],
    ['example*^123|', 'https://example.com/123', true],
    ['example*^123|', 'http://abc.com/example?123', true],
    ['example*^123|', 'https://example.com/1234', false],
    ['example*^123|', 'https://abc.com/example0123', false],
    ['||example.com^', 'https://example.com', true],
    ['||example.com^', 'https://example.com:8443/', true],
    ['||example.com^', 'https://example.com.evil.test/', false],
    ['||ample.com', 'https://example.com/', false],
    ['EXAMPLE', 'https://example.com/', true],
  ])('%s on %s', (filter, url, expected) => {
    expect(holds(filter, url)).toBe(expected);
  });
  it('agrees with the same as a regular expression', () => {
    const alphabet = fc.constantFrom('a', 'b', '/', '.', '?');
    const filters = fc.array(fc.constantFrom('a', 'b', '/', '.', '*', '^', '|'), { maxLength: 8 });
    fc.assert(
      fc.property(filters, fc.array(alphabet, { maxLength: 10 }), (parts, letters) => {
        const filter = parts.join('').replace(/(?<=.)\|(?=.)/g, '');
        const url = `http://${letters.join('')}`;
        expect(holds(filter, url)).toBe(asExpression(filter).test(url));
      }),
      { numRuns: 5000 },
    );
  });
});

function asExpression(filter: string): RegExp {
  let rest = filter;
  let source = '';
  if (rest.startsWith('||')) {
    source = String.raw`^http:\/\/(?:[^/?#:]*\.)?`;
    rest = rest.slice(2);
  } else if (rest.startsWith('|')) {
    source = '^';
    rest = rest.slice(1);
  }
  const end = rest.endsWith('|') ? '$' : '';
  if (end) rest = rest.slice(0, -1);
  const body = [...rest]
    .map((one) =>
      one === '*' ? '.*' : one === '^' ? '(?:[^A-Za-z0-9_.%-]|$)' : one.replace(/[.?/|]/, String.raw`\$&`),
    )
    .join('');
  return new RegExp(source + body + end);
}
