import { describe, expect, it } from 'vitest';
import type { FactValues, ReferenceTry } from '../../model/facts.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as internetDown } from './internet-down.js';
import { cause as unreachable } from './unreachable-by-hop.js';

const [ADDRESS, four, six] = ['2001:db8:100::10', '192.168.7.1', '2001:db8:7::1'];
const routes = {
  choices: [],
  defaults: [
    { family: 4, via: four, device: 'eth0', metric: null },
    { family: 6, via: six, device: 'eth0', metric: null },
  ],
  rules: [],
} as const;
const reference = (name: string, from?: string): ReferenceTry => ({
  kind: 'host',
  name,
  address: '192.0.2.80',
  port: 443,
  ok: false,
  failure: { ...failure('connect/timed-out'), ...(from !== undefined && { from }) },
  ms: 900,
});
const gateway: ReferenceTry = { kind: 'gateway', name: six, address: six, port: 9, ok: true, ms: 1 };
const facts = (references: readonly ReferenceTry[], more: Partial<FactValues> = {}) =>
  factsOf('tcp://shop.example:443', {
    connect: [
      {
        address: ADDRESS,
        port: 443,
        first: connectTry(ADDRESS, { failure: failure('connect/timed-out') }),
        repeats: [],
      },
    ],
    path: [{ address: ADDRESS, port: 443, hops: [], reachedAt: null }],
    'device.routes': routes,
    references: [gateway, ...references],
    ...more,
  });
const silent = [reference('a'), reference('b')];
const attempt = failedConnect('connect/timed-out', ADDRESS);

describe('nothing outside that answers', () => {
  it('is not said to be the line alone where a router may just let nothing of this computer out', () => {
    expect(judge(internetDown, attempt, facts(silent))).toMatchObject({
      says: 'fits',
      summary: expect.stringMatching(/is down, or the router lets nothing of this computer out/) as string,
      advice: expect.stringMatching(/another device/) as string,
    });
  });

  it('is the line where a router says that there is no way on', () => {
    const told = [reference('a', four), reference('b')];
    const turned = failedConnect('connect/network-unreachable', ADDRESS);
    expect(judge(internetDown, turned, facts(told))).not.toMatchObject({
      summary: expect.stringMatching(/this computer/) as string,
    });
  });

  it('is doubted of the line where the router says that it is connected', () => {
    const router = { address: four, connection: { status: 'Connected' } } as unknown as FactValues['router'];
    const found = judge(internetDown, attempt, facts(silent, { router }));
    expect(found).toMatchObject({ summary: expect.stringMatching(/^Your router says that it is connected/) as string });
    expect(found).toMatchObject({
      evidence: expect.arrayContaining([expect.objectContaining({ fact: 'router' })]) as [],
    });
  });
});

describe('a router that turns the target away', () => {
  const icmp = [{ origin: 'icmp6', type: 1, code: 0, from: six }] as const;
  const first = connectTry(ADDRESS, { failure: { ...failure('connect/network-unreachable'), from: six }, icmp });
  const connect = [{ address: ADDRESS, port: 443, first, repeats: [] }];
  const turned = failedConnect('connect/network-unreachable', ADDRESS);

  it('is about everything where the same router turns away others at its other address', () => {
    const weightOf = (references: readonly ReferenceTry[]): unknown =>
      (judge(unreachable, turned, facts(references, { connect })) as { weight?: number }).weight;
    expect(weightOf([reference('a', four), reference('b')])).toBe(0.7);
    expect(weightOf([reference('a', '203.0.113.9'), reference('b')])).toBe(0.9);
    expect(weightOf(silent)).toBe(0.9);
  });
});
