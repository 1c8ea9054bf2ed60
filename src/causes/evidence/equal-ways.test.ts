import { describe, expect, it } from 'vitest';
import type { ConnectTry, FactValues, LossSeries } from '../../model/facts.js';
import { connectTry, factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { mayBeOneWayOfSeveral, othersGotThrough } from './equal-ways.js';

const [server, router] = ['198.51.100.10', '203.0.113.1'];
const said = { origin: 'icmp', type: 3, code: 0, from: router } as const;
const turnedAway = connectTry(server, { failure: failure('connect/network-unreachable'), icmp: [said] });

function scene(repeats: number, more: Partial<FactValues> = {}) {
  const facts = factsOf('tcp://shop.example:443', {
    connect: [{ address: server, port: 443, first: turnedAway, repeats: Array<ConnectTry>(repeats).fill(turnedAway) }],
    ...more,
  });
  return { facts, attempts: [] };
}
const attempt = failedConnect('connect/network-unreachable', server);
const counted = (more: Partial<LossSeries>): Partial<FactValues> => ({
  'connect.series': [{ address: server, port: 443, sent: 10, answered: 0, nearest: null, reference: null, ...more }],
});

describe('one of several equal ways', () => {
  it('may be what few connections met', () => {
    expect(mayBeOneWayOfSeveral(attempt, scene(1))).toBe(true);
    expect(mayBeOneWayOfSeveral(attempt, scene(7))).toBe(false);
  });
  it('counts those of a row that were silent or turned away', () => {
    expect(mayBeOneWayOfSeveral(attempt, scene(1, counted({})))).toBe(false);
    expect(mayBeOneWayOfSeveral(attempt, scene(1, counted({ answered: 3, told: said, turnedAway: 3 })))).toBe(false);
  });
  it('is what they met where another connection got through', () => {
    const row = scene(7, counted({ answered: 3, told: said, turnedAway: 2 }));
    expect(othersGotThrough(attempt, row)).toBe(true);
    expect(mayBeOneWayOfSeveral(attempt, row)).toBe(true);
    const traced = scene(7, { path: [{ address: server, port: 443, hops: [], reachedAt: 5 }] });
    expect(mayBeOneWayOfSeveral(attempt, traced)).toBe(true);
  });
  it('is not what the target itself turns away, whoever else gets there', () => {
    const own = connectTry(server, {
      failure: failure('connect/host-unreachable'),
      icmp: [{ ...said, code: 1, from: server }],
    });
    const facts = factsOf('tcp://shop.example:443', {
      connect: [{ address: server, port: 443, first: own, repeats: [own] }],
      path: [{ address: server, port: 443, hops: [], reachedAt: 5 }],
    });
    const turned = failedConnect('connect/host-unreachable', server);
    expect(othersGotThrough(turned, { facts, attempts: [] })).toBe(false);
    expect(mayBeOneWayOfSeveral(turned, { facts, attempts: [] })).toBe(false);
  });
});
