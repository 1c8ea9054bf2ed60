import { describe, expect, it } from 'vitest';
import type { BrowserPolicy } from '../../model/browser-facts.js';
import type { Scene } from '../../model/cause.js';
import { policySteps } from '../evidence/policy-steps.js';
import { cause } from './browser-policy.js';

const file = '/etc/firefox/policies/policies.json';
const policy = (more: Partial<BrowserPolicy>): BrowserPolicy => ({
  product: 'Firefox',
  name: 'WebsiteFilter',
  entry: '<all_urls>',
  location: file,
  effect: 'blocks',
  ...more,
});

function beside(...policies: readonly BrowserPolicy[]) {
  const value = { profiles: [], policies };
  const facts = { target: { host: 'shop.example' }, 'device.browsers': { state: 'known', value } };
  return cause.beside?.({ facts } as unknown as Scene) ?? null;
}

describe('a policy of Firefox, which is not started', () => {
  it('is told beside a page that works, with the file, the entry and the steps, and as no more than likely', () => {
    expect(beside(policy({}))).toMatchObject({
      says: 'fits',
      atMost: 'likely',
      culprit: { kind: 'policy', name: 'WebsiteFilter: <all_urls>', owner: 'Firefox', location: file },
      advice: expect.stringMatching(/root.*about:policies.*"\*:\/\/shop\.example\/\*" to "Exceptions" .* in \/etc\/firefox\/policies\/policies\.json; then start Firefox anew/) as unknown, // prettier-ignore
    });
  });

  it.each([
    ['lets the page through', policy({ effect: 'allows' })],
    ['sets a proxy, of which nobody knows whether it works', policy({ name: 'Proxy', effect: 'proxy' })],
    ['is another browser’s, which is asked itself', policy({ product: 'Chromium', name: 'URLBlocklist' })],
  ])('is not where it %s', (_what, one) => {
    expect(beside(one)).toBeNull();
  });
});

it.each([
  ['Chromium', 'ProxyMode', '/etc/chromium/policies/managed/a.json', /"ProxyBypassList", in .*a\.json; then reload/],
  ['Chromium', 'DnsOverHttpsMode', '/etc/chromium/policies/recommended/a.json', /only recommended.*"automatic" in place/], // prettier-ignore
  ['Edge', 'URLBlocklist', '/etc/opt/edge/policies/managed/a.json', /"\.shop\.example" to the list "URLAllowlist" in/],
  ['Firefox', 'DNSOverHTTPS', file, /"Fallback": true into "DNSOverHTTPS" in/],
])('the steps about %s’s %s', (product, name, location, steps) => {
  expect(policySteps({ product, name, location }, 'shop.example')).toMatch(steps);
});
