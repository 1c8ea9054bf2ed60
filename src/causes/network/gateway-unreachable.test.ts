import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { known } from '../names/scene.fixture.js';
import { cause } from './gateway-unreachable.js';

const target = '198.51.100.10';
const failure = {
  operation: 'connect',
  code: 'host-unreachable',
  raw: 'EHOSTUNREACH icmp 3/1',
  from: '192.168.7.20',
} as const;
const attempt = {
  protocol: 'tcp',
  stage: 'connect',
  address: target,
  port: 443,
  hop: 0,
  outcome: failure,
} as unknown as FailedAttempt;
const probe = {
  address: target,
  port: 443,
  failure,
  synchronous: false,
  localAddress: '192.168.7.20',
  ms: 3_082,
  icmp: [{ origin: 'icmp', type: 3, code: 1, from: '192.168.7.20' }],
};
const via = (address: string, router: string) => ({
  address,
  type: 'unicast',
  via: router,
  device: 'eth0',
  source: '192.168.7.20',
  table: null,
  error: null,
  line: 'default',
});
const here = { address: '192.168.7.1', device: 'eth0', state: 'REACHABLE', mac: '02:00:00:00:00:01' };
const gone = { address: '192.168.7.99', device: 'eth0', state: 'FAILED', mac: null };

function judged(neighbours: readonly object[], routers: readonly string[], answers: boolean) {
  const choices = [via(target, '192.168.7.1'), ...routers.map((router) => via('203.0.113.53', router))];
  const gateway = { kind: 'gateway', name: '192.168.7.1', address: '192.168.7.1', port: 9, ok: answers, ms: 1 };
  const facts = {
    'device.routes': known({ choices, defaults: [], rules: [] }),
    'device.neighbours': known(neighbours),
    references: known([gateway]),
    connect: known([{ address: target, port: 443, first: probe, repeats: [] }]),
  };
  return cause.judge(attempt, { facts, attempts: [attempt] } as unknown as Scene);
}

describe('a router that is looked for in vain', () => {
  it('is the other next hop of the line, where the usual one answers', () => {
    expect(judged([here, gone], ['192.168.7.99'], true)).toMatchObject({
      says: 'fits',
      culprit: { address: '192.168.7.99' },
    });
  });

  it('is not known where no line leads by the one that is gone', () => {
    expect(judged([here, gone], [], true)).toMatchObject({ says: 'unknown' });
  });

  it('is the usual one, where that does not answer', () => {
    expect(judged([{ ...gone, address: '192.168.7.1' }, gone], ['192.168.7.99'], false)).toMatchObject({
      says: 'fits',
      culprit: { address: '192.168.7.1' },
    });
  });
});

describe('a router that is silent itself, and known on its link', () => {
  const six = '2001:db8:100::10';
  const own = { address: 'fe80::1', device: 'eth0', state: 'STALE', mac: '02:00:00:00:00:01' };
  const silent = { operation: 'connect', code: 'timed-out', raw: 'timeout' } as const;
  const gateway = {
    kind: 'gateway',
    name: own.address,
    address: own.address,
    port: 9,
    ok: false,
    failure: silent,
    ms: 300,
  };
  const resolver = { kind: 'resolver', name: '192.0.2.53:53', address: '192.0.2.53', port: 53, ok: true, ms: 20 };

  function silence(four: object): string {
    const facts = {
      'device.routes': known({
        choices: [{ ...via(six, own.address) }, via('192.0.2.53', '192.168.7.1')],
        defaults: [],
        rules: [],
      }),
      'device.neighbours': known([own, four]),
      references: known([gateway, resolver]),
      connect: known([
        { address: six, port: 443, first: { ...probe, address: six, failure: silent, icmp: [] }, repeats: [] },
      ]),
      path: known([{ address: six, port: 443, hops: [{ ttl: 1, address: null }] }]),
    };
    const failed = { ...attempt, address: six, outcome: silent } as unknown as FailedAttempt;
    return cause.judge(failed, { facts, attempts: [failed] } as unknown as Scene).says;
  }

  it('may have stopped answering, where another one leads the other family on', () => {
    expect(silence({ ...here, mac: '02:00:00:00:00:02' })).toBe('fits');
  });

  it('is there, where the same one leads questions for names on by the other family', () => {
    expect(silence(here)).toBe('ruledOut');
  });
});
