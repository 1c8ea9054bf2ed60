import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { remedy } from './allow-in-browser-policy.js';

const folder = '/etc/chromium/policies/managed';

function ailment(name = 'URLBlocklist: *', location = `${folder}/all.json`, path = '/'): Ailment {
  return {
    target: { scheme: 'https', host: 'shop.example', port: 443, path },
    verdict: { cause: 'browser-policy', culprit: { kind: 'policy', name, owner: 'Chromium', location } },
    facts: {},
  } as unknown as Ailment;
}

const files = (...policies: object[]): never =>
  ({ files: policies.map((one, i) => ({ location: `${folder}/${i}.json`, policies: one })), whyNot: null }) as never;

const entries = (list: readonly string[]): object => ({
  operations: [{ kind: 'own-file', what: { is: 'browser-allow', browser: 'chromium', entries: list } }],
});

describe('an exception in the policies of a browser', () => {
  it('allows this site alone, and says again what was allowed', () => {
    expect(remedy.plan(ailment(), files({ URLBlocklist: ['*'] }))).toMatchObject(
      entries(['https://.shop.example:443']),
    );
    const others = files({ URLBlocklist: ['*'] }, { URLAllowlist: ['a.example'] }, { URLAllowlist: ['b.example'] });
    expect(remedy.plan(ailment(), others)).toMatchObject(entries(['b.example', 'https://.shop.example:443']));
    expect(remedy.plan(ailment(), others)).toHaveProperty('blockLooksRight');
  });

  it('lets a plain page through by HTTPS too, as it is asked for so first', () => {
    const plain = { ...ailment(), target: { scheme: 'http', host: 'shop.example', port: 80, path: '/' } } as never;
    expect(remedy.plan(plain, files({ URLBlocklist: ['*'] }))).toMatchObject(
      entries(['http://.shop.example:80', 'https://.shop.example:443']),
    );
    expect(remedy.plan(plain, files({ URLBlocklist: ['shop.example:80'] }))).toMatchObject(
      entries(['http://.shop.example:80']),
    );
  });

  it('names the page where the block does', () => {
    const path = '/videos/1';
    expect(remedy.plan(ailment('URLBlocklist: shop.example/videos', undefined, path), files({ URLBlocklist: ['shop.example/videos'] }))).toMatchObject(entries([`https://.shop.example:443${path}`])); // prettier-ignore
  });

  it.each([
    [ailment('ProxyMode: fixed_servers'), files(), 'only a list of blocked pages'],
    [ailment('URLBlocklist: *', '/opt/x.json'), files(), 'only a list of blocked pages'],
    [ailment('URLBlocklist: *', '/etc/chromium/policies/recommended/a.json'), files(), 'users may change'],
    [ailment(), { files: [], whyNot: 'zzzz.json would come after' } as never, 'zzzz.json'],
    [ailment(), files({ URLAllowlist: ['a b'] }), 'cannot be said again'],
  ])('is refused: %#', (given, looks, why) => {
    expect(remedy.plan(given, looks)).toEqual({ whyNot: expect.stringContaining(why) as unknown });
  });

  it.each([
    { browser: 'firefox', entries: ['a'] },
    { browser: 'chromium', entries: [] },
    { browser: 'chromium', entries: ['a\n'] },
    { browser: '../chromium', entries: ['a'] },
  ])('its operation refuses %j', (wrong) => {
    expect(() => checkOperation({ kind: 'own-file', what: { is: 'browser-allow', ...wrong } })).toThrow(/not valid/);
  });
});
