import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.js';
import { known } from './observed.js';
import { parseTarget } from './parse-target.js';
import { settingOf } from './choose-proxy.js';
import { otherWays, programWays, wayWords } from './program-proxies.js';
import type { ProxyExemption, ProxyReader, ProxySetting } from './proxy-facts.js';

const proxy = 'http://proxy.test:3128';

function factsOf(url: string, settings: readonly ProxySetting[], exempts: readonly ProxyExemption[] = []): Facts {
  const parsed = parseTarget(url);
  if (!parsed.ok) throw new Error(parsed.why);
  const observed = { ...known({ settings, scripts: [], exempts }, 'files'), at: 0, ms: 0 };
  return { target: parsed.target, 'proxy.settings': observed };
}

const variable = (name: string, text = proxy): ProxySetting => settingOf(name, 'environment', text);
const inFile = (by: ProxyReader, name: string, text: string): ProxySetting => ({
  ...settingOf(name, `/f/${by}:1`, text),
  by,
});
const columns = ['curl', 'wget', 'git', 'pip', 'npm', 'apt', 'programs in Go'];

/**
 * What the programs themselves did on Debian 12, in a network of their own with a proxy that notes who comes: curl 7.88.1,
 * Wget 1.21.3, git 2.39.5, pip's requests 2.31.0, npm 11.19.1, apt 2.6.1, Go 1.26.8. P: by the proxy, D: directly.
 */
const measured: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['http://h.corp.test/', { http_proxy: proxy }, 'P P P P P P P'],
  ['http://h.corp.test/', { HTTP_PROXY: proxy }, 'D D D P P D P'],
  ['https://h.corp.test/', { https_proxy: proxy }, 'P P P P P P P'],
  ['https://h.corp.test/', { HTTPS_PROXY: proxy }, 'P D P P P D P'],
  ['https://h.corp.test/', { http_proxy: proxy }, 'D D D D D P D'],
  ['http://h.corp.test/', { https_proxy: proxy }, 'D D D D P D D'],
  ['http://h.corp.test/', { all_proxy: proxy }, 'P D P P D D D'],
  ['https://h.corp.test/', { ALL_PROXY: proxy }, 'P D P P D D D'],
  ...(
    [
      ['h.corp.test', 'D D D D D D D'],
      ['corp.test', 'D D D D D D D'],
      ['.corp.test', 'D D D D D D D'],
      ['*.corp.test', 'P P P P P P D'],
      ['orp.test', 'P P P D P D P'],
      ['*', 'D P D D P P D'],
      ['h.corp.test:80', 'P P P P P P D'],
      ['h.corp.test:443', 'P P P P P P P'],
      ['a.b, corp.test', 'D D D D D P D'],
      ['a.b corp.test', 'D P D P P P P'],
      ['CORP.TEST', 'D D D D P D D'],
      ['corp.test.', 'D P D P D P P'],
      ['.corp.test.', 'D P D P D P P'],
    ] as const
  ).map(([list, said]) => ['http://h.corp.test/', { http_proxy: proxy, no_proxy: list }, said] as const),
  ['http://h.corp.test/', { http_proxy: proxy, NO_PROXY: 'corp.test' }, 'D P D D D P D'],
  ['http://corp.test/', { http_proxy: proxy, no_proxy: '.corp.test' }, 'D P D D D P P'],
  ['http://corp.test/', { http_proxy: proxy, no_proxy: '*.corp.test' }, 'P P P P P P P'],
  ['http://192.0.2.9/', { http_proxy: proxy, no_proxy: '192.0.2.0/24' }, 'D P D D P P D'],
  ['http://192.0.2.9/', { http_proxy: proxy, no_proxy: '192.0.2.9' }, 'D D D D D D D'],
  ['http://192.0.2.9/', { http_proxy: proxy, no_proxy: '192.0.2.' }, 'P P P P P P P'],
  ['http://[2001:db8::1]/', { http_proxy: proxy, no_proxy: '2001:db8::1' }, 'D D D D P D D'],
  ['http://[2001:db8::1]/', { http_proxy: proxy, no_proxy: '[2001:db8::1]' }, 'P P P P D P P'],
  ['http://localhost:1/', { http_proxy: proxy }, 'P P P P P P D'],
];

describe('the way of each program by variables', () => {
  it.each(measured)('%s with %o: %s', (url, variables, said) => {
    const settings = Object.entries(variables).flatMap(([name, text]) =>
      /no_/i.test(name) ? [] : [variable(name, text)],
    );
    const exempts = Object.entries(variables).flatMap(([name, list]) =>
      /no_/i.test(name) ? [{ name, location: 'environment', list }] : [],
    );
    const ways = new Map(programWays(factsOf(url, settings, exempts)).map((one) => [one.program, one.setting]));
    expect(columns.map((program) => ((ways.get(program) ?? null) === null ? 'D' : 'P')).join(' ')).toBe(said);
  });
});

describe('settings of programs', () => {
  const said = (facts: Facts): string[] =>
    programWays(facts).map((one) => `${one.program}: ${one.setting?.server?.host ?? 'directly'}`);

  it('go before variables, the user’s own last', () => {
    const settings = [
      variable('https_proxy', 'http://env:1'),
      inFile('git', 'http.proxy', 'http://git:1'),
      { ...inFile('git', 'http.proxy', 'http://mine:1'), location: '/home/kim/.gitconfig:2' },
      inFile('npm', 'https-proxy', 'http://npm:1'),
      inFile('npm', 'proxy', 'http://plain:1'),
      inFile('apt', 'Acquire::http::Proxy', 'http://apt:1'),
    ];
    expect(said(factsOf('https://shop.example/', settings))).toEqual([
      'curl: env',
      'git: mine',
      'wget: env',
      'apt: env',
      'pip: env',
      'npm: npm',
      'programs in Go: env',
    ]);
  });
  it('may say that there is none, for all hosts or for some', () => {
    const settings = [variable('https_proxy', 'http://env:1'), inFile('Docker', 'https-proxy', 'http://d:1')];
    const exempts: ProxyExemption[] = [
      { by: 'git', name: 'proxy', location: '/f/git:1', list: '*' },
      { by: 'Docker', name: 'no-proxy', location: '/f/d:2', list: '.example' },
      { by: 'wget', name: 'no_proxy', location: '/f/wget:2', list: 'other.example' },
    ];
    expect(said(factsOf('https://shop.example/', settings, exempts))).toEqual(
      expect.arrayContaining(['git: directly', 'wget: env', 'the Docker daemon: directly']),
    );
  });
  it('that contradict the one in use are told in one line for each way', () => {
    const used = variable('https_proxy', 'http://env:1');
    const settings = [
      used,
      inFile('sessions', 'https_proxy', 'http://later:1'),
      inFile('Firefox', 'network.proxy.ssl (https)', 'http://later:1'),
    ];
    const exempts: ProxyExemption[] = [{ name: 'NO_PROXY', location: 'environment', list: '*.example' }];
    expect(otherWays(factsOf('https://shop.example/', settings, exempts), used).map(wayWords)).toEqual([
      'programs in Go go directly by NO_PROXY ("*.example")',
      'sessions that begin anew and Firefox go through http://later:1 by https_proxy in /f/sessions:1',
    ]);
    expect(otherWays(factsOf('https://shop.example/', [used]), used)).toEqual([]);
    expect(programWays(factsOf('ssh://shop.example', settings, exempts))).toEqual([]);
  });
});
