import { describe, expect, it } from 'vitest';
import type { FactValues, HttpTry, ReferenceTry } from './facts.js';
import { pageInstead } from './page-instead.js';
import { parseTarget } from './parse-target.js';

const known = <T>(value: T) => ({ state: 'known', value, at: 0, ms: 0, source: 'test' }) as const;
const form = (action: string, more = ''): string =>
  `<title>Hello</title>${more}<form action="${action}"><input></form>`;
const portal = 'http://192.168.7.1:8080/welcome';

interface Changes {
  readonly input?: string;
  readonly page?: string;
  readonly answer?: Partial<HttpTry>;
  readonly check?: { readonly [K in keyof ReferenceTry]?: ReferenceTry[K] | undefined } | null;
}

function found({ input = 'http://shop.co.uk/', page = form(portal), answer = {}, check = {} }: Changes) {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  const tries = [
    { address: '198.51.100.10', port: 80, url: input, ms: 1, status: 200, headers: {}, bodyBytes: 3, bodyHead: page, ...answer },
  ]; // prettier-ignore
  const caught = {
    kind: 'portal',
    name: 'http://check.example/',
    address: '192.0.2.1',
    port: 80,
    ok: false,
    status: 200,
    says: form(portal).slice(0, 300),
    leadsTo: portal,
    ms: 1,
  } as const;
  return pageInstead({
    target: parsed.target,
    http: known(tries as unknown as FactValues['http']),
    references: known(check === null ? [] : [{ ...caught, ...check } as ReferenceTry]),
  });
}

describe('a page that is not the site’s own', () => {
  it('leads to the same third host as what came for a check', () => {
    expect(found({})).toMatchObject({ url: portal, check: 'http://check.example/', same: 'link' });
    expect(found({ check: { status: 302, says: `${portal}?from=check`, leadsTo: undefined } })?.same).toBe('link');
  });

  it('is the very one that came for a check, but for the place that one wanted to go to', () => {
    const of = (host: string): string => form('/login', `<p>You wanted to see http://${host}/?x=${host.length}</p>`);
    const check = { says: of('check.example'), leadsTo: undefined };
    expect(found({ page: of('shop.co.uk'), check })).toMatchObject({ url: null, same: 'page' });
    const long = (host: string): string => `${of(host)}${'-'.repeat(600)}`;
    const longCheck = { says: long('check.example').slice(0, 300), leadsTo: undefined };
    expect(found({ page: long('shop.co.uk'), check: longCheck })?.same).toBe('page');
  });

  it.each<[string, Changes]>([
    ['nobody outside was asked', { check: null }],
    ['the check holds', { check: { ok: true, status: 200, says: 'success' } }],
    ['the check failed', { check: { failure: { operation: 'http', code: 'timed-out', raw: '' } } }],
    ['the check is in trouble of its own', { check: { status: 503 } }],
    ['the page leads elsewhere, as a site that is let through', { page: form('https://login.accounts.example/') }],
    ['the page leads to a place of the same site', { page: form('http://login.shop.co.uk/'), check: { leadsTo: 'http://login.shop.co.uk/' } }],
    ['both lead to the check’s own site', { page: form('http://a.check.example/'), check: { leadsTo: 'http://a.check.example/', says: 'x' } }],
    ['one public server gives both', { answer: { address: '192.0.2.1' } }],
    ['the target is in this network', { input: 'http://192.168.7.1/', answer: { address: '192.168.7.1' }, check: { leadsTo: undefined } }],
    ['the check went by another family', { answer: { address: '2001:db8::1' } }],
    ['nobody could change the page', { input: 'https://shop.co.uk/' }],
    ['the page is an error', { answer: { status: 404 } }],
    ['both pages are empty', { page: '', check: { says: '', leadsTo: undefined } }],
  ])('is not meant where %s', (_, changes) => {
    expect(found(changes)).toBeNull();
  }); // prettier-ignore

  it('is not compared where a proxy was asked for it', () => {
    const setting = { server: { scheme: 'http', host: '192.0.2.9', port: 3128 } };
    const parsed = parseTarget('http://shop.co.uk/');
    if (!parsed.ok) throw new Error(parsed.why);
    const all = { target: parsed.target, 'proxy.choice': known({ setting }) } as unknown as Parameters<typeof pageInstead>[0];
    expect(pageInstead(all)).toBeNull();
  }); // prettier-ignore
});
