import { describe, expect, it } from 'vitest';
import type { Culprit } from '../model/words.js';
import { culpritLine } from './culprit.js';
import * as samples from './fixtures/reports.js';

const caught = {
  cause: 'captive-portal',
  side: 'local-network',
  certainty: 'likely',
  summary: 'Log in first.',
} as const;
const lineOf = (culprit: Culprit): string | null =>
  culpritLine(samples.report('https://shop.example/', { outcome: 'failed', ...caught, culprit }, {}, {}));

describe('the login page of a network', () => {
  it('can be copied: no full stop hangs on its address, and nothing of it is cut off', () => {
    const url = `http://login.guests.example/hotspot?mac=02:00:00:00:00:01&to=${'shop.example/'.repeat(20)}`;
    expect(lineOf({ kind: 'portal', name: url })).toBe(`Login page ${url}`);
    expect(lineOf({ kind: 'portal', name: 'http://login.guests.example/', address: '192.168.7.1' })).toBe(
      'Login page http://login.guests.example/ (192.168.7.1).',
    );
  });

  it('is a sentence where its address is not known, and without end as short as any text from outside', () => {
    expect(lineOf({ kind: 'portal', name: 'login page of this network' })).toBe('Login page of this network.');
    expect(lineOf({ kind: 'portal', name: `http://login.example/${'x'.repeat(5000)}` })?.length).toBeLessThan(1100);
  });
});
