import packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { fakeSystem, type ScriptedDatagram } from '../../../../test/fake-system.js';
import type { DatagramRequest } from '../../../model/system.js';
import type { Facts, FactValues } from '../../../model/facts.js';
import { defaultSettings } from '../../../model/settings.js';
import { configOf, contextOf, facts, known, run } from '../context.fixture.js';
import { dnsReply } from '../dns-reply.fixture.js';
import { authorityNames } from './authority.js';
import { addressesIn } from './caches.js';
import { impostorNames } from './impostor.js';
import { laterNames } from './later.js';
import { seriesNames } from './series.js';
import { uncheckedNames } from './unchecked.js';

const OWN = '203.0.113.53';
const REFERENCE = '192.0.2.53';
const HOST = '192.0.2.80';

const said = (
  resolver: string,
  code?: 'server-failure',
): NonNullable<FactValues['name.reference']>['answers'][number] => ({
  resolver,
  port: 53,
  type: 'A',
  transport: 'udp',
  ms: 1,
  tries: 1,
  addresses: code ? [] : ['198.51.100.10'],
  cnames: [],
  errors: [],
  strangers: 0,
  rcode: code ? 'SERVFAIL' : 'NOERROR',
  ...(code && { failure: { operation: 'exchange', code, raw: 'SERVFAIL' } as const }),
});

const settings = {
  references: { ...defaultSettings.references, resolvers: [REFERENCE], hosts: ['www.example.net:443'] },
};

function asked(code?: 'server-failure'): Facts {
  const of = facts('shop.example', configOf(OWN));
  return {
    ...of,
    'name.direct': known({ name: 'shop.example', answers: [said(OWN, code)] }),
    'name.reference': known({ name: 'shop.example', answers: [said(REFERENCE, code)] }),
    'device.routes': known({ choices: [], defaults: [], rules: [] }),
    references: known([
      { kind: 'host', name: 'www.example.net:443', address: HOST, port: 443, ok: true, ms: 1 },
      { kind: 'host', name: 'inside', address: '10.0.0.1', port: 443, ok: true, ms: 1 },
      { kind: 'host', name: 'itself', address: REFERENCE, port: 443, ok: true, ms: 1 },
    ] as const),
  };
}

const expired = (from: string) => ({
  outcome: { operation: 'datagram', code: 'host-unreachable', raw: 'EHOSTUNREACH' } as const,
  icmp: [{ origin: 'icmp', type: 11, code: 0, from } as const],
});

describe('name.impostor', () => {
  it('asks web servers outside, no resolver and nothing inside', async () => {
    const sent: DatagramRequest[] = [];
    const datagram = (request: DatagramRequest): ScriptedDatagram => {
      sent.push(request);
      return 'refused';
    };
    const result = await run(impostorNames, asked(), { datagram }, { settings });
    expect(result).toMatchObject({
      state: 'known',
      value: { hosts: [{ address: HOST, failure: { code: 'refused' } }] },
    });
    expect(sent.filter(({ ttl }) => ttl === undefined).map(({ address }) => address)).toEqual([HOST]);
    const counts = sent.map(({ address }) => sent.filter((other) => other.address === address).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(12);
  });

  it('takes the addresses of the settings where there are some', async () => {
    const own = { references: { ...settings.references, noDns: ['198.51.100.7'] } };
    const result = await run(impostorNames, asked(), { datagram: () => 'silent' }, { settings: own });
    expect(result).toMatchObject({ value: { hosts: [{ address: '198.51.100.7', failure: { code: 'timed-out' } }] } });
  });

  it('finds who answers nearer than the resolver is', async () => {
    const datagram = ({ address, port, payload, ttl }: DatagramRequest): ScriptedDatagram => {
      if (ttl === undefined) return dnsReply(payload, { rcode: 3 });
      if (port === 53 && ttl >= 2) return dnsReply(payload, { rcode: 3 });
      return address === OWN || port !== 53 ? expired(`203.0.113.${ttl}`) : expired('203.0.113.1');
    };
    const result = await run(impostorNames, asked(), { datagram }, { settings });
    expect(result).toMatchObject({
      value: {
        hosts: [{ address: HOST, answer: { failure: { code: 'nxdomain' } } }],
        near: [{ resolver: OWN, answeredAt: 2, expiredFrom: '203.0.113.2' }, { resolver: REFERENCE }],
      },
    });
  });

  it('takes no garbage for an answer', async () => {
    const datagram = ({ ttl }: DatagramRequest): ScriptedDatagram =>
      ttl === undefined ? 'silent' : new Uint8Array(40);
    const result = await run(impostorNames, asked(), { datagram }, { settings });
    expect(result).toMatchObject({ value: { near: [{ answeredAt: null }, { answeredAt: null }] } });
  });
});

describe('name.series', () => {
  const failed = { operation: 'exchange', code: 'timed-out', raw: 'timeout' } as const;
  const lossy = (code: 'timed-out' | null): Facts => ({
    ...asked(),
    'name.direct': known({ name: 'shop.example', answers: [{ ...said(OWN), ...(code && { failure: failed }) }] }),
    'name.system': known({ addresses: ['198.51.100.10'] }),
  });

  it('counts the questions that are answered', async () => {
    let sent = 0;
    const datagram = ({ payload }: DatagramRequest): ScriptedDatagram =>
      ++sent % 4 === 0 ? dnsReply(payload, { rcode: 3 }) : sent % 4 === 1 ? new Uint8Array(12) : 'silent';
    const result = await run(seriesNames, lossy('timed-out'), { datagram }, { settings });
    expect(result).toMatchObject({ state: 'known', value: [{ address: OWN, sent: 10, answered: 2 }] });
  });

  it('is not asked where no question was silent, nor on this computer itself', () => {
    const context = contextOf(fakeSystem());
    expect(seriesNames.when?.(lossy('timed-out'), context)).toBeNull();
    expect(seriesNames.when?.(lossy(null), context)).toContain('was silent');
    const stub = { ...lossy('timed-out'), ...configOf('127.0.0.53') };
    expect(seriesNames.when?.(stub, context)).toContain('was silent');
  });
});

describe('name.later', () => {
  it('sees the time run down, and what the server calls itself', async () => {
    let ttl = 300;
    const datagram = ({ payload }: DatagramRequest): ScriptedDatagram => {
      const [question] = packet.decode(Buffer.from(payload)).questions ?? [];
      if (question?.type === 'TXT') {
        const reply = packet.encode({
          type: 'response',
          id: packet.decode(Buffer.from(payload)).id ?? 0,
          flags: 0,
          questions: [question],
          answers: [{ type: 'TXT', name: question.name, class: 'CH', ttl: 0, data: 'dnsmasq-2.89' }],
        });
        return new Uint8Array(reply);
      }
      return dnsReply(payload, { A: ['198.51.100.10'], ttl: ttl-- });
    };
    const result = await run(laterNames, asked(), { datagram });
    expect(result).toMatchObject({
      value: { resolvers: [{ resolver: OWN, first: { ttl: 300 }, second: { ttl: 299 }, software: 'dnsmasq-2.89' }] },
    });
  });
});

describe('name.unchecked', () => {
  const checkingDisabled = (payload: Uint8Array): boolean => ((payload[3] ?? 0) & 0x10) !== 0;

  it('asks those that failed not to check', async () => {
    const datagram = ({ payload }: DatagramRequest): ScriptedDatagram =>
      dnsReply(payload, checkingDisabled(payload) ? { A: ['198.51.100.10'] } : { rcode: 2 });
    const result = await run(uncheckedNames, asked('server-failure'), { datagram }, { settings });
    expect(result).toMatchObject({
      value: {
        answers: [
          { resolver: OWN, answer: { addresses: ['198.51.100.10'] } },
          { resolver: REFERENCE, answer: { addresses: ['198.51.100.10'] } },
        ],
      },
    });
  });

  it('asks nobody where nobody failed', () => {
    expect(uncheckedNames.when?.(asked(), undefined as never)).toBe('no resolver said that it failed');
  });
});

describe('name.authority', () => {
  const PARENT = '198.51.100.1';
  const SERVER = '198.51.100.2';

  /** Parent and zone in one: what each address knows. */
  function answering(zoneServes: boolean) {
    return ({ address, payload }: DatagramRequest): ScriptedDatagram => {
      const query = packet.decode(Buffer.from(payload));
      const [question] = query.questions ?? [];
      if (!question) return 'silent';
      const { name, type } = question;
      const reply = (fields: Parameters<typeof packet.encode>[0]): Uint8Array =>
        new Uint8Array(
          packet.encode({ type: 'response', id: query.id ?? 0, flags: 0, questions: [question], ...fields }),
        );
      if (address === REFERENCE || address === OWN) {
        if (type === 'NS' && name === 'example')
          return reply({ answers: [{ type: 'NS', name: 'example', ttl: 60, data: 'ns.example' }] });
        if (type === 'A' && name === 'ns.example')
          return reply({ answers: [{ type: 'A', name, ttl: 60, data: PARENT }] });
        return reply({ flags: 2 });
      }
      if (address === PARENT)
        return reply({
          authorities: [{ type: 'NS', name: 'shop.example', ttl: 60, data: 'ns.shop.example' }],
          additionals: [{ type: 'A', name: 'ns.shop.example', ttl: 60, data: SERVER }],
        });
      if (!zoneServes) return reply({ flags: 5 });
      return type === 'A'
        ? reply({ flags: 1024, answers: [{ type: 'A', name, ttl: 60, data: '203.0.113.7' }] })
        : reply({ flags: 1024 });
    };
  }

  it('follows the delegation to the servers of the zone', async () => {
    const result = await run(authorityNames, asked(), { datagram: answering(true) }, { settings });
    expect(result).toMatchObject({
      value: {
        zone: 'shop.example',
        delegatedBy: PARENT,
        servers: [{ name: 'ns.shop.example', address: SERVER, answers: [{ addresses: ['203.0.113.7'] }, {}] }],
      },
    });
    expect(JSON.stringify(result)).not.toContain('lame');
  });

  it('tells of a server that does not serve what it was given', async () => {
    const result = await run(authorityNames, asked(), { datagram: answering(false) }, { settings });
    expect(result).toMatchObject({ value: { servers: [{ address: SERVER, lame: 'REFUSED' }] } });
  });

  it('goes to no address inside because somebody says so', async () => {
    const sent: string[] = [];
    const datagram = (request: DatagramRequest): ScriptedDatagram => {
      sent.push(request.address);
      const reply = answering(true)(request);
      return reply instanceof Uint8Array ? Uint8Array.from(reply) : reply;
    };
    const inside = (request: DatagramRequest): ScriptedDatagram => {
      const query = packet.decode(Buffer.from(request.payload));
      const [question] = query.questions ?? [];
      if (request.address !== PARENT || !question) return datagram(request);
      sent.push(request.address);
      return new Uint8Array(
        packet.encode({
          type: 'response',
          id: query.id ?? 0,
          flags: 0,
          questions: [question],
          authorities: [{ type: 'NS', name: 'shop.example', ttl: 60, data: 'ns.shop.example' }],
          additionals: [{ type: 'A', name: 'ns.shop.example', ttl: 60, data: '192.168.1.1' }],
        }),
      );
    };
    const result = await run(authorityNames, asked(), { datagram: inside }, { settings });
    expect(result).toMatchObject({ value: { servers: [], addressless: ['ns.shop.example'] } });
    expect(sent).not.toContain('192.168.1.1');
  });
});

describe('an answer of nscd', () => {
  const header = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(24);
    for (const [at, value] of values.entries()) bytes.writeInt32LE(value, 4 * at);
    return bytes;
  };

  it('is read', () => {
    const bytes = Buffer.concat([header(2, 1, 1, 4, 0, 0), Buffer.from([198, 51, 100, 10, 2])]);
    expect(addressesIn(bytes)).toEqual(['198.51.100.10']);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['nothing found', header(2, 0, 0, 0, 0, 2)],
    ['of another version', Buffer.concat([header(3, 1, 1, 4, 0, 0), Buffer.alloc(5)])],
    ['cut', Buffer.concat([header(2, 1, 1, 4, 0, 0), Buffer.from([198, 51])])],
    ['with a negative count', header(2, 1, -1, -4, 0, 0)],
    ['with a huge count', header(2, 1, 0x7fffffff, 4, 0, 0)],
    ['with a family that nobody knows', Buffer.concat([header(2, 1, 1, 4, 0, 0), Buffer.from([1, 2, 3, 4, 99])])],
  ])('is nothing when %s', (_name, bytes) => {
    expect(addressesIn(bytes)).toEqual([]);
  });
});
