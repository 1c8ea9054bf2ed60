import { describe, expect, it } from 'vitest';
import type { AroundTrace } from '../../model/facts.js';
import { factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as localFirewall } from '../device/local-firewall.js';
import { cause as noRoute } from '../device/no-route.js';

const ADDRESS = '198.51.100.10';
const silent = failedConnect('connect/timed-out', ADDRESS);
const passed = {
  protocol: 'tcp',
  address: ADDRESS,
  port: 443,
  localPort: 40_000,
  outcome: failure('connect/timed-out', { raw: 'given up' }),
  stoppedBy: null,
  steps: 4,
  seenOut: true,
  seenIn: false,
} as const;
const around: AroundTrace = { ...passed, source: '172.17.0.2', leftAs: '192.168.7.20', forwardingOff: null };
const rule = { backend: 'nft', family: 'ip', table: 'filter', chain: 'FORWARD', handle: 9 } as const;
const dropped = { family: 'ip', table: 'filter', chain: 'FORWARD', kind: 'rule', verdict: 'drop', direction: 'out', rule } as const; // prettier-ignore
const noOne = [
  { kind: 'host', name: 'www.example.net:443', address: '192.0.2.80', port: 443, ok: false, ms: 700 },
] as const;

function facts(trace: Partial<AroundTrace>, more: Parameters<typeof factsOf>[1] = {}) {
  return factsOf('https://198.51.100.10/', {
    'kernel.trace': { flows: [{ ...passed, around: { ...around, ...trace } }] },
    ...more,
  });
}

describe('packets of a container, followed in the network of its machine', () => {
  it('are stopped by a rule there, which is named', () => {
    expect(judge(localFirewall, silent, facts({ stoppedBy: dropped, leftAs: null }))).toMatchObject({
      says: 'proven',
      side: 'this-device',
      culprit: { kind: 'firewall-rule', rule: { table: 'filter', chain: 'FORWARD', handle: 9 } },
      evidence: [{ fact: 'kernel.trace', says: expect.stringContaining('172.17.0.2') as string }],
    });
  });

  it('are not stopped there where the connection failed in another way than the one that was followed', () => {
    const refused = failedConnect('connect/refused', ADDRESS);
    const trace = { stoppedBy: dropped, leftAs: null, outcome: failure('connect/timed-out') };
    expect(judge(localFirewall, refused, facts(trace))).not.toMatchObject({ says: 'proven' });
  });

  it('say nothing of that machine when they have left it under its own address', () => {
    for (const cause of [localFirewall, noRoute])
      expect(judge(cause, silent, facts({}))).not.toMatchObject({ says: 'proven' });
  });

  it('end where the machine passes nothing on, and only then', () => {
    expect(judge(noRoute, silent, facts({ leftAs: null, forwardingOff: 'net.ipv4.ip_forward' }))).toMatchObject({
      says: 'proven',
      culprit: { kind: 'setting', name: 'net.ipv4.ip_forward = 0' },
    });
    for (const trace of [
      { leftAs: null, forwardingOff: null },
      { leftAs: null, forwardingOff: 'net.ipv4.ip_forward', seenIn: true },
      { leftAs: null, forwardingOff: 'net.ipv4.ip_forward', seenOut: false },
    ])
      expect(judge(noRoute, silent, facts(trace))).not.toMatchObject({ says: 'proven' });
  });

  it('get no answer under an address that nobody outside knows: the machine itself does, and nobody else answers', () => {
    const trace = { leftAs: '172.17.0.2', ownTry: 'connected' } as const;
    expect(judge(noRoute, silent, facts(trace, { references: noOne }))).toMatchObject({
      says: 'proven',
      culprit: { kind: 'setting', name: expect.stringContaining('172.17.0.2') as string },
    });
    expect(judge(noRoute, silent, facts(trace))).toMatchObject({ says: 'fits', missing: ['references'] });
  });

  it('may go untranslated where the network knows the way: others answer, or the machine itself is not answered', () => {
    const trace = { leftAs: '172.17.0.2', ownTry: 'connected' } as const;
    const one = [{ ...noOne[0], ok: true }];
    const still = { leftAs: '172.17.0.2', ownTry: failure('connect/timed-out') } as const;
    for (const held of [
      facts(trace, { references: one }),
      facts(still, { references: noOne }),
      facts({ leftAs: '172.17.0.2' }),
    ]) {
      expect(judge(noRoute, silent, held)).not.toMatchObject({ says: 'proven' });
      expect(judge(noRoute, silent, held)).not.toMatchObject({ says: 'fits' });
    }
  });
});
