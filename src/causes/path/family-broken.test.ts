import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../../engine/attempts.js';
import type { ConnectTry, FactValues, LossSeries } from '../../model/facts.js';
import { connectTry, factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { cause } from './ipv4-broken.js';
import { cause as ipv6Broken } from './ipv6-broken.js';

const [four, six, router] = ['198.51.100.10', '2001:db8:100::10', '203.0.113.1'];
const turnedAway = connectTry(four, {
  failure: failure('connect/network-unreachable'),
  icmp: [{ origin: 'icmp', type: 3, code: 0, from: router }],
});
const silent = connectTry(four, { failure: failure('connect/timed-out'), ms: 2_000 });
const refused = connectTry(four, { failure: failure('connect/refused') });

function judged(first: ConnectTry, repeats: readonly ConnectTry[] = [], more: Partial<FactValues> = {}) {
  const facts = factsOf('tcp://shop.example:443', {
    connect: [
      { address: six, port: 443, first: connectTry(six), repeats: [] },
      { address: four, port: 443, first, repeats },
    ],
    'name.system': { addresses: [six, four] },
    'device.routes': { choices: [], defaults: [], rules: [] },
    ...more,
  });
  const attempts = attemptsOf(facts);
  const symptom = `connect/${first.failure?.code}`;
  return cause.judge(failedConnect(symptom, four), { facts, attempts });
}
const counted = (sent: number): Partial<FactValues> => ({
  'connect.series': [{ address: four, port: 443, sent, answered: 0, nearest: null, reference: null }],
});

describe('one family that fails', () => {
  it('may be one of several equal ways, until enough connections were tried', () => {
    expect(judged(turnedAway, [turnedAway])).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(judged(silent)).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(judged(turnedAway, Array<ConnectTry>(7).fill(turnedAway))).not.toHaveProperty('atMost');
    expect(judged(silent, [], counted(10))).not.toHaveProperty('atMost');
  });
  it('is not what failed where another connection of that kind got through, or packets get lost by chance', () => {
    const through = { ...counted(10)['connect.series']?.[0], answered: 4 } as LossSeries;
    expect(judged(silent, [], { 'connect.series': [through] }).says).toBe('ruledOut');
    expect(judged(silent, [], { 'name.system': { addresses: [six, four], silentMs: 1_200 } }).says).toBe('unknown');
    const tcp = { segmentsOut: 3, segmentsIn: 2, retransmitted: 0, totalRetransmitted: 1, rttUs: 300 };
    const late = { address: six, port: 443, first: connectTry(six, { tcp }), repeats: [] };
    const own = { address: four, port: 443, first: silent, repeats: [] };
    expect(judged(silent, [], { connect: [late, own] }).says).toBe('unknown');
  });
  it('is no matter of equal ways where the server itself refuses', () => {
    expect(judged(refused)).not.toHaveProperty('atMost');
  });
});

it('says of an address that a translator should serve that the translator is what does not work', () => {
  const said = (address: string, code: 'network-unreachable' | 'refused', from?: string): string => {
    const icmp = from === undefined ? [] : [{ origin: 'icmp6' as const, type: 1, code: 0, from }];
    const tries = { first: connectTry(address, { failure: failure(`connect/${code}`), icmp }), repeats: [] };
    const facts = factsOf('tcp://shop.example:443', {
      connect: [
        { address, port: 443, ...tries },
        { address: four, port: 443, first: connectTry(four), repeats: [] },
      ],
      'name.system': { addresses: [address, four] },
      'device.routes': { choices: [], defaults: [], rules: [] },
    });
    const finding = ipv6Broken.judge(failedConnect(`connect/${code}`, address), { facts, attempts: attemptsOf(facts) });
    return finding.says === 'fits' ? (finding.summary ?? '') : finding.says;
  };
  expect(said('64:ff9b::c633:640a', 'network-unreachable')).toContain('NAT64');
  expect(said('64:ff9b::c633:640a', 'network-unreachable', '2001:db8:1::1')).toContain('NAT64');
  // What a router behind the translator says has come through it.
  expect(said('64:ff9b::c633:640a', 'network-unreachable', '64:ff9b::cb00:7101')).not.toContain('NAT64');
  expect(said('64:ff9b::c633:640a', 'refused')).not.toContain('NAT64');
  expect(said('64:ff9b:1::c633:640a', 'network-unreachable')).not.toContain('NAT64');
  expect(said(six, 'network-unreachable')).not.toContain('NAT64');
});
