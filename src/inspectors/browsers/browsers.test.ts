import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { BrowserPolicy } from '../../model/browser-facts.js';
import { blockingRules } from './blocking-rules.js';
import { lastUsedProfile, readProfile } from './chromium-profile.js';
import { firefoxProfile, readFirefoxProfile } from './firefox-profile.js';
import { policiesFor } from './policies.js';
import { chromiumLike } from './products.js';

const url = new URL('https://shop.example/cart');
const id = 'abcdefghijklmnopabcdefghijklmnop';
const other = 'ponmlkjihgfedcbaponmlkjihgfedcba';
const base = '/home/kim/.config/chromium';

const block = (condition: object, more: object = {}) => ({
  id: 1,
  priority: 1,
  action: { type: 'block' },
  condition,
  ...more,
});
const main = { resourceTypes: ['main_frame'] };

describe('rules of an extension', () => {
  const of = (...rules: unknown[]) => blockingRules([{ location: 'r.json', rules }], url).length;
  it('block the page only where they are about pages, and about this one', () => {
    expect(of(block({ urlFilter: '||shop.example^', ...main }))).toBe(1);
    expect(of(block({ requestDomains: ['example'], ...main }))).toBe(1);
    // Without types a rule is about everything but the page itself.
    expect(of(block({ urlFilter: '||shop.example^' }))).toBe(0);
    expect(of(block({ urlFilter: '||shop.example^', resourceTypes: ['script', 'image'] }))).toBe(0);
    expect(of(block({ urlFilter: '||other.example^', ...main }))).toBe(0);
    expect(of(block({ regexFilter: '.*', ...main }))).toBe(0);
    expect(of(block({ urlFilter: 'shop', excludedRequestDomains: ['shop.example'], ...main }))).toBe(0);
    expect(of(block({ urlFilter: 'shop', requestMethods: ['post'], ...main }))).toBe(0);
  });
  it('yield to one that lets it through, at the same priority or above', () => {
    const allow = { ...block({ urlFilter: 'shop', ...main }), action: { type: 'allow' } };
    expect(of(block({ urlFilter: 'shop', ...main }), allow)).toBe(0);
    expect(of(block({ urlFilter: 'shop', ...main }, { priority: 2 }), allow)).toBe(1);
  });
  it('may be anything', () => {
    expect(of(null, 7, 'x', [], {}, { action: 1, condition: [] }, block({ urlFilter: 5, ...main }))).toBe(0);
    expect(blockingRules([{ location: 'r', rules: { not: 'a list' } }], url)).toEqual([]);
  });
});

describe('a profile of Chromium', () => {
  const manifest = JSON.stringify({
    name: 'Quiet',
    version: '2',
    permissions: ['declarativeNetRequest'],
    declarative_net_request: {
      rule_resources: [
        { id: 'a', enabled: true, path: 'a.json' },
        { id: 'b', enabled: false, path: '/b.json' },
        { id: 'c', enabled: true, path: '../../../../../etc/passwd' },
      ],
    },
  });
  const settings = (one: object) => ({
    extensions: { settings: { [id]: { location: 1, path: `${id}/2_0`, ...one } } },
  });
  const files = (preferences: object, more: Record<string, string> = {}) => ({
    [`${base}/Local State`]: '{"profile":{"last_used":"Profile 1"}}',
    [`${base}/Profile 1/Preferences`]: JSON.stringify(preferences),
    [`${base}/Profile 1/Extensions/${id}/2_0/manifest.json`]: manifest,
    [`${base}/Profile 1/Extensions/${id}/2_0/a.json`]: JSON.stringify([
      block({ urlFilter: '||shop.example^', ...main }),
    ]),
    ...more,
  });
  const read = async (preferences: object, more: Record<string, string> = {}) => {
    const system = fakeSystem({ files: files(preferences, more) });
    const name = await lastUsedProfile(base, system);
    expect(name).toBe('Profile 1');
    const profile = await readProfile('Chromium', null, base, name ?? '', url, system);
    expect(system.asked.reads.filter((path) => !path.startsWith(base))).toEqual([]);
    return profile;
  };

  it('has its extensions that can block, and their rules about the page', async () => {
    const { extensions } = await read(settings({}));
    expect(extensions).toEqual([
      {
        id,
        name: 'Quiet',
        version: '2',
        rights: ['declarativeNetRequest'],
        rules: [{ location: `${base}/Profile 1/Extensions/${id}/2_0/a.json`, id: 1, filter: '||shop.example^' }],
      },
    ]);
  });
  it('without those that are off, are part of the browser, or lead elsewhere', async () => {
    expect((await read(settings({ disable_reasons: [1] }))).extensions).toEqual([]);
    expect((await read(settings({ state: 0 }))).extensions).toEqual([]);
    expect((await read(settings({ location: 5 }))).extensions).toEqual([]);
    expect((await read(settings({ path: '../../../../etc' }))).extensions).toEqual([]);
  });
  it('takes what is broken as that', async () => {
    const torn = { [`${base}/Profile 1/Preferences`]: '{"extensions": {"settings"' };
    expect(await read({}, torn)).toMatchObject({
      extensions: [],
      unreadable: [`${base}/Profile 1/Preferences: no JSON`],
    });
    const broken = { [`${base}/Profile 1/Extensions/${id}/2_0/manifest.json`]: '\u0000\u0001' };
    expect((await read(settings({}), broken)).extensions).toEqual([]);
  });
  it('may send pages through a proxy, by itself or by an extension', async () => {
    const fixed = { mode: 'fixed_servers', server: 'dead.example:9' };
    expect((await read({ proxy: fixed })).proxy).toMatchObject({
      text: 'fixed_servers dead.example:9',
      extension: null,
    });
    const set = { extensions: { settings: { [other]: { location: 1, preferences: { proxy: fixed } } } } };
    expect((await read(set)).proxy).toMatchObject({ extension: other });
    expect((await read({ proxy: { mode: 'system' } })).proxy).toBeNull();
  });
});

describe('policies', () => {
  const said = async (path: string, content: object): Promise<string[]> => {
    const system = fakeSystem({ files: { [path]: JSON.stringify(content) } });
    const found = await policiesFor(chromiumLike, url, system);
    return found.map((one: BrowserPolicy) => `${one.product} ${one.effect} ${one.entry}`);
  };
  const chromium = '/etc/chromium/policies/managed/a.json';
  it.each([
    [['shop.example'], [], ['Chromium blocks shop.example']],
    [['example'], [], ['Chromium blocks example']],
    [['.example'], [], []],
    [['https://*'], [], ['Chromium blocks https://*']],
    [['http://shop.example'], [], []],
    [['shop.example:8443'], [], []],
    [['shop.example/cart'], [], ['Chromium blocks shop.example/cart']],
    [['shop.example/admin'], [], []],
    [['*'], ['shop.example'], ['Chromium allows shop.example']],
    [['shop.example'], ['*'], ['Chromium blocks shop.example']],
    [[''], [], []],
  ])('of Chromium: blocked %j, allowed %j', async (blocked, allowed, expected) => {
    expect(await said(chromium, { URLBlocklist: blocked, URLAllowlist: allowed })).toEqual(expected);
  });
  const inForce = async (files: Record<string, object | string>): Promise<string[]> => {
    const texts = Object.entries(files).map(([name, one]) => [
      `/etc/chromium/policies/${name}`,
      typeof one === 'string' ? one : JSON.stringify(one),
    ]);
    const found = await policiesFor(chromiumLike, url, fakeSystem({ files: Object.fromEntries(texts) }));
    return found.map(
      ({ effect, entry, location }) => `${effect} ${entry} ${location.slice('/etc/chromium/policies/'.length)}`,
    );
  };
  const blocks = (...entries: string[]): object => ({ URLBlocklist: entries });
  // Each was tried on Debian's Chromium 156 (docs/browsers.md).
  it.each([
    ['the last file counts alone', { 'managed/a.json': blocks('shop.example'), 'managed/b.json': blocks('x') }, []],
    [
      'by the bytes of its name',
      { 'managed/B.json': blocks('x'), 'managed/a.json': blocks('shop.example') },
      ['blocks shop.example managed/a.json'],
    ],
    [
      'whatever it ends with',
      { 'managed/a.json': blocks('x'), 'managed/a.json~': blocks('shop.example') },
      ['blocks shop.example managed/a.json~'],
    ],
    ['hidden or not', { 'managed/.h.json': blocks('shop.example') }, ['blocks shop.example managed/.h.json']],
    [
      'a broken one is none',
      { 'managed/a.json': blocks('shop.example'), 'managed/z.json': '{"URLBlocklist": [' },
      ['blocks shop.example managed/a.json'],
    ],
    [
      'comments are none',
      { 'managed/a.json': '// "x"\n{"URLBlocklist": ["shop.example", /* "y" */ ], "u": "http://x" }' },
      ['blocks shop.example managed/a.json'],
    ],
    [
      'what is no list blocks nothing',
      { 'managed/a.json': blocks('shop.example'), 'managed/z.json': { URLBlocklist: 'shop.example' } },
      [],
    ],
    [
      'a recommended one counts too',
      { 'recommended/a.json': blocks('shop.example') },
      ['blocks shop.example recommended/a.json'],
    ],
    ['after one that must be', { 'managed/a.json': blocks('x'), 'recommended/z.json': blocks('shop.example') }, []],
    [
      'also one that allows',
      { 'managed/a.json': blocks('shop.example'), 'recommended/a.json': { URLAllowlist: ['shop.example'] } },
      ['allows shop.example recommended/a.json'],
    ],
    [
      'an allowed list of another file',
      { 'managed/a.json': blocks('*'), 'managed/b.json': { URLAllowlist: ['shop.example'] } },
      ['allows shop.example managed/b.json'],
    ],
    [
      'lists that are joined',
      {
        'managed/a.json': { ...blocks('shop.example'), PolicyListMultipleSourceMergeList: ['URLBlocklist'] },
        'managed/b.json': blocks('x'),
      },
      ['blocks shop.example managed/a.json'],
    ],
    [
      'all lists that are joined',
      {
        'managed/a.json': { ...blocks('shop.example'), PolicyListMultipleSourceMergeList: ['*'] },
        'managed/b.json': blocks('x'),
      },
      ['blocks shop.example managed/a.json'],
    ],
    [
      'never joined with recommended ones',
      {
        'managed/a.json': { ...blocks('x'), PolicyListMultipleSourceMergeList: ['*'] },
        'recommended/b.json': blocks('shop.example'),
      },
      [],
    ],
    [
      'a proxy in two files',
      { 'managed/a.json': { ProxyMode: 'fixed_servers' }, 'managed/b.json': { ProxyServer: 'p:1' } },
      ['proxy fixed_servers p:1 managed/a.json'],
    ],
    [
      'ProxySettings before ProxyMode',
      {
        'managed/a.json': { ProxyMode: 'fixed_servers', ProxyServer: 'p:1' },
        'managed/b.json': { ProxySettings: { ProxyMode: 'system' } },
      },
      [],
    ],
    ['a server without a mode', { 'managed/a.json': { ProxyServer: 'p:1' } }, []],
    [
      'names by HTTPS alone',
      { 'managed/a.json': { DnsOverHttpsMode: 'secure', DnsOverHttpsTemplates: 'https://d.example/q?k=secret' } },
      ['dns secure https://d.example/q managed/a.json'],
    ],
    ['names by HTTPS if it can be', { 'managed/a.json': { DnsOverHttpsMode: 'automatic' } }, []],
  ] as const)('of several files: %s', async (_what, files, expected) => {
    expect(await inForce(files)).toEqual(expected);
  });
  it('set proxies', async () => {
    expect(await said(chromium, { ProxySettings: { ProxyMode: 'fixed_servers', ProxyServer: 'p:1' } })).toEqual([
      'Chromium proxy fixed_servers p:1',
    ]);
  });
  it('of Firefox', async () => {
    const file = '/etc/firefox/policies/policies.json';
    const filter = (block: string[], exceptions: string[] = []) => ({
      policies: { WebsiteFilter: { Block: block, Exceptions: exceptions } },
    });
    expect(await said(file, filter(['*://*.example/*']))).toEqual(['Firefox blocks *://*.example/*']);
    expect(await said(file, filter(['<all_urls>'], ['https://shop.example/*']))).toEqual([
      'Firefox allows https://shop.example/*',
    ]);
    expect(await said(file, filter(['http://shop.example/*', '*://*.shop.example.com/*']))).toEqual([]);
    // A port in it holds for nothing, and the file beside the program counts where this one is missing.
    expect(await said(file, filter(['*://shop.example:443/*']))).toEqual([]);
    expect(await said('/usr/lib/firefox-esr/distribution/policies.json', filter(['<all_urls>']))).toEqual([
      'Firefox blocks <all_urls>',
    ]);
  });
});

describe('a profile of Firefox', () => {
  const directory = '/home/kim/.mozilla/firefox';
  it('is the one that opens by itself, with its extensions and its proxy', async () => {
    const system = fakeSystem({
      files: {
        [`${directory}/profiles.ini`]: '[Profile0]\nPath=old.default\n[Install123]\nDefault=new.default-esr\n',
        [`${directory}/new.default-esr/extensions.json`]: JSON.stringify({
          addons: [
            {
              id: 'x@y',
              type: 'extension',
              active: true,
              version: '3',
              defaultLocale: { name: 'Blocker' },
              userPermissions: { permissions: ['webRequest', 'webRequestBlocking'] },
            },
            { id: 'off', type: 'extension', active: false, userPermissions: { permissions: ['proxy'] } },
          ],
        }),
        [`${directory}/new.default-esr/prefs.js`]:
          'user_pref("network.proxy.type", 1);\nuser_pref("network.proxy.ssl", "p.example");\nuser_pref("network.proxy.ssl_port", 3128);\n',
        [`${directory}/new.default-esr/SiteSecurityServiceState.txt`]: 'example:HSTS\t0\t20000\t1899999999999,1,1\n',
      },
    });
    const name = await firefoxProfile(directory, system);
    expect(name).toBe('new.default-esr');
    expect(await readFirefoxProfile(directory, name ?? '', 'shop.example', system)).toMatchObject({
      extensions: [{ name: 'Blocker', rights: ['webRequest'] }],
      proxy: { text: 'fixed p.example:3128' },
      forcesHttps: { host: 'example' },
    });
  });
});
