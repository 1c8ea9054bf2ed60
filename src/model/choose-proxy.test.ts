import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chooseProxy } from './choose-proxy.js';
import { exemptBy } from './no-proxy.js';
import { credentialsOf, parseProxy } from './parse-proxy.js';

describe('a proxy as it is written', () => {
  it.each([
    ['http://proxy.example:3128', 'http proxy.example 3128'],
    ['HTTP://Proxy.Example:3128/', 'http proxy.example 3128'],
    ['proxy.example:3128', 'http proxy.example 3128'],
    ['proxy', 'http proxy 1080 by default'],
    ['https://proxy.example', 'https proxy.example 443 by default'],
    ['socks://192.0.2.7:9050', 'socks4 192.0.2.7 9050'],
    ['socks5h://[2001:db8::1]:1080', 'socks5h 2001:db8::1 1080'],
    ['http://proxy.example:3128/path?x#y', 'http proxy.example 3128'],
    ['http:/proxy.example:3128', 'http proxy.example 3128'],
    ['http://127.1:3128', 'http 127.0.0.1 3128'],
    ['http://0:3128', 'http 0.0.0.0 3128'],
    ['http://user:p%40ss:word@proxy.example:80', 'http proxy.example 80 with a login'],
    ['user@proxy.example', 'http proxy.example 1080 by default with a login'],
    ['http://pa%40ss@proxy.example:1', 'http proxy.example 1 with a login'],
  ])('%s', (text, wanted) => {
    const parsed = parseProxy(text);
    if (!parsed.ok) throw new Error(parsed.why);
    const { scheme, host, port, portGiven, authentication } = parsed.server;
    const said = [scheme, host, port, portGiven ? '' : 'by default', authentication ? 'with a login' : ''];
    expect(said.filter((part) => part !== '').join(' ')).toBe(wanted);
    expect(JSON.stringify(parsed.server)).not.toMatch(/p%40ss|word|pa@ss|user/);
  });

  it.each([
    ['ftp://proxy.example:21', /scheme/],
    ['"http://proxy.example:3128"', /quotation/],
    ['http://', /host is missing/],
    ['http://:3128', /host is missing/],
    ['http://proxy.example:x', /port/],
    ['http://proxy.example:0', /port/],
    ['http://proxy.example:65536', /port/],
    ['http://pro xy:3128', /blank is part/],
    ['http://proxy.example:3128 ', /blank stands/],
    [' ', /nothing but blanks/],
    ['http://proxy.example:3128\r', /Windows/],
    ['http://user:pa@ss@proxy.example:1', /%40/],
    ['http://user:pa#ss@proxy.example:1', /%23/],
    ['http://user:pa/ss@proxy.example:1', /%2F/],
    ['http://$PROXY:3128', /host/],
    ['http://proxy\n:3128', /control/],
    [`http://${'a'.repeat(3000)}`, /long/],
  ])('%s is none', (text, why) => {
    const parsed = parseProxy(text);
    expect(parsed).toMatchObject({ ok: false });
    if (!parsed.ok) expect(parsed.why).toMatch(why);
  });

  it('keeps user and password beside the fact, decoded where they can be', () => {
    const login = (text: string) => {
      const parsed = parseProxy(text);
      return parsed.ok ? credentialsOf(parsed.server) : undefined;
    };
    expect(login('http://kids:p%40ss@proxy')).toEqual({ user: 'kids', password: 'p@ss' });
    expect(login('http://kids:100%@proxy')).toEqual({ user: 'kids', password: '100%' });
    expect(login('http://proxy')).toBeUndefined();
  });

  it('never throws, and never shows what stands before the @', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const parsed = parseProxy(`http://u:Secret-9${a}@${b}`);
        expect(JSON.stringify(parsed)).not.toContain('Secret-9');
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['example.com', 'example.com', 443, true],
  ['example.com', 'www.example.com', 443, true],
  ['.example.com', 'example.com', 443, true],
  ['.example.com', 'www.Example.com', 443, true],
  ['example.com.', 'www.example.com', 443, true],
  ['*.example.com', 'www.example.com', 443, true],
  ['*.example.com', 'example.com', 443, false],
  ['example.com', 'nonexample.com', 443, false],
  ['www.example.com', 'example.com', 443, false],
  ['a, b ,example.com', 'example.com', 443, true],
  ['a b example.com', 'example.com', 443, true],
  ['example.com:8080', 'example.com', 443, false],
  ['example.com:443', 'www.example.com', 443, true],
  ['*', 'anything', 1, true],
  ['a,*', 'anything', 1, false],
  ['192.0.2.7', '192.0.2.7', 80, true],
  ['192.0.2.7:80', '192.0.2.7', 80, true],
  ['192.0.2.7:81', '192.0.2.7', 80, false],
  ['192.0.2.0/24', '192.0.2.7', 80, true],
  ['192.0.2.0/33', '192.0.2.7', 80, false],
  ['192.0.2.0/', '192.0.2.7', 80, false],
  ['.0.2.7', '192.0.2.7', 80, false],
  ['2001:db8::/32', '2001:db8::1', 80, true],
  ['[2001:db8::1]', '2001:db8:0::1', 80, true],
  ['[2001:db8::1]:80', '2001:db8::1', 80, true],
  ['2001:db8::1', '2001:db8::2', 80, false],
  ['', 'example.com', 80, false],
  [',,. ,', 'example.com', 80, false],
])('no_proxy "%s" and %s, port %i: %s', (list, host, port, exempt) => {
  expect(exemptBy(list, host, port) !== null).toBe(exempt);
});

describe('the choice', () => {
  const choice = (scheme: string, environment: Record<string, string>, option: string | null | false = null) => {
    const { setting, exempt } = chooseProxy(
      { scheme, host: 'shop.example', port: 443 },
      (name) => environment[name],
      option,
    );
    return exempt ? `exempt by ${exempt.name} ${exempt.entry}` : setting && `${setting.name} ${setting.server?.host}`;
  };
  it.each([
    ['https', { https_proxy: 'a', HTTPS_PROXY: 'b', all_proxy: 'c' }, 'https_proxy a'],
    ['https', { HTTPS_PROXY: 'b', all_proxy: 'c' }, 'HTTPS_PROXY b'],
    ['https', { https_proxy: '', ALL_PROXY: 'c' }, 'ALL_PROXY c'],
    ['https', { http_proxy: 'a' }, null],
    ['http', { HTTP_PROXY: 'a' }, null],
    ['http', { http_proxy: 'a', HTTP_PROXY: 'b' }, 'http_proxy a'],
    ['wss', { https_proxy: 'a' }, 'https_proxy a'],
    ['ssh', { all_proxy: 'a', https_proxy: 'b' }, null],
    ['https', { https_proxy: 'a', no_proxy: 'shop.example' }, 'exempt by no_proxy shop.example'],
    ['https', { https_proxy: 'a', no_proxy: '', NO_PROXY: '*' }, 'exempt by NO_PROXY *'],
    ['https', { https_proxy: 'a', no_proxy: ' ', NO_PROXY: '*' }, 'https_proxy a'],
    ['https', { https_proxy: 'a', no_proxy: 'other', NO_PROXY: '*' }, 'https_proxy a'],
    ['https', { no_proxy: '*' }, null],
  ])('%s with %j: %s', (scheme, environment, wanted) => {
    expect(choice(scheme, environment)).toBe(wanted);
  });
  it('is first of all what the command line says', () => {
    expect(choice('ssh', { all_proxy: 'a' }, 'b')).toBe('--proxy b');
    expect(choice('https', { https_proxy: 'a' }, false)).toBe(null);
    // As in curl (lib/url.c): no_proxy counts for --proxy too.
    expect(choice('https', { no_proxy: '.example' }, 'b')).toBe('exempt by no_proxy .example');
  });
});
