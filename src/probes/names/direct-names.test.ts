import { describe, expect, it } from 'vitest';
import { fakeSystem, type ScriptedDatagram } from '../../../test/fake-system.js';
import { facts, configOf, contextOf, run } from './context.fixture.js';
import { askedName, directNames } from './direct-names.js';
import { dnsReply } from './dns-reply.fixture.js';

describe('name.direct', () => {
  const direct = (datagram: (payload: Uint8Array, address: string) => ScriptedDatagram, ...resolvers: string[]) =>
    run(directNames, facts('shop.example', configOf(...resolvers)), {
      datagram: ({ payload, address }) => datagram(payload, address),
    });

  it('asks every resolver for both types and fills in who said what', async () => {
    const result = await direct(
      (payload, address) =>
        address === '192.0.2.54' ? 'refused' : dnsReply(payload, { A: ['198.51.100.10'], ttl: 77 }),
      '192.0.2.53',
      '192.0.2.54',
    );
    if (result.state !== 'known') throw new Error(JSON.stringify(result));
    expect(
      result.value.answers.map(({ resolver, type, failure, addresses }) => [
        resolver,
        type,
        failure?.code ?? 'ok',
        ...addresses,
      ]),
    ).toEqual([
      ['192.0.2.53', 'A', 'ok', '198.51.100.10'],
      ['192.0.2.53', 'AAAA', 'no-data'],
      ['192.0.2.54', 'A', 'refused'],
      ['192.0.2.54', 'AAAA', 'refused'],
    ]);
    expect(result.value.answers[0]).toMatchObject({ ttl: 77, rcode: 'NOERROR', authoritative: false });
    expect(result.value.controls).toBeUndefined();
  });

  it('keeps the zone and the extended error of a "no"', async () => {
    const result = await direct(
      (payload) => dnsReply(payload, { rcode: 3, zone: 'example', error: [15, 'on a list'] }),
      '192.0.2.53',
    );
    expect(result).toMatchObject({
      value: {
        answers: [
          {
            failure: { code: 'nxdomain', from: '192.0.2.53' },
            zone: 'example',
            errors: [{ code: 15, name: 'Blocked', text: 'on a list' }],
          },
          {},
        ],
      },
    });
  });

  it('asks a resolver that declines for something else too', async () => {
    const declines = await direct((payload) => dnsReply(payload, { rcode: 5 }), '192.0.2.53');
    expect(declines).toMatchObject({
      value: {
        answers: [{ failure: { code: 'declined' } }, {}],
        controls: [{ resolver: '192.0.2.53', ok: false, rcode: 'REFUSED' }],
      },
    });
    const filters = await direct(
      (payload) => dnsReply(payload, dnsReply.asksRoot(payload) ? {} : { rcode: 5 }),
      '192.0.2.53',
    );
    expect(filters).toMatchObject({ value: { controls: [{ ok: true }] } });
  });

  it('takes a part of an answer, from one that looks nothing up for others, for no "no"', async () => {
    const partly = await direct((payload) => dnsReply(payload, { recursion: false }), '192.0.2.53');
    expect(partly).toMatchObject({ value: { answers: [{ failure: { code: 'failed' } }, {}] } });
    const vouched = await direct((payload) => dnsReply(payload, { recursion: false, zone: 'example' }), '192.0.2.53');
    expect(vouched).toMatchObject({ value: { answers: [{ failure: { code: 'no-data' } }, {}] } });
  });

  it('calls silence silence, after two tries', async () => {
    const system = fakeSystem({ datagram: () => 'silent' });
    const result = await directNames.gather(
      facts('shop.example', configOf('192.0.2.53')),
      contextOf(system, { family: 4 }),
    );
    expect(result).toMatchObject({ value: { answers: [{ type: 'A', failure: { code: 'timed-out' }, tries: 2 }] } });
  });

  it('keeps who sent an error, and what this device itself refused', async () => {
    const hop = await direct(
      () => ({
        outcome: { operation: 'datagram', code: 'host-unreachable', raw: 'EHOSTUNREACH icmp 3/1', from: '192.0.2.1' },
      }),
      '203.0.113.53',
    );
    expect(hop).toMatchObject({
      value: {
        answers: [
          {
            failure: {
              operation: 'exchange',
              code: 'host-unreachable',
              from: '192.0.2.1',
              raw: 'EHOSTUNREACH icmp 3/1',
            },
          },
          {},
        ],
      },
    });
    expect(await direct(() => 'not-permitted', '203.0.113.53')).toMatchObject({
      value: { answers: [{ failure: { code: 'not-permitted' } }, {}] },
    });
  });

  it('asks for a single label in the first search domain', () => {
    const config = {
      resolvers: [],
      search: ['lan.example', 'b.example'],
      file: { path: '', exists: true, link: null },
      order: [],
    };
    expect(askedName('printer', config)).toBe('printer.lan.example');
    expect(askedName('www.example', config)).toBe('www.example');
  });
});
