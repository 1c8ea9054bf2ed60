import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Script, fakeSystem } from '../../../test/fake-system.js';
import type { Context } from '../../model/gatherer.js';
import { defaultOptions } from '../../model/settings.js';
import { facts, measured } from '../context.fixture.js';
import type { Reader } from './found.js';
import { homePlaces, systemPlaces } from './places.js';
import { proxyChoice } from '../../probes/proxy/proxy-choice.js';
import { desktopProxy } from './desktop.js';
import { proxySettings } from './proxy-settings.js';
import { readApt } from './read-apt.js';
import { readDconf, readGsettings, readKde } from './read-desktop.js';
import { readKeys } from './read-keys.js';
import { readVariables } from './read-variables.js';

const said = (reader: Reader, text: string): string[] =>
  reader(text, 'f').written.map((one) => `${one.location} ${one.name} ${one.text}`);

describe('what files say', () => {
  it('as variables, of shells, pam_env and systemd', () => {
    const text = [
      '# https_proxy=http://comment:1',
      'http_proxy=http://a:1',
      'export HTTPS_PROXY="http://b:2"; export PATH=/bin',
      "  export all_proxy='socks5://c:3' # for all",
      'P=http://d:4',
      'https_proxy=$P',
      'Environment="HTTP_PROXY=http://e:5" "NO_PROXY=localhost"',
      'DefaultEnvironment=ALL_PROXY=f:6',
      'set -gx https_proxy=http://g:7',
      'my_http_proxy=http://h:8',
      'unset http_proxy',
    ].join('\n');
    expect(said(readVariables, text)).toEqual([
      'f:2 http_proxy http://a:1',
      'f:3 HTTPS_PROXY http://b:2',
      'f:4 all_proxy socks5://c:3',
      'f:6 https_proxy http://d:4',
      'f:7 HTTP_PROXY http://e:5',
      'f:8 ALL_PROXY f:6',
      'f:9 https_proxy http://g:7',
    ]);
  });
  it('of apt, flat and in braces', () => {
    const text = [
      'Acquire::http::Proxy "http://a:1";',
      '// Acquire::https::Proxy "http://no:2";',
      'Acquire { /* two',
      'lines */ https { Proxy "http://b:3"; Timeout "5"; };',
      '  http::Proxy::deb.example "DIRECT"; };',
      'APT::Proxy "http://c:4"; # no',
    ].join('\n');
    expect(said(readApt, text)).toEqual([
      'f:1 Acquire::http::Proxy http://a:1',
      'f:4 Acquire::https::Proxy http://b:3',
    ]);
  });
  it('of programs with keys and sections', () => {
    const git = '[user]\n name = x\n[http]\n\tproxy = http://a:1\n[core]\n\tproxy = no\n';
    expect(said(readKeys(['http/proxy']), git)).toEqual(['f:4 proxy http://a:1']);
    expect(said(readKeys(['proxy']), '#proxy=x\nproxy = "b:2"\nproxy=_none_\n')).toEqual(['f:2 proxy b:2']);
  });
  it('of GNOME and KDE, only where they are in force', () => {
    const dconf =
      "[system/proxy]\nmode='manual'\n\n[system/proxy/https]\nhost='a'\nport=8080\n[system/proxy/socks]\nhost='b'\nport=0\n";
    expect(said(readDconf, dconf)).toEqual(['f:5 org.gnome.system.proxy.https http://a:8080']);
    expect(said(readDconf, dconf.replace('manual', 'none'))).toEqual([]);
    const user = [
      "org.gnome.system.proxy mode 'auto'",
      "org.gnome.system.proxy autoconfig-url 'http://pac.example/x.pac'",
      "org.gnome.system.proxy.http host 'a'",
    ];
    expect(readGsettings(user.join('\n'), '').scripts).toEqual([
      { url: 'http://pac.example/x.pac', location: 'GNOME settings' },
    ]);
    const kde = '[Proxy Settings]\nProxyType=1\nhttpsProxy=http://c 3128\nsocksProxy=socks://d 1080\n';
    expect(said(readKde, kde)).toEqual(['f:3 httpsProxy http://c:3128', 'f:4 socksProxy socks5h://d:1080']);
    expect(said(readKde, kde.replace('=1', '=0'))).toEqual([]);
  });
  it('is read without a fault, whatever it is', () => {
    const pieces = ['"', '{', '}', '::', '=', '[', ']', '\n', 'proxy', 'Acquire', 'http_proxy=', '$A', '/*', '//', ' '];
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join('')),
    );
    const readers = [...systemPlaces, ...homePlaces].map(({ reader }) => reader);
    fc.assert(
      fc.property(texts, fc.constantFrom(...readers), (text, reader) => void reader(text, 'f')),
      { numRuns: 3000 },
    );
  });
});

type FakeFiles = NonNullable<Script['files']>;

describe('proxy.settings', () => {
  const files = {
    '/etc/environment': 'http_proxy=http://u:secret@a:1\n',
    '/etc/profile.d/proxy.sh': 'export https_proxy=http://b:2\n',
    '/etc/profile.d/notes.txt': 'export https_proxy=http://no:3\n',
    '/home/kim/.bashrc': 'export https_proxy=http://c:4\n',
  };
  const environment = { HOME: '/home/kim', HTTP_PROXY: 'http://d:5' };
  const where = async (root: boolean, more: FakeFiles = {}): Promise<string[]> => {
    const script = { files: { ...files, ...more }, environment, identity: { root, uid: root ? 0 : 1000 } };
    const value = await measured(proxySettings, facts('198.51.100.7'), script);
    expect(JSON.stringify(value)).not.toContain('secret');
    return value.settings.map((one) => `${one.location} ${one.server?.host}`);
  };
  it('are found with file and line, the environment’s and the user’s own too', async () => {
    expect(await where(false)).toEqual([
      'environment d',
      '/etc/environment:1 a',
      '/etc/profile.d/proxy.sh:1 b',
      '/home/kim/.bashrc:1 c',
    ]);
  });
  it('once, where systemd reads /etc/environment by a link', async () => {
    const link = { '/usr/lib/environment.d/99-environment.conf': { link: '/etc/environment' } };
    const relative = { '/etc/environment.d/90-all.conf': { link: '../environment' } };
    expect(await where(false, { ...link, ...relative })).toEqual(await where(false));
  });
  it('as root without what a user can write', async () => {
    expect(await where(true)).toEqual(['environment d', '/etc/environment:1 a', '/etc/profile.d/proxy.sh:1 b']);
  });
});

describe('each place where a proxy can be set', () => {
  // What a setting looks like there, on its second line; the login is cut off wherever it stands.
  const proxy = 'http://u:secret@proxy.example:3128';
  const written = {
    sessions: `# a\nhttps_proxy=${proxy}\n`,
    services: `[Manager]\nDefaultEnvironment="HTTPS_PROXY=${proxy}"\n`,
    apt: `// a\nAcquire::https::Proxy "${proxy}";\n`,
    dnf: `[main]\nproxy=${proxy}\n`,
    wget: `# a\nhttps_proxy = ${proxy}\n`,
    curl: `# a\nproxy = "${proxy}"\n`,
    git: `[http]\n\tproxy = ${proxy}\n`,
    npm: `; a\nhttps-proxy=${proxy}\n`,
    pip: `[global]\nproxy = ${proxy}\n`,
  } as const;
  const texts: Readonly<Record<string, string>> = {
    ...written,
    Docker: `[Service]\nEnvironment="HTTPS_PROXY=${proxy}"\n`,
    containers: `{"proxies":{"default":{\n"httpsProxy":"${proxy}"}}}\n`,
  };
  const others: Readonly<Record<string, string>> = {
    '/etc/docker/daemon.json': `{"proxies":{\n"https-proxy":"${proxy}"}}\n`,
    kioslaverc: `[Proxy Settings]\nProxyType=1\nhttpsProxy=http://proxy.example 3128\n`,
    dconf: "[system/proxy]\nmode='manual'\n[system/proxy/https]\nhost='proxy.example'\nport=3128\n",
  };
  const all = [
    ...systemPlaces.map((place) => [place.path, place] as const),
    ...homePlaces.map((place) => [`/home/kim/${place.path}`, place] as const),
  ];
  it.each(all)('%s', async (at, { ending, by }) => {
    const path = ending === undefined ? at : `${at}/90-proxy${ending}`;
    const kind = /kioslaverc|dconf/.exec(at)?.[0] ?? at;
    const script = { files: { [path]: others[kind] ?? texts[by] ?? '' }, environment: { HOME: '/home/kim' } };
    const value = await measured(proxySettings, facts('198.51.100.7'), script);
    expect(value.settings.map(({ server, by: whose }) => [server?.host, server?.port, whose])).toEqual([
      ['proxy.example', 3128, by],
    ]);
    expect(value.settings[0]?.location).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}(?::[2-4])?$`));
    expect(JSON.stringify(value)).not.toContain('secret');
  });
});

describe('proxy.choice', () => {
  it('reads no file and runs nothing', async () => {
    const script = { environment: { all_proxy: 'http://u:secret@a:1' } };
    const of = { ...facts('198.51.100.7') };
    const value = await measured(proxyChoice, { target: { ...of.target, scheme: 'https' } }, script);
    expect(value).toEqual({
      setting: {
        name: 'all_proxy',
        location: 'environment',
        server: { scheme: 'http', host: 'a', port: 1, portGiven: true, authentication: true },
      },
    });
  });
});

describe('proxy.desktop', () => {
  const kde =
    '[Proxy Settings]\nProxyType=1\nhttpsProxy=http://u:secret@c 3128\nsocksProxy=socks://d 1080\nNoProxyFor=.intra.example\n';
  const files = { '/home/kim/.config/kioslaverc': kde, '/etc/xdg/kioslaverc': kde.replace('@c', '@e') };
  const session = { HOME: '/home/kim', XDG_CURRENT_DESKTOP: 'KDE' };
  const web = (host: string) => ({ ...facts(host), target: { ...facts(host).target, scheme: 'https' } });

  it('is read in a desktop session, the user’s own file first', async () => {
    const value = await measured(desktopProxy, web('198.51.100.7'), { files, environment: session });
    expect(value.settings.map((one) => `${one.location} ${one.name} ${one.server?.host}`)).toEqual([
      '/home/kim/.config/kioslaverc:3 httpsProxy c',
      '/home/kim/.config/kioslaverc:4 socksProxy d',
    ]);
    expect(value.without).toMatchObject({ name: 'NoProxyFor', list: '.intra.example' });
    expect(JSON.stringify(value)).not.toContain('secret');
  });
  it('may be that one is looked for', async () => {
    const kde3 = { '/home/kim/.config/kioslaverc': '[Proxy Settings]\nProxyType=3\nhttpsProxy=http://c 3128\n' };
    expect(await measured(desktopProxy, web('198.51.100.7'), { files: kde3, environment: session })).toEqual({
      settings: [],
      detect: { name: 'ProxyType', location: '/home/kim/.config/kioslaverc:2', dhcp: true },
    });
    const auto = (url: string) => readDconf(`[system/proxy]\nmode='auto'\nautoconfig-url='${url}'\n`, 'f');
    expect(auto('').detect).toEqual({ name: 'org.gnome.system.proxy mode', location: 'f:2', dhcp: false });
    expect(auto('http://x/pac')).toMatchObject({ scripts: [{ url: 'http://x/pac' }] });
    expect(auto('http://x/pac').detect).toBeUndefined();
    expect(readDconf("[system/proxy]\nmode='none'\n", 'f').detect).toBeUndefined();
  });
  it.each([
    ['root', { identity: { root: true, uid: 0 } }],
    ['no desktop session', { environment: { HOME: '/home/kim' } }],
    ['variables that set another', { environment: { ...session, https_proxy: 'http://x:1' } }],
  ])('is not looked at with %s', (_why, script) => {
    const system = fakeSystem({ files, environment: session, ...script });
    const context = { system, options: defaultOptions } as unknown as Context;
    expect(desktopProxy.when?.(web('198.51.100.7'), context)).toEqual(expect.any(String));
  });
});
