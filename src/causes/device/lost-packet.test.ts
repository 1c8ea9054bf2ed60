import { describe, expect, it } from 'vitest';
import type { FlowTrace } from '../../model/facts.js';
import type { AnswerLost } from '../../model/system.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as appPolicy } from './app-policy.js';
import { cause as localFirewall } from './local-firewall.js';

const URL = 'https://198.51.100.10/';
const ADDRESS = '198.51.100.10';
const silent = failedConnect('connect/timed-out', ADDRESS);
const flow: FlowTrace = {
  protocol: 'tcp',
  address: ADDRESS,
  port: 443,
  localPort: 40_000,
  outcome: failure('connect/timed-out', { raw: 'given up' }),
  stoppedBy: null,
  steps: 2,
  seenOut: true,
  seenIn: false,
};
/** `totalRetransmitted` without `retransmitted`: no copy of it left this device. */
const sent = (retransmitted: number) => ({
  segmentsOut: 2,
  segmentsIn: 0,
  retransmitted,
  totalRetransmitted: 1,
  rttUs: 0,
});

function facts(lost: readonly string[] | undefined, retransmitted = 0) {
  const first = connectTry(ADDRESS, { failure: failure('connect/timed-out'), tcp: sent(retransmitted) });
  return factsOf(URL, {
    connect: [{ address: ADDRESS, port: 443, first, repeats: [] }],
    'kernel.trace': { flows: [{ ...flow, ...(lost === undefined ? {} : { lost }) }] },
  });
}

describe('a packet that the kernel throws away behind all rules', () => {
  it('is stopped by the policy of its control group, and by no firewall', () => {
    expect(judge(appPolicy, silent, facts(['BPF_CGROUP_EGRESS']))).toMatchObject({
      says: 'proven',
      culprit: { kind: 'policy' },
    });
    expect(judge(localFirewall, silent, facts(['BPF_CGROUP_EGRESS']))).toMatchObject({ says: 'ruledOut' });
  });

  it('is stopped by a filter of tc', () => {
    expect(judge(localFirewall, silent, facts(['TC_EGRESS']))).toMatchObject({
      says: 'proven',
      culprit: { kind: 'policy', name: expect.stringContaining('tc') as string },
    });
    expect(judge(appPolicy, silent, facts(['TC_EGRESS']))).not.toMatchObject({ says: 'proven' });
  });

  it('is not this one where a copy of it left: then the kernel threw away the answer of a neighbour on this device', () => {
    for (const lost of [['BPF_CGROUP_EGRESS'], ['TC_EGRESS']])
      for (const cause of [appPolicy, localFirewall])
        expect(judge(cause, silent, facts(lost, 1))).not.toMatchObject({ says: 'proven' });
  });

  it('says nothing where the kernel gave no reason, or another one', () => {
    for (const lost of [undefined, [], ['NO_SUCH_REASON']])
      for (const cause of [appPolicy, localFirewall])
        expect(judge(cause, silent, facts(lost))).not.toMatchObject({ says: 'proven' });
  });
});

/** As it was measured: two answers to one connection, the second to the SYN's copy. */
const thrownAway: AnswerLost = { reason: 'SOCKET_FILTER', dropped: 2, groupPrograms: 1 };

function answered(answerLost: AnswerLost | undefined) {
  const first = connectTry(ADDRESS, { failure: failure('connect/timed-out'), tcp: sent(1) });
  const trace = { ...flow, seenIn: true, ...(answerLost && { answerLost }) };
  return factsOf(URL, {
    connect: [{ address: ADDRESS, port: 443, first, repeats: [] }],
    'kernel.trace': { flows: [trace] },
  });
}

describe('an answer that the kernel throws away at our own socket', () => {
  it('is stopped by the policy of our control group, where that has a program on what comes in', () => {
    expect(judge(appPolicy, silent, answered(thrownAway))).toMatchObject({
      says: 'proven',
      culprit: { kind: 'policy', name: expect.stringContaining('receive') as string },
    });
    expect(judge(localFirewall, silent, answered(thrownAway))).toMatchObject({ says: 'ruledOut' });
  });

  it('may be stopped by a security module where the group has none, or cannot be asked: likely at most', () => {
    for (const groupPrograms of [0, null]) {
      const facts = answered({ ...thrownAway, groupPrograms });
      expect(judge(localFirewall, silent, facts)).toMatchObject({ says: 'fits', atMost: 'likely' });
      expect(judge(appPolicy, silent, facts)).not.toMatchObject({ says: 'proven' });
    }
  });

  it('is not this one where nothing was thrown away there', () => {
    for (const lost of [undefined, { ...thrownAway, dropped: 0 }]) {
      expect(judge(appPolicy, silent, answered(lost))).not.toMatchObject({ says: 'proven' });
      expect(judge(localFirewall, silent, answered(lost))).not.toMatchObject({ says: 'proven' });
    }
  });
});
