import { describe, expect, it } from 'vitest';
import { fakeSystem, type ScriptedDial } from '../../../test/fake-system.js';
import type { DialRequest } from '../../model/system.js';
import { contextOf, facts, known } from '../names/context.fixture.js';
import { near } from './near.js';

const TARGET = '198.51.100.10';
const RESOLVER = '203.0.113.53';
const target = facts('shop.example', {
  connect: known([
    {
      address: TARGET,
      port: 80,
      first: {
        address: TARGET,
        port: 80,
        synchronous: false,
        ms: 1,
        localAddress: null,
        localPort: null,
        icmp: [],
        tcp: null,
      },
      repeats: [],
    },
  ]),
  'name.config': known({
    resolvers: [{ address: RESOLVER, port: 53, location: '/etc/resolv.conf:1' }],
    search: [],
    file: { path: '/etc/resolv.conf', exists: true, link: null },
    order: ['dns'],
  }),
});
const expired = (from: string): ScriptedDial => ({
  failure: { operation: 'connect', code: 'host-unreachable', raw: '11/0' },
  icmp: [{ origin: 'icmp', type: 11, code: 0, from }],
});

async function measure(dial: (request: DialRequest) => ScriptedDial) {
  const asked: DialRequest[] = [];
  const system = fakeSystem({
    dial: (request) => {
      asked.push(request);
      return dial(request);
    },
  });
  const result = await near.gather(
    target,
    contextOf(system, {}, () => target),
  );
  return { asked, result };
}

describe('who accepts nearby', () => {
  it('is asked for with controls, and no packet is meant to arrive', async () => {
    const { asked, result } = await measure(({ port, ttl = 64 }) =>
      port === 80 && ttl >= 2 ? {} : expired(`203.0.113.${ttl}`),
    );
    expect(asked.every(({ ttl }) => ttl !== undefined && ttl <= 6)).toBe(true);
    expect(asked.length).toBeLessThan(20);
    if (result.state !== 'known') throw new Error(result.state);
    const { tries } = result.value;
    expect(tries.filter(({ as, opened }) => as === 'control' && !opened).map(({ expiredFrom }) => expiredFrom)).toEqual(
      ['203.0.113.2', '203.0.113.2'],
    );
    const at = ({ url = RESOLVER, as = 'elsewhere' }) => tries.filter((one) => one.address === url && one.as === as);
    expect(at({}).map(({ opened, hopLimit }) => [opened, hopLimit])).toEqual([
      [true, 2],
      [true, 2],
    ]);
    expect(at({ as: 'elsewhere-control' })).toHaveLength(2);
  });

  it('is not looked for elsewhere where nobody accepts, or the server itself is as near', async () => {
    const far = await measure(({ ttl }) => expired(`203.0.113.${ttl ?? 0}`));
    expect(far.asked.every(({ address }) => address === TARGET)).toBe(true);
    const close = await measure(({ port, ttl = 0 }) =>
      ttl < 3 ? expired('203.0.113.1') : port === 80 ? {} : 'refused',
    );
    expect(close.asked.every(({ address }) => address === TARGET)).toBe(true);
  });
});
