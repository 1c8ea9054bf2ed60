import { describe, expect, it } from 'vitest';
import { fakeSystem, silentCounters } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import type { Knock, KnockOutcome, LinkAnswer, LinkQuestion, Links } from '../../model/links.js';
import { contextOf, facts, known } from '../names/context.fixture.js';
import { linkOwners } from './link-owners.js';

const A = '02:00:00:00:00:0a';
const B = '02:00:00:00:00:0b';
const first = {
  address: '192.168.7.30',
  port: 443,
  failure: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
  synchronous: false,
  ms: 1,
  localAddress: '192.168.7.20',
  localPort: null,
  icmp: [],
  tcp: silentCounters,
} as const;
const choice = {
  address: first.address,
  type: 'unicast',
  via: null,
  device: 'eth0',
  source: null,
  table: null,
  error: null,
  line: null,
};
const of: Facts = facts('shop.example', {
  connect: known([{ address: first.address, port: 443, first, repeats: [] }]),
  'device.routes': known({ choices: [choice], defaults: [], rules: [] }),
  'device.interfaces': known([
    {
      name: 'eth0',
      index: 7,
      kind: null,
      up: true,
      carrier: true,
      mtu: 1500,
      addresses: [
        { address: '10.0.0.1', prefix: 8, scope: 'global' },
        { address: '192.168.7.20', prefix: 24, scope: 'global' },
      ],
    },
  ]),
});

function linkOf(
  answers: (question: LinkQuestion) => readonly Omit<LinkAnswer, 'ms'>[],
  knock?: (request: Knock) => KnockOutcome,
) {
  const asked: LinkQuestion[] = [];
  const knocks: Knock[] = [];
  const links: Links = {
    whoHas: (question) => {
      asked.push(question);
      return Promise.resolve(answers(question).map((one) => ({ ...one, ms: 1 })));
    },
    knock: (request) => {
      knocks.push(request);
      return Promise.resolve(knock?.(request) ?? 'none');
    },
    leaving: () => Promise.resolve('nobody listens'),
    answers: () => Promise.resolve('nobody listens'),
    routersSay: () => Promise.resolve([]),
  };
  return {
    system: Object.assign(fakeSystem({ files: { '/sys/class/net/eth0/address': `${A}\n` } }), { links }),
    asked,
    knocks,
  };
}
const four = (mac: string) => ({ mac, toProbe: false, override: null });

describe('link.owners', () => {
  it('asks nobody without the right to', () => {
    expect(linkOwners.when?.(of, contextOf(fakeSystem()))).toMatch(/CAP_NET_RAW/);
  });

  it('asks for the target and for the own address, once, and knocks at nobody when one answers', async () => {
    const { system, asked, knocks } = linkOf(({ source }) => (source === null ? [] : [four(B)]));
    expect(await linkOwners.gather(of, contextOf(system))).toMatchObject({
      value: [
        { address: first.address, role: 'target', owners: [{ mac: B, knocks: [] }] },
        { address: '192.168.7.20', role: 'own', owners: [], ownMac: A },
      ],
    });
    expect(asked.map(({ address, source, index }) => [address, source, index])).toEqual([
      [first.address, '192.168.7.20', 7],
      ['192.168.7.20', null, 7],
    ]);
    expect(knocks).toEqual([]);
  });

  it('tells who stands in for others, and knocks at those that do not', async () => {
    const { system, knocks } = linkOf(
      ({ address, source }) => {
        if (address !== first.address) return [];
        return source === null ? [four(A)] : [four(A), four(B), four(A)];
      },
      () => 'refused',
    );
    expect(await linkOwners.gather(of, contextOf(system))).toMatchObject({
      value: [
        {
          owners: [
            { mac: A, own: true, knocks: ['refused', 'refused'] },
            { mac: B, own: false, knocks: [] },
          ],
        },
        {},
      ],
    });
    expect(new Set(knocks.map(({ mac }) => mac))).toEqual(new Set([A]));
  });

  it('knocks at four devices at most', async () => {
    const { system, knocks } = linkOf(({ address }) =>
      address === first.address ? Array.from({ length: 40 }, (_, i) => four(`02:00:00:00:01:${String(i + 10)}`)) : [],
    );
    await linkOwners.gather(of, contextOf(system));
    expect(knocks.length).toBe(8);
  });
});
