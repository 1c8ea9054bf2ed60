import { expect, it } from 'vitest';
import * as samples from './fixtures/reports.js';
import { printable, renderJson } from './json.js';

it('has the keys of the contract, in its order', () => {
  const shuffled = { ...samples.provenFirewall, schema: samples.provenFirewall.schema };
  const reversed = Object.fromEntries(Object.entries(shuffled).toReversed()) as typeof shuffled;
  const parsed: unknown = JSON.parse(renderJson(reversed));
  expect(Object.keys(parsed as object)).toEqual([
    'schema',
    'version',
    'startedAt',
    'elapsedMs',
    'packets',
    'as',
    'target',
    'verdict',
    'candidates',
    'also',
    'ruledOut',
    'unknown',
    'evidence',
    'remedies',
    'facts',
  ]);
  expect(Object.keys((parsed as typeof shuffled).verdict)).toEqual([
    'outcome',
    'cause',
    'side',
    'stage',
    'certainty',
    'culprit',
    'summary',
  ]);
  expect(parsed).toEqual(samples.provenFirewall);
});

it('is one line that does nothing to a terminal, and parses to the same', () => {
  const text = 'a\u009b31mred\u202e \u001b[0m\u007f\u2028\n';
  const json = printable(JSON.stringify({ text }));
  expect(json).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
  expect(JSON.parse(json)).toEqual({ text });
  expect(renderJson(samples.reachable).trimEnd()).not.toContain('\n');
});
