import { describe, expect, it } from 'vitest';
import type { FactValues, HopFact, ReferenceTry } from '../../model/facts.js';
import { type Case, holdCases } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { cause as otherNamespace } from '../target/loopback-of-other-namespace.js';
import { cause as portBlocked } from './port-blocked-everywhere.js';
import { circleIn } from './circle.js';
import { cause as loop } from './routing-loop.js';

const ADDRESS = '198.51.100.10';
const URL = 'https://shop.example/';
const silent = failedConnect('connect/timed-out', ADDRESS);
const connected = (more: Parameters<typeof connectTry>[1] = {}): Partial<FactValues> => ({
  connect: [
    { address: ADDRESS, port: 443, first: connectTry(ADDRESS, { failure: silent.outcome, ...more }), repeats: [] },
  ],
});

function asked(address: string, port: number, code: 'timed-out' | 'refused'): ReferenceTry {
  const common = { kind: 'host', name: address, address, port, ms: 1, failure: failure(`connect/${code}`) } as const;
  return { ...common, ok: code === 'refused' };
}
const ports = (...all: ReferenceTry[]): Partial<FactValues> => ({
  references: [{ kind: 'resolver', name: '192.0.2.53:53', address: '192.0.2.53', port: 53, ok: true, ms: 1 }],
  'references.port': all,
});
const frank = [asked('192.0.2.53', 9, 'refused'), asked('192.0.2.80', 9, 'refused')];
const mute = [asked('192.0.2.53', 443, 'timed-out'), asked('192.0.2.80', 443, 'timed-out')];

const way = (...addresses: (string | null)[]): HopFact[] =>
  addresses.map((address, i) => ({
    ttl: i + 1,
    address,
    icmp: address === null ? null : { type: 11, code: 0 },
    ms: 1,
  }));
const path = (hops: HopFact[], reachedAt: number | null = null): Partial<FactValues> => ({
  path: [{ address: ADDRESS, port: 443, hops, reachedAt }],
});
const circle = way(
  '192.168.7.1',
  '203.0.113.1',
  '203.0.113.9',
  '203.0.113.1',
  '203.0.113.9',
  '203.0.113.1',
  '203.0.113.9',
);

const localhost = { ...failedConnect('connect/refused', '127.0.0.1', 'localhost'), port: 8080 };
const here = (own: string[], initial: boolean | undefined, complete = true, found = true): Partial<FactValues> => ({
  'device.listeners': {
    own: ['127.0.0.1'],
    listeners: own.map((address) => ({
      protocol: 'tcp',
      address,
      port: 8080,
      v6only: null,
      process: null,
      pid: null,
      backlog: null,
    })),
  },
  'device.namespaces': {
    inside: null,
    complete,
    ...(initial === undefined ? {} : { initial }),
    listeners: found ? [{ address: '0.0.0.0', port: 8080, pid: 7, process: 'node' }] : [],
  },
});

const c = (
  name: string,
  cause: Case['cause'],
  attempt: Case['attempt'],
  values: Partial<FactValues>,
  says: Case['says'],
  target = URL,
): Case => ({
  name,
  cause,
  attempt,
  facts: factsOf(target, values),
  says,
});

const cases: Case[] = [
  c('nobody was compared', portBlocked, silent, connected(), 'unknown'),
  c(
    'others answer on it',
    portBlocked,
    silent,
    { ...connected(), ...ports(asked('192.0.2.53', 443, 'refused'), ...frank) },
    'ruledOut',
  ),
  c(
    'others are silent on it, and frank about another',
    portBlocked,
    silent,
    { ...connected(), ...ports(...mute, ...frank) },
    'fits',
  ),
  c(
    'others are silent on everything',
    portBlocked,
    silent,
    { ...connected(), ...ports(...mute, asked('192.0.2.53', 9, 'timed-out'), asked('192.0.2.80', 9, 'timed-out')) },
    'unknown',
  ),
  c(
    'only one could be compared',
    portBlocked,
    silent,
    { ...connected(), ...ports(mute[0] as ReferenceTry, ...frank) },
    'unknown',
  ),
  c(
    'it was refused',
    portBlocked,
    failedConnect('connect/refused', ADDRESS),
    { ...connected(), ...ports(...mute, ...frank) },
    'ruledOut',
  ),
  c('the way was not looked at', loop, silent, connected(), 'unknown'),
  c('two routers come again and again', loop, silent, { ...connected(), ...path(circle) }, 'fits'),
  c('the way ends', loop, silent, { ...connected(), ...path(way('192.168.7.1', '203.0.113.1', null)) }, 'ruledOut'),
  c('the way leads there', loop, silent, { ...connected(), ...path(way('192.168.7.1', '203.0.113.1'), 3) }, 'ruledOut'),
  c(
    'a router says that it may not',
    loop,
    silent,
    { ...connected({ icmp: [{ origin: 'icmp', type: 3, code: 13, from: '203.0.113.1' }] }), ...path(circle) },
    'ruledOut',
  ),
  c('nobody looked', otherNamespace, localhost, {}, 'unknown', 'http://localhost:8080/'),
  c('it runs in another namespace', otherNamespace, localhost, here([], false), 'fits', 'http://localhost:8080/'),
  c('it runs here too', otherNamespace, localhost, here(['127.0.0.1'], false), 'ruledOut', 'http://localhost:8080/'),
  c('it runs nowhere', otherNamespace, localhost, here([], true, true, false), 'ruledOut', 'http://localhost:8080/'),
  c(
    'it runs nowhere that can be seen',
    otherNamespace,
    localhost,
    here([], false, false, false),
    'unknown',
    'http://localhost:8080/',
  ),
  c(
    'the target is another computer',
    otherNamespace,
    failedConnect('connect/refused', ADDRESS),
    here([], false),
    'ruledOut',
  ),
];

holdCases('ways, ports and namespaces', cases, {});

describe('a circle', () => {
  it('is several routers that come three times', () => {
    expect(circleIn(circle)).toEqual(['203.0.113.1', '203.0.113.9']);
  });

  it('is one router that comes five times between others that say nothing', () => {
    const one = '203.0.113.6';
    expect(circleIn(way('192.168.7.1', null, one, null, one, null, one, null, one, null, one))).toEqual([one]);
    expect(circleIn(way('192.168.7.1', null, one, null, one, null, one, null, one, null))).toBeNull();
    expect(circleIn(way('192.168.7.1', one, one, one, one, one, one, one))).toBeNull();
  });

  it('is not one that comes back by chance, such as one that answers for all behind it, so often a second', () => {
    const one = '203.0.113.6';
    expect(circleIn(way('192.168.7.1', one, null, one, null, null, one, null, null, null, one, null, one))).toBeNull();
    // A lost answer is a round more.
    expect(circleIn(way('192.168.7.1', one, null, one, null, one, null, null, null, one, null, one))).toEqual([one]);
  });

  it('is not a router that answers twice in a row, nor one that comes back once', () => {
    expect(circleIn(way('192.168.7.1', '192.168.7.1', '203.0.113.1', '203.0.113.1'))).toBeNull();
    expect(circleIn(way('192.168.7.1', '203.0.113.1', '203.0.113.9', '203.0.113.1', null))).toBeNull();
    expect(circleIn([])).toBeNull();
  });
});
