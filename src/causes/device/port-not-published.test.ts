import { describe, expect, it } from 'vitest';
import type { ContainerFact } from '../../model/container-facts.js';
import type { FlowTrace } from '../../model/facts.js';
import { factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { cause } from './port-not-published.js';

const address = '192.168.7.20';
const refused = failure('connect/refused');

const container = (published: readonly { address: string; port: number }[], state = 'running'): ContainerFact => ({
  id: '1', name: 'shop', service: null, project: null, state, exitCode: null, outOfMemory: false, health: null, pid: 9, mode: 'bridge',
  networks: [], ports: [{ port: 80, protocol: 'tcp', published }], error: null,
}); // prettier-ignore

const own: FlowTrace = {
  protocol: 'tcp', address, port: 8080, localPort: 1, outcome: refused, stoppedBy: null, steps: 3, seenOut: true, seenIn: true, lost: ['NO_SOCKET'],
}; // prettier-ignore
const rule = { backend: 'iptables-nft', family: 'ip', table: 'nat', chain: 'DOCKER', text: '-j DNAT' } as const;
const around = { ...own, source: '172.17.0.2', leftAs: null, forwardingOff: null, leavesOut: rule };

function judged(flow: Partial<FlowTrace>, published = [{ address: '0.0.0.0', port: 8080 }], state = 'running') {
  const facts = factsOf(`${address}:8080`, {
    'device.interfaces': [{ name: 'eth0', index: 2, kind: 'veth', up: true, carrier: true, mtu: 1500, addresses: [{ address, prefix: 24, scope: 'global' }] }], // prettier-ignore
    'device.containers': { socket: '/s', containers: [container(published, state)], networks: [] },
    'kernel.trace': { flows: [{ ...own, ...flow }] },
  });
  return cause.judge({ ...failedConnect('connect/refused', address), port: 8080 }, { facts, attempts: [] });
}

describe('a published port that the machine itself refuses', () => {
  it('is not led to its container, from the machine or from another container', () => {
    expect(judged({})).toMatchObject({ says: 'fits', atMost: 'likely', culprit: { name: 'shop:80' } });
    const { lost: _, ...silent } = own;
    expect(judged({ ...silent, lost: undefined, around } as unknown as FlowTrace)).toMatchObject({ culprit: { rule } });
  });

  it('is another matter where a rule did lead it, so that the container refuses', () => {
    const led = { redirectedBy: rule, lost: undefined } as unknown as FlowTrace;
    expect(judged(led).says).not.toBe('fits');
    expect(judged({ ...led, around: { ...around, redirectedBy: rule } }).says).not.toBe('fits');
    expect(judged({ around: { ...around, leftAs: '172.17.0.2' } }).says).not.toBe('fits');
  });

  it('is another matter where it is published at another port, or the container does not run', () => {
    expect(judged({}, [{ address: '0.0.0.0', port: 8081 }]).says).not.toBe('fits');
    expect(judged({}, [{ address: '0.0.0.0', port: 8080 }], 'exited').says).not.toBe('fits');
  });
});
