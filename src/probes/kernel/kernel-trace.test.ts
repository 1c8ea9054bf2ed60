import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import { fakeTracer, type TraceScript } from '../../../test/fake-tracer.js';
import type { AddressProbe, Facts } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { parseTarget } from '../../model/parse-target.js';
import { defaultOptions } from '../../model/settings.js';
import { kernelTrace } from './kernel-trace.js';

const parsed = parseTarget('198.51.100.10:443');
if (!parsed.ok) throw new Error(parsed.why);
const silent: AddressProbe = {
  address: '198.51.100.10',
  port: 443,
  first: {
    address: '198.51.100.10',
    port: 443,
    failure: { operation: 'connect', code: 'timed-out', raw: 'timeout' },
    synchronous: false,
    ms: 2_000,
    localAddress: '192.0.2.2',
    localPort: 40_000,
    icmp: [],
    tcp: null,
  },
  repeats: [],
};
const facts: Facts = {
  target: parsed.target,
  connect: { state: 'known', value: [silent], at: 0, ms: 2_000, source: 'test' },
};

async function traced(trace: TraceScript, script: Script = {}) {
  const tracer = fakeTracer(trace);
  const system = fakeSystem({ identity: { root: true }, tracer, dial: () => 'silent', ...script });
  const context: Context = {
    system,
    options: defaultOptions,
    signal: new AbortController().signal,
    streams: new Map(),
    remaining: () => 10_000,
    settled: () => Promise.resolve(),
    latest: () => facts,
  };
  const measured = await kernelTrace.gather(facts, context);
  return { measured, value: measured.state === 'known' ? measured.value : null, tracer, system };
}

const drop = {
  family: 'inet',
  table: 'filter',
  chain: 'output',
  kind: 'rule' as const,
  verdict: 'drop',
  direction: 'out' as const,
  rule: { backend: 'nft' as const, family: 'inet', table: 'filter', chain: 'output', handle: 7 },
};
const listing = `table inet filter {
\tchain output { # handle 1
\t\ttype filter hook output priority filter; policy accept;
\t\ttcp dport 22 accept # handle 5
\t\ttcp dport 443 drop comment "kids" # handle 7
\t}
}
`;

describe('the kernel, asked to follow our packet', () => {
  it('names the rule that dropped it, with its text, its place and its comment', async () => {
    const { value, tracer } = await traced(
      { steps: () => [drop] },
      {
        run: (program, args) => (program === 'nft' && args.includes('list') ? { exit: 0, stdout: listing } : undefined),
      },
    );
    expect(value?.flows[0]).toMatchObject({
      outcome: { code: 'timed-out' },
      stoppedBy: {
        verdict: 'drop',
        direction: 'out',
        rule: { handle: 7, number: 2, text: expect.stringContaining('tcp dport 443 drop') },
      },
      comment: 'kids',
    });
    expect(tracer.followed).toMatchObject([{ protocol: 'tcp', address: '198.51.100.10', port: 443 }]);
  });

  it('still names its place where nft is not installed', async () => {
    const { value } = await traced({ steps: () => [drop] });
    expect(value?.flows[0]?.stoppedBy).toMatchObject({ table: 'filter', chain: 'output', rule: { handle: 7 } });
  });

  it('blames no rule when none stopped it', async () => {
    const { value } = await traced({ steps: () => [{ ...drop, verdict: 'accept' }] });
    expect(value?.flows[0]).toMatchObject({ stoppedBy: null, seenOut: true });
  });

  it('says so when the kernel refuses', async () => {
    const { measured } = await traced({ failure: { operation: 'connect', code: 'failed', raw: 'EPERM' } });
    expect(measured).toMatchObject({ state: 'failed', failure: { raw: 'EPERM' } });
  });

  it('leaves no session open, whatever happens', async () => {
    for (const trace of [{ steps: () => [drop] }, { refuses: () => true }, {}]) {
      const { tracer } = await traced(trace);
      expect(tracer.sessionsOpen()).toBe(0);
    }
  });

  it('asks at our own socket why an answer is lost, only where it came in and no rule stopped it', async () => {
    const answerLost = { reason: 'SOCKET_FILTER', dropped: 2, groupPrograms: 1 } as const;
    const came = () => ({ out: true, in: true });
    const { value } = await traced({ seen: came, answerLost });
    expect(value?.flows[0]).toMatchObject({ stoppedBy: null, answerLost });
    const ruled = await traced({ seen: came, steps: () => [drop], answerLost });
    expect(ruled.value?.flows[0]).not.toHaveProperty('answerLost');
    const silence = await traced({ answerLost });
    expect(silence.value?.flows[0]).not.toHaveProperty('answerLost');
  });

  it('asks why this device itself refuses, and not why another one does', async () => {
    const refused: Script = { dial: () => 'refused' };
    const here = await traced(
      { seen: () => ({ out: true, in: true, answeredHere: true }), lost: ['NO_SOCKET'] },
      refused,
    );
    expect(here.value?.flows[0]).toMatchObject({ stoppedBy: null, lost: ['NO_SOCKET'] });
    const there = await traced({ seen: () => ({ out: true, in: true }), lost: ['NO_SOCKET'] }, refused);
    expect(there.value?.flows[0]).not.toHaveProperty('lost');
  });

  it('asks behind the rules why a packet is lost, where no rule stopped it and nothing came back', async () => {
    const { value } = await traced({ lost: ['BPF_CGROUP_EGRESS'] });
    expect(value?.flows[0]).toMatchObject({ stoppedBy: null, lost: ['BPF_CGROUP_EGRESS'] });
    const ruled = await traced({ steps: () => [drop], lost: ['BPF_CGROUP_EGRESS'] });
    expect(ruled.value?.flows[0]).not.toHaveProperty('lost');
    const back = await traced({ seen: () => ({ out: true, in: true }), lost: ['BPF_CGROUP_EGRESS'] });
    expect(back.value?.flows[0]).not.toHaveProperty('lost');
  });
});
