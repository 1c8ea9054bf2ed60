import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockPageIn, blockPages } from './block-pages.js';

const corpus = process.env['WHOBLOCKED_CORPUS'];
const metadata = path.join(corpus ?? '', 'fingerprints/censoredplanet-analysis/pipeline/metadata');

/** Patterns of others, as a text that they match. Those that are more than a text are left out. */
function texts(file: string): string[] {
  return readFileSync(path.join(metadata, 'data', file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (JSON.parse(line) as { pattern: string }).pattern)
    .filter((pattern) => !/(?<!\\)[.*+|[(]/.test(pattern.replaceAll('\\.', '')))
    .map((pattern) => pattern.replace(/\\(.)/g, '$1'));
}

describe('block pages', () => {
  it('are told by what the page itself shows', () => {
    expect(blockPageIn({ body: '<h1>Web Page Blocked</h1>' }, 'shop.example')?.owner).toBe('Palo Alto Networks');
    expect(blockPageIn({ location: 'http://warning.or.kr/i1.html' }, 'shop.example')?.kind).toBe('state');
    expect(
      blockPageIn({ body: '<iframe width=9 src="http://10.10.34.35:80/?type=x"></iframe>' }, 'shop.example')?.owner,
    ).toBe('Iran');
  });

  it('are not what a page merely links to, nor the site of the filter itself', () => {
    expect(blockPageIn({ body: '<a href="https://warning.or.kr/">the law</a>' }, 'shop.example')).toBeUndefined();
    expect(blockPageIn({ location: 'https://www.securly.com/home' }, 'www.securly.com')).toBeUndefined();
    expect(blockPageIn({ location: 'not a url', body: '', server: 'nginx' }, 'shop.example')).toBeUndefined();
  });

  it('take no time over hostile pages', () => {
    const begun = performance.now();
    blockPageIn({ body: '<iframe src='.repeat(5000), location: `http://${'a.'.repeat(2000)}` }, 'shop.example');
    blockPageIn({ body: `<iframe${' x'.repeat(50_000)}` }, 'shop.example');
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('have a sign each', () => {
    for (const { owner, host, words, server } of blockPages)
      expect([owner, host ?? words ?? server]).not.toContain(undefined);
  });

  describe.skipIf(!existsSync(metadata))('against the corpus', () => {
    it('knows many of those that others know', () => {
      const known = texts('blockpage_signatures.json').filter((text) =>
        blockPageIn({ body: `<title>x</title>${text}`, location: text, server: text.replace(/^Server: /, '') }, ''),
      );
      process.stdout.write(`known to us too: ${known.length} of ${texts('blockpage_signatures.json').length}\n`);
      expect(known.length).toBeGreaterThanOrEqual(30);
    });

    it('takes none of the known false ones for a block page', () => {
      const taken = texts('false_positive_signatures.json').filter((text) =>
        blockPageIn({ body: text, location: text, server: text }, ''),
      );
      expect(taken).toEqual([]);
    });
  });
});
