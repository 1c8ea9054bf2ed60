import { describe, expect, it } from 'vitest';
import type { FactValues, ReferenceTry } from './facts.js';
import { ledToLogin } from './led-to-login.js';
import { parseTarget } from './parse-target.js';

const known = <T>(value: T) => ({ state: 'known', value, at: 0, ms: 0, source: 'test' }) as const;
const step = (host: string) => ({
  url: `https://${host}/start`,
  host,
  port: 443,
  addresses: [],
  connect: [],
  http: {
    address: '192.0.2.80',
    port: 443,
    url: `https://${host}/start`,
    ms: 1,
    status: 200,
    headers: {},
    bodyBytes: 3,
  },
});
const caught = { kind: 'portal', name: 'http://check.example/', address: '192.0.2.1', port: 80, ok: false, status: 302, says: 'https://login.hotspots.example/start?x=1', ms: 1 } as const; // prettier-ignore

function led(input: string, steps: readonly string[], check: Partial<ReferenceTry> = {}) {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  const redirects = known(steps.map(step) as unknown as FactValues['redirects']);
  return ledToLogin({ target: parsed.target, redirects, references: known([{ ...caught, ...check }]) });
}

describe('a plain page that is led to the login page of a network', () => {
  it('shows by a check that is led to the same host', () => {
    expect(led('http://shop.example/', ['login.hotspots.example'])).toMatchObject({ hop: 1, check: caught.name });
    const byPage = { status: 200, says: '<meta …>', leadsTo: 'https://login.hotspots.example/x' };
    expect(led('http://shop.example/', ['login.hotspots.example'], byPage)?.hop).toBe(1);
  });

  it.each([
    ['the check holds', 'http://shop.example/', { ok: true, status: 200 }],
    ['the check fails otherwise', 'http://shop.example/', { failure: { operation: 'http', code: 'closed', raw: '' } }],
    ['the check is led to somebody else', 'http://shop.example/', { says: 'https://other.example.net/' }],
    ['the check is led to what is no address', 'http://shop.example/', { says: 'nowhere' }],
    ['nobody could read what was asked', 'https://shop.example/', {}],
    ['it is the same site', 'http://www.hotspots.example/', {}],
  ] as const)('is not meant where %s', (_, input, check) => {
    expect(led(input, ['login.hotspots.example'], check as Partial<ReferenceTry>)).toBeNull();
  });

  it('is another site below one public suffix', () => {
    const check = { says: 'https://login.hotspots.co.uk/start' };
    expect(led('http://shop.co.uk/', ['login.hotspots.co.uk'], check)?.hop).toBe(1);
    expect(led('http://www.hotspots.co.uk/', ['login.hotspots.co.uk'], check)).toBeNull();
  });
});
