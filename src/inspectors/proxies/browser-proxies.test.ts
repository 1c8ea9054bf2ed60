import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, measured } from '../context.fixture.js';
import { proxySettings } from './proxy-settings.js';
import { readFirefox } from './read-browsers.js';
import { readDaemon } from './read-docker.js';

const home = '/home/kim';
const environment = { HOME: home };
const pref = (name: string, value: string | number): string =>
  `user_pref("network.proxy.${name}", ${JSON.stringify(value)});\n`;

async function settingsWith(files: Record<string, string>, root = false) {
  const script = { files, environment, ...(root && { identity: { root: true, uid: 0 } }) };
  const value = await measured(proxySettings, facts('198.51.100.7'), script);
  return {
    ...value,
    said: value.settings.map((one) => `${one.by ?? ''} ${one.name} ${one.server?.host ?? 'none'} ${one.location}`),
  };
}

const profiles = { [`${home}/.mozilla/firefox/profiles.ini`]: '[Profile0]\nPath=abc.default\n' };
const prefs = `${home}/.mozilla/firefox/abc.default/prefs.js`;

describe('proxies of browsers', () => {
  it('are what Firefox is set to use, and nothing that it is not', async () => {
    const manual = `// Mozilla\n${pref('ssl', 'a')}${pref('ssl_port', 3128)}${pref('no_proxies_on', '.corp.example')}`;
    const on = await settingsWith({ ...profiles, [prefs]: manual + pref('type', 1) });
    expect(on.said).toEqual([`Firefox network.proxy.ssl (https) a ${prefs}:2`]);
    expect(on.exempts).toEqual([
      { by: 'Firefox', name: 'network.proxy.no_proxies_on', location: `${prefs}:4`, list: '.corp.example' },
    ]);
    expect((await settingsWith({ ...profiles, [prefs]: manual })).settings).toEqual([]);
    expect((await settingsWith({ ...profiles, [prefs]: pref('type', 0) })).exempts).toMatchObject([{ list: '*' }]);
    const script = pref('type', 2) + pref('autoconfig_url', 'http://u:p@x/pac?key=1');
    expect((await settingsWith({ ...profiles, [prefs]: script })).scripts).toEqual([
      { url: 'http://x/pac', location: `${prefs}:2` },
    ]);
    expect((await settingsWith({ ...profiles, [prefs]: pref('type', 4) })).detects).toEqual([
      { name: 'network.proxy.type', location: `${prefs}:1`, dhcp: false },
    ]);
  });
  it('are what a profile or a policy of Chromium says', async () => {
    const own = `${home}/.config/chromium/Default/Preferences`;
    const profile = (proxy: object) => ({
      [`${home}/.config/chromium/Local State`]: '{}',
      [own]: JSON.stringify({ proxy }),
    });
    const both = await settingsWith(profile({ mode: 'fixed_servers', server: 'http=a:80;https=https://b:81,c:82' }));
    expect(both.said).toEqual([`Chromium proxy.mode http a ${own}`, `Chromium proxy.mode https b ${own}`]);
    expect((await settingsWith(profile({ mode: 'auto_detect' }))).detects).toMatchObject([{ name: 'proxy.mode' }]);
    expect((await settingsWith(profile({ mode: 'system' }))).settings).toEqual([]);
    const policy = '/etc/opt/chrome/policies/managed/p.json';
    const policies = {
      [policy]: JSON.stringify({ ProxySettings: { ProxyMode: 'fixed_servers', ProxyServer: 'd:1' } }),
    };
    expect((await settingsWith(policies)).said).toEqual([`Chrome ProxyMode d ${policy}`]);
    expect((await settingsWith({ ...policies, ...profile({ mode: 'auto_detect' }) }, true)).said).toEqual([
      `Chrome ProxyMode d ${policy}`,
    ]);
    expect((await settingsWith({ [policy]: '{"ProxyMode":"auto_detect"}' })).detects).toHaveLength(1);
  });
  it('that are no files of that kind are nothing', async () => {
    const broken = {
      [`${home}/.config/chromium/Default/Preferences`]: '{"proxy":',
      [`${home}/.config/chromium/Local State`]: '[]',
    };
    expect((await settingsWith(broken)).settings).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => void readFirefox(`user_pref("network.proxy.${text}`, 'f')));
  });
});

describe('proxies of Docker', () => {
  it('are those of the daemon, and those of new containers', async () => {
    const daemon = '{\n "proxies": {\n  "https-proxy": "http://a:1",\n  "no-proxy": ".corp"\n }\n}';
    expect(readDaemon(daemon, 'f')).toEqual({
      written: [{ name: 'https-proxy', location: 'f:3', text: 'http://a:1' }],
      exempts: [{ name: 'no-proxy', location: 'f:4', text: '.corp' }],
    });
    const client = '{"auths":{"x":{"auth":"c2VjcmV0"}},"proxies":{"default":{"httpProxy":"http://u:secret@b:2"}}}';
    const found = await settingsWith({ [`${home}/.docker/config.json`]: client });
    expect(found.said).toEqual([`containers httpProxy b ${home}/.docker/config.json:1`]);
    expect(JSON.stringify(found)).not.toMatch(/secret|c2Vj/);
    for (const bad of ['', '[]', '{"proxies":1}', '{"proxies":{"http-proxy":5}}', '\uFEFF{}'])
      expect(readDaemon(bad, 'f')).toEqual({ written: [], exempts: [] });
  });
});
