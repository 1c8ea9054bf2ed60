import { describe, expect, it } from 'vitest';
import { facts, run } from './context.fixture.js';
import { hostsFile, linesFor } from './hosts-file.js';
import { nameConfig } from './name-config.js';
import { hostsOrder } from './name-service-switch.js';
import { parseResolverFile } from './resolver-file.js';

describe('resolv.conf', () => {
  const parse = (text: string) => parseResolverFile(text, '/etc/resolv.conf');
  it('gives resolvers with their lines, as glibc reads them', () => {
    const text =
      '# nameserver 9.9.9.9\n nameserver 192.0.2.9\nnameserver 192.0.2.53 # home\nnameserver\t2001:DB8::53%eth0\nnameserver nonsense\nnameserver 127.1\nnameserver 192.0.2.54\n';
    expect(parse(text).resolvers).toEqual([
      { address: '192.0.2.53', port: 53, location: '/etc/resolv.conf:3' },
      { address: '2001:db8::53%eth0', port: 53, location: '/etc/resolv.conf:4' },
      { address: '127.0.0.1', port: 53, location: '/etc/resolv.conf:6' },
    ]);
  });
  it('falls back to this device, and shows by the location that no line says so', () => {
    expect(parse('search home.arpa\n').resolvers).toEqual([
      { address: '127.0.0.1', port: 53, location: '/etc/resolv.conf' },
    ]);
  });
  it('knows from how many dots on a name is asked for by itself first', () => {
    const file = parse('search a.example\noptions rotate ndots:99\n');
    expect([file.searchAt, file.ndots]).toEqual(['/etc/resolv.conf:1', 15]);
    expect(parse('# options ndots:5\n').ndots).toBeUndefined();
  });

  it('takes the last of search and domain', () => {
    expect(parse('search a.example b.example.\ndomain C.example x\n').search).toEqual(['c.example']);
    expect(parse('domain c.example\nsearch a.example b.example. .\n').search).toEqual(['a.example', 'b.example']);
  });
});

describe('name.config', () => {
  it('knows a missing file from an empty one, and a link', async () => {
    expect(
      await run(nameConfig, facts('shop.example'), { files: { '/etc/resolv.conf': { link: '/run/gone' } } }),
    ).toMatchObject({
      value: { file: { exists: false, link: '/run/gone' }, order: [], resolvers: [{ address: '127.0.0.1' }] },
    });
    expect(
      await run(nameConfig, facts('shop.example'), {
        files: { '/etc/resolv.conf': '', '/etc/nsswitch.conf': 'hosts: files dns\n' },
      }),
    ).toMatchObject({
      value: { file: { exists: true, link: null }, order: ['files', 'dns'] },
    });
  });
  it('takes what the environment says over the file, as glibc does, and names the variable', async () => {
    const files = { '/etc/resolv.conf': 'search a.example\noptions timeout:2 rotate ndots:2\n' };
    const environment = { LOCALDOMAIN: 'B.example c.example.', RES_OPTIONS: 'use-vc timeout:1 ndots:5' };
    const inEnvironment = 'RES_OPTIONS in the environment';
    expect(await run(nameConfig, facts('shop.example'), { files, environment })).toMatchObject({
      value: {
        search: ['b.example', 'c.example'],
        searchAt: 'LOCALDOMAIN in the environment',
        ndots: 5,
        ndotsAt: inEnvironment,
        options: [
          { word: 'rotate', location: '/etc/resolv.conf:2' },
          { word: 'use-vc', location: inEnvironment },
          { word: 'timeout', value: 1, location: inEnvironment },
        ],
      },
    });
  });
  it('takes nothing of it where musl is what looks names up, which reads neither, or where it says nothing known', async () => {
    const conf = { '/etc/resolv.conf': 'search a.example\n' };
    const files = { ...conf, '/proc/self/maps': '7f00-7f01 r-xp 0 00:01 1 /lib/ld-musl-x86_64.so.1\n' };
    const environment = { LOCALDOMAIN: 'b.example', RES_OPTIONS: 'use-vc' };
    const [musl, nothing] = await Promise.all([
      run(nameConfig, facts('shop.example'), { files, environment }),
      run(nameConfig, facts('shop.example'), { files: conf, environment: { RES_OPTIONS: 'debug' } }),
    ]);
    for (const one of [musl, nothing]) {
      expect(one).toMatchObject({ value: { search: ['a.example'], searchAt: '/etc/resolv.conf:1' } });
      expect(one).not.toHaveProperty('value.options');
    }
  });
  it('does not take a file that cannot be read for an empty one', async () => {
    expect(
      await run(nameConfig, facts('shop.example'), { files: { '/etc/resolv.conf': { error: 'EIO' } } }),
    ).toMatchObject({ state: 'skipped' });
  });
  it('takes one that may not be read for empty, as the C library does, and says so', async () => {
    expect(
      await run(nameConfig, facts('shop.example'), { files: { '/etc/resolv.conf': { error: 'EACCES' } } }),
    ).toMatchObject({
      value: {
        file: { exists: true, unreadable: 'EACCES' },
        resolvers: [{ address: '127.0.0.1', location: '/etc/resolv.conf' }],
      },
    });
  });
  it('knows the resolvers that nobody asks', () => {
    const text = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map((one) => `nameserver ${one}\n`).join('');
    const found = parseResolverFile(text, '/etc/resolv.conf');
    expect(found.resolvers).toHaveLength(3);
    expect(found.ignored).toEqual([{ address: '192.0.2.4', port: 53, location: '/etc/resolv.conf:4' }]);
  });
  it('reads nsswitch.conf', () => {
    expect(hostsOrder('# hosts: x\npasswd: files\nhosts:   files mdns4_minimal [NOTFOUND=return] dns # y\n')).toEqual([
      'files',
      'mdns4_minimal',
      'dns',
    ]);
    expect(hostsOrder('')).toEqual([]);
  });
});

describe('the hosts file', () => {
  const text =
    '127.0.0.1 localhost\n# 192.0.2.1 shop.example\n192.0.2.2 Shop.Example # was moved\n192.0.2.3 myshop.example\n192.0.2.4 www.shop.example alias SHOP.example\nnonsense shop.example\nfe80::1%eth0 shop.example\n';
  it('gives the lines of this very name, with their numbers', () => {
    expect(linesFor('shop.example', text, '/etc/hosts')).toEqual([
      { address: '192.0.2.2', location: '/etc/hosts:3', text: '192.0.2.2 Shop.Example # was moved' },
      { address: '192.0.2.4', location: '/etc/hosts:5', text: '192.0.2.4 www.shop.example alias SHOP.example' },
    ]);
  });
  it('counts the lines of a long block list right', () => {
    const long = Array.from({ length: 50_000 }, (_, at) => `0.0.0.0 ads${at}.example`).join('\n');
    expect(linesFor('ads49999.example', long, 'h')[0]?.location).toBe('h:50000');
    expect(linesFor('ads7.example', long, 'h')).toEqual([
      { address: '0.0.0.0', location: 'h:8', text: '0.0.0.0 ads7.example' },
    ]);
  });
  it('is empty when there is none, and skipped when it cannot be read', async () => {
    expect(await run(hostsFile, facts('shop.example'), {})).toMatchObject({ state: 'known', value: [] });
    expect(await run(hostsFile, facts('shop.example'), { files: { '/etc/hosts': { error: 'EACCES' } } })).toMatchObject(
      { state: 'skipped' },
    );
  });
});
