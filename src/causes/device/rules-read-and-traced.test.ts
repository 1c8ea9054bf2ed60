import { describe, expect, it } from 'vitest';
import type { FlowTrace, KernelTrace } from '../../model/facts.js';
import type { FirewallFact, FirewallLogFact, ModelDecision } from '../../model/firewall-facts.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as localFirewall } from './local-firewall.js';
import { cause as vpnBlocks } from './vpn-blocks.js';

const URL = 'https://198.51.100.10/';
const ADDRESS = '198.51.100.10';
const silent = failedConnect('connect/timed-out', ADDRESS);
const rule = { backend: 'nft', family: 'inet', table: 'guard', chain: 'out', handle: 7, number: 2 } as const;

const flow: FlowTrace = {
  protocol: 'tcp',
  address: ADDRESS,
  port: 443,
  localPort: 40_000,
  outcome: failure('connect/timed-out', { raw: 'given up' }),
  stoppedBy: { ...rule, kind: 'rule', verdict: 'drop', direction: 'out', rule },
  steps: 3,
  seenOut: true,
  seenIn: false,
};
const decision: ModelDecision = {
  protocol: 'tcp',
  address: ADDRESS,
  port: 443,
  direction: 'out',
  verdict: 'drop',
  rule,
  policy: null,
  why: 'rule 2 of chain out, table inet guard',
  owner: null,
  folded: null,
  path: [],
};
const trace = (more: Partial<FlowTrace> = {}): KernelTrace => ({ flows: [{ ...flow, ...more }] });
const read = (...decisions: ModelDecision[]): FirewallFact => ({
  rules: 3,
  tables: [],
  owners: [],
  problems: [],
  decisions,
});
const never = { segmentsOut: 2, segmentsIn: 0, retransmitted: 0, totalRetransmitted: 2, rttUs: 0 };
const first = connectTry(ADDRESS, { failure: failure('connect/timed-out'), tcp: never });
const connect = [{ address: ADDRESS, port: 443, first, repeats: [] }];

const says = (values: Parameters<typeof factsOf>[1]): string[] => {
  const finding = judge(localFirewall, silent, factsOf(URL, values));
  return 'evidence' in finding ? finding.evidence.map((one) => one.says) : [finding.says];
};

describe('the rules as they are read, beside the trace of the kernel', () => {
  it('agree', () => {
    expect(says({ connect, 'kernel.trace': trace(), 'device.firewall': read(decision) })).toEqual([
      'the kernel followed our packet to that rule (inet guard, chain out, handle 7)',
      'reading all rules of this computer gives the same one',
    ]);
  });

  it('lends a rule its text where the chain was too long to list', () => {
    const whole = { ...rule, text: 'tcp dport 443 drop', number: 70_001 };
    const values = { connect, 'kernel.trace': trace(), 'device.firewall': read({ ...decision, rule: whole }) };
    expect(judge(localFirewall, silent, factsOf(URL, values))).toMatchObject({
      says: 'proven',
      culprit: { rule: whole },
    });
  });

  it.each([
    ['another rule', { ...decision, rule: { ...rule, handle: 8 } }],
    ['no rule at all', { ...decision, verdict: 'accept' as const, rule: null }],
  ])('are not believed where they name %s', (_, other) => {
    const values = { connect, 'kernel.trace': trace(), 'device.firewall': read(other) };
    expect(judge(localFirewall, silent, factsOf(URL, values))).toMatchObject({ says: 'proven', culprit: { rule } });
    expect(says(values)[1]).toMatch(/gave another answer .* the kernel is believed/);
  });

  it('are not held against a refusal that came in: what is read is an answer that opens the connection', () => {
    const at = { ...flow.stoppedBy, direction: 'in' as const } as NonNullable<FlowTrace['stoppedBy']>;
    const other = { ...decision, direction: 'in' as const, verdict: 'accept' as const, rule: null };
    const values = { connect, 'kernel.trace': trace({ stoppedBy: at, seenIn: true }), 'device.firewall': read(other) };
    expect(says(values)).toEqual([
      'the kernel followed the answer to our packet to that rule (inet guard, chain out, handle 7)',
    ]);
  });

  it('are not believed where the kernel let the packet pass', () => {
    const passed = { outcome: failure('connect/timed-out'), stoppedBy: null, steps: 2 };
    const finding = judge(
      localFirewall,
      silent,
      factsOf(URL, { 'kernel.trace': trace(passed), 'device.firewall': read(decision) }),
    );
    expect(finding).toMatchObject({ says: 'unknown' });
    expect(finding).toHaveProperty('because', expect.stringContaining('the kernel is believed'));
  });

  it('name a rule of iptables-legacy, which the kernel does not trace', () => {
    const legacy = { ...rule, backend: 'iptables-legacy' as const };
    const passed = { outcome: failure('connect/timed-out'), stoppedBy: null, steps: 0 };
    const values = { connect, 'kernel.trace': trace(passed), 'device.firewall': read({ ...decision, rule: legacy }) };
    expect(judge(localFirewall, silent, factsOf(URL, values))).toMatchObject({
      says: 'fits',
      culprit: { rule: legacy },
    });
  });

  it('are proven where iptables-legacy wrote down our packet at that rule, and at none behind it', () => {
    const legacy = { ...rule, backend: 'iptables-legacy' as const, family: 'ip', table: 'filter', chain: 'OUTPUT' };
    const passed = { outcome: failure('connect/timed-out'), stoppedBy: null, steps: 0 };
    const step = { localPort: 40_000, direction: 'out', table: 'filter', chain: 'OUTPUT', kind: 'rule' } as const;
    const log = (...numbers: number[]): FirewallLogFact => ({
      read: ['kernel log'],
      unread: [],
      blocks: [],
      legacy: numbers.map((number) => ({ ...step, number })),
    });
    const said = (fact: FirewallLogFact): string => {
      const values = { connect, 'kernel.trace': trace(passed), 'device.firewall': read({ ...decision, rule: legacy }) };
      return judge(localFirewall, silent, factsOf(URL, { ...values, 'device.firewallLog': fact })).says;
    };
    expect(said(log(1, 2))).toBe('proven');
    expect(said(log(1, 2, 3))).toBe('fits');
    expect(said(log())).toBe('fits');
  });

  it('are told with what the firewall wrote down', () => {
    const block = { protocol: 'tcp', address: ADDRESS, port: 443, direction: 'out', prefix: '[UFW BLOCK]' } as const;
    const blocks = [{ ...block, count: 214, first: '2026-11-27T09:12:00', last: null, log: '/var/log/ufw.log' }];
    const log = { read: [], unread: [], blocks, legacy: [] };
    expect(says({ connect, 'kernel.trace': trace(), 'device.firewallLog': log })).toContain(
      'the firewall wrote it down 214 times since 2026-11-27T09:12:00 ([UFW BLOCK], /var/log/ufw.log)',
    );
  });

  it('do not count where the packet was sent, or failed in another way', () => {
    const sent = { ...first, tcp: { ...never, retransmitted: 1 } };
    const legacy = { ...decision, rule: { ...rule, backend: 'iptables-legacy' as const } };
    const values = {
      connect: [{ address: ADDRESS, port: 443, first: sent, repeats: [] }],
      'device.firewall': read(legacy),
    };
    expect(judge(localFirewall, silent, factsOf(URL, values))).not.toHaveProperty('culprit');
    const refused = failedConnect('connect/refused', ADDRESS);
    expect(judge(localFirewall, refused, factsOf(URL, { 'device.firewall': read(legacy) }))).not.toHaveProperty(
      'culprit',
    );
  });

  it('tell what a rule carries out', () => {
    const folded = { ...decision, owner: { id: 'mullvad', detail: {} }, folded: { cause: 'vpn-blocks', about: null } };
    const facts = factsOf(URL, { connect, 'device.firewall': read(folded) });
    expect(judge(vpnBlocks, silent, facts)).toMatchObject({ says: 'fits', culprit: { owner: 'mullvad' } });
  });
});
