import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../../test/fake-system.js';
import type { Facts } from '../../../model/facts.js';
import type { Context } from '../../../model/gatherer.js';
import { parseTarget } from '../../../model/parse-target.js';
import { defaultOptions, type Options } from '../../../model/settings.js';
import { dnsReply } from '../dns-reply.fixture.js';
import { gatewaysOf } from './gateway-check.js';
import { parseHttpAnswer } from './http-answer.js';
import { references } from './references.js';

function facts(): Facts {
  const parsed = parseTarget('https://shop.example/');
  if (!parsed.ok) throw new Error(parsed.why);
  const at = { state: 'known', at: 0, ms: 0, source: 'test' } as const;
  return {
    target: parsed.target,
    'name.config': {
      ...at,
      value: {
        resolvers: [{ address: '192.168.7.1', port: 53, location: '/etc/resolv.conf:1' }],
        search: [],
        file: { path: '', exists: true, link: null },
        order: [],
      },
    },
    'device.routes': {
      ...at,
      value: { choices: [], defaults: [{ family: 4, via: '192.168.7.1', device: 'eth0', metric: null }], rules: [] },
    },
  };
}

const settings = {
  references: {
    resolvers: ['192.0.2.53', '192.0.2.54'],
    portalChecks: [{ url: 'http://check.example/success.txt', status: 200, body: 'success' }],
    hosts: ['www.example.net:443', '192.0.2.80:443'],
  },
};

async function tries(script: Script, options: Partial<Options> = {}) {
  const system = fakeSystem(script);
  const context: Context = {
    system,
    options: { ...defaultOptions, settings, ...options },
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: facts,
  };
  const result = await references.gather(facts(), context);
  if (result.state !== 'known') throw new Error(JSON.stringify(result));
  return { tries: result.value, system };
}

function answering(answer: string): Duplex {
  return new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      this.push(answer);
      this.push(null);
      done();
    },
  });
}

const resolved: Script['datagram'] = ({ payload, address }) =>
  address === '192.0.2.53' ? dnsReply(payload, { A: ['192.0.2.80'] }) : 'silent';

describe('references', () => {
  it('stop at the first of each kind that is well', async () => {
    const { tries: found, system } = await tries({
      datagram: resolved,
      dial: ({ port }) =>
        port === 9
          ? 'refused'
          : port === 80
            ? answering('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsuccess\n')
            : answering(''),
    });
    expect(found.map(({ kind, name, ok }) => [kind, name, ok])).toEqual([
      ['gateway', '192.168.7.1', true],
      ['resolver', '192.0.2.53:53', true],
      ['host', 'www.example.net:443', true],
      ['portal', 'http://check.example/success.txt', true],
    ]);
    expect(system.asked.datagrams.every(({ address }) => address === '192.0.2.53' || address === '192.0.2.54')).toBe(
      true,
    );
    expect(system.asked.dials.map(({ address, port }) => `${address}:${port}`).toSorted()).toEqual([
      '192.0.2.80:443',
      '192.0.2.80:80',
      '192.168.7.1:9',
    ]);
  });

  it('show a portal by its own answer', async () => {
    const { tries: found } = await tries({
      datagram: resolved,
      dial: ({ port }) =>
        port === 80
          ? answering('HTTP/1.1 302 Found\r\nLocation: http://login.lan/\r\nContent-Length: 0\r\n\r\n')
          : 'silent',
    });
    expect(found.find(({ kind }) => kind === 'portal')).toMatchObject({
      ok: false,
      status: 302,
      says: 'http://login.lan/',
    });
  });

  it('are given up after 1.5 s of silence, and say so', async () => {
    const { tries: found, system } = await tries({
      datagram: () => 'silent',
      dial: () => 'silent',
      lookup: { 'www.example.net': 'silent', 'check.example': 'silent' },
    });
    expect(found.length).toBeGreaterThan(3);
    expect(found.some(({ ok }) => ok)).toBe(false);
    expect(system.clock.now()).toBeLessThan(2_000);
  });

  it('are only gateway and own resolvers where third parties are not to be asked', async () => {
    const { tries: found, system } = await tries(
      {
        datagram: ({ payload }) => dnsReply(payload, {}),
        dial: () => 'silent',
        run: {
          'ip -s neigh show to 192.168.7.1 dev eth0':
            '192.168.7.1 lladdr 02:00:00:00:00:01 ref 1 used 0/1/3 probes 1 REACHABLE\n',
        },
      },
      { references: false },
    );
    expect(found.map(({ kind, ok, says }) => [kind, ok, says])).toEqual([
      ['gateway', true, 'neighbour REACHABLE'],
      ['resolver', true, 'NOERROR'],
    ]);
    expect([...system.asked.dials, ...system.asked.datagrams].every(({ address }) => address === '192.168.7.1')).toBe(
      true,
    );
    expect(system.asked.lookups).toEqual([]);
  });
});

describe('a gateway', () => {
  it('is the one of the routes taken, then the default with the lowest metric', () => {
    const defaults = [
      { family: 4, via: '192.0.2.2', device: 'b', metric: 600 },
      { family: 4, via: '192.0.2.1', device: 'a', metric: 100 },
    ] as const;
    expect(gatewaysOf({ choices: [], defaults, rules: [] }).map(({ address }) => address)).toEqual([
      '192.0.2.1',
      '192.0.2.2',
    ]);
    expect(gatewaysOf(undefined)).toEqual([]);
  });
});

describe('an HTTP answer', () => {
  const parse = (text: string, ended = false) => parseHttpAnswer(Buffer.from(text), ended);
  it('is whole by its length, its chunks or its end', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsucc')).toBeNull();
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess')).toMatchObject({
      status: 200,
      body: 'success',
    });
    expect(
      parse('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsucc\r\n3;x=1\r\ness\r\n0\r\n\r\n'),
    ).toMatchObject({ body: 'success' });
    expect(parse('HTTP/1.0 200 OK\r\n\r\nsuccess')).toBeNull();
    expect(parse('HTTP/1.0 200 OK\r\n\r\nsuccess', true)).toMatchObject({ body: 'success' });
    expect(parse('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, body: '' });
  });
  it('is none when it does not begin like one', () => {
    expect(parse('SSH-2.0-x\r\n')).toBe('not-http');
    expect(parse('HTTP/1.1 abc\r\n\r\n')).toBe('not-http');
    expect(parse('HTT')).toBeNull();
    expect(parse('', true)).toBe('not-http');
  });
});
