import { describe, expect, it } from 'vitest';
import type { LeftTry } from '../../model/app-firewall-facts.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FlowTrace } from '../../model/facts.js';
import type { PolicyProgram } from '../../model/policy-facts.js';
import { byIncomingProgram, untoldProgram } from './incoming-program.js';
import { factsOf, failure } from '../names/scene.fixture.js';

const address = '198.51.100.10';
const attempt: FailedAttempt = {
  id: `connect:${address}:443`, stage: 'connect', protocol: 'tcp', host: 'shop.example', address, port: 443, on: null, hop: 0,
  outcome: failure('connect/timed-out'),
}; // prettier-ignore
const flow: FlowTrace = {
  protocol: 'tcp', address, port: 443, localPort: 40_000, outcome: failure('connect/timed-out'), stoppedBy: null, steps: 0,
  seenOut: true, seenIn: false,
}; // prettier-ignore
const program: PolicyProgram = {
  hook: 'tc-ingress',
  id: 7,
  name: 'drop',
  uid: 0,
  at: 'eth0',
  holder: { pid: 9, process: 'agent' },
};
const heard: LeftTry = {
  address,
  port: 443,
  device: 'eth0',
  failure: failure('connect/timed-out'),
  opening: 2,
  frames: 3,
  answers: 2,
};
const route = {
  address,
  type: 'unicast',
  via: null,
  device: 'eth0',
  source: null,
  table: null,
  error: null,
  line: null,
};

function scene(programs: readonly PolicyProgram[], left: readonly LeftTry[] | null, more: Partial<FlowTrace> = {}) {
  return {
    attempts: [],
    facts: factsOf('https://shop.example/', {
      'kernel.trace': { flows: [{ ...flow, ...more }] },
      'device.routes': { choices: [route], defaults: [], rules: [] },
      'device.policies': { group: '/', programs, closed: [] },
      ...(left && { 'connect.left': left }),
    }),
  };
}

describe('a program on the interface', () => {
  it('is proven where the link delivered the answer and nothing came in behind it', () => {
    expect(byIncomingProgram(attempt, scene([program], [heard]))).toMatchObject({
      says: 'proven',
      culprit: { name: 'tc ingress program "drop" on eth0', owner: 'agent' },
    });
  });

  it('is asked for, and innocent where no answer came, or one came in', () => {
    expect(byIncomingProgram(attempt, scene([program], null))).toMatchObject({
      says: 'unknown',
      missing: ['connect.left'],
    });
    expect(byIncomingProgram(attempt, scene([program], [{ ...heard, answers: 0 }]))).toBeNull();
    expect(byIncomingProgram(attempt, scene([program], [heard], { seenIn: true }))).toBeNull();
    expect(byIncomingProgram(attempt, scene([{ ...program, at: 'eth1' }], [heard]))).toBeNull();
    expect(byIncomingProgram(attempt, scene([{ ...program, hook: 'tc-egress' }], [heard]))).toBeNull();
  });

  it('of XDP is not told from silence, and that is said', () => {
    const xdp = { ...program, hook: 'xdp' } as const;
    expect(byIncomingProgram(attempt, scene([xdp], [heard]))).toBeNull();
    expect(untoldProgram(attempt, scene([xdp], null))).toMatch(/XDP program "drop" on eth0 of agent \(process 9\)/);
    expect(untoldProgram(attempt, scene([program], null))).toBeNull();
  });
});
