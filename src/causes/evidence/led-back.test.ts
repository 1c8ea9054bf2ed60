import { describe, expect, it } from 'vitest';
import type { AroundTrace } from '../../model/facts.js';
import { factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { ledBack } from './led-back.js';

const address = '192.168.7.20';
const attempt = { ...failedConnect('connect/timed-out', address), port: 8080 };
const silent = failure('connect/timed-out');
const trace: AroundTrace = {
  protocol: 'tcp', address, port: 8080, localPort: 40_000, outcome: silent, stoppedBy: null, steps: 9, seenOut: true, seenIn: false,
  source: '172.17.0.2', leftAs: '172.17.0.2', forwardingOff: null,
  redirectedBy: { backend: 'iptables-nft', family: 'ip', table: 'nat', chain: 'DOCKER', handle: 8, number: 1, text: '-A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80' },
  ledTo: { address: '172.17.0.2', port: 80, directly: 'connected' },
}; // prettier-ignore

function judged(around: Partial<AroundTrace>, of: Partial<typeof attempt> = {}) {
  const { localPort, outcome, stoppedBy, steps, seenOut, seenIn } = trace;
  const flow = { protocol: 'tcp', address, port: 8080, localPort, outcome, stoppedBy, steps, seenOut, seenIn } as const;
  const own = { name: 'eth0', index: 2, kind: 'veth', up: true, carrier: true, mtu: 1500, addresses: [{ address: '172.17.0.2', prefix: 16, scope: 'global' }] }; // prettier-ignore
  const facts = factsOf(`http://${address}:8080/`, {
    'device.interfaces': [own],
    'kernel.trace': { flows: [{ ...flow, around: { ...trace, ...around } }] },
  });
  return ledBack({ ...attempt, ...of }, { facts, attempts: [] });
}

const to = (place: string, directly: NonNullable<AroundTrace['ledTo']>['directly'] = 'connected') => ({
  ledTo: { address: place, port: 80, ...(directly && { directly }) },
});

describe('a port that is led back to where it was asked', () => {
  it('under the own address of whoever asks is proof, of a neighbour likely', () => {
    expect(judged({})).toMatchObject({ says: 'proven', culprit: { rule: { chain: 'DOCKER' } } });
    expect(judged(to('172.17.0.3'))).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('is another matter where the machine has put its own address in its place', () => {
    expect(judged({ leftAs: '172.17.0.1' })).toBeNull();
  });

  it('is another matter where nobody serves it on the straight way either', () => {
    expect(judged(to('172.17.0.2', failure('connect/refused')))).toBeNull();
    expect(judged(to('172.17.0.3', silent))).toBeNull();
    expect(judged({ ledTo: { address: '172.17.0.2', port: 80 } })).toBeNull();
  });

  it('is another matter where it is led to another network, whose answers come back over the machine', () => {
    expect(judged(to('172.18.0.3'))).toBeNull();
  });

  it('that was not seen to leave is the bridge only where no port of it is in hairpin mode', () => {
    const held = (hairpin?: boolean) => ({ leftAs: null, ledTo: { ...trace.ledTo, address: '172.17.0.2', port: 80, ...(hairpin !== undefined && { hairpin }) } }); // prettier-ignore
    expect(judged(held(false))).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(judged(held(true))).toBeNull();
    expect(judged(held())).toBeNull();
  });

  it('is another matter where a rule stopped it, an answer came, or it was refused', () => {
    const stop = { kind: 'rule', family: 'ip', table: 'filter', chain: 'FORWARD', verdict: 'drop', direction: 'out' } as unknown as AroundTrace['stoppedBy']; // prettier-ignore
    expect(judged({ stoppedBy: stop })).toBeNull();
    expect(judged({ seenIn: true })).toBeNull();
    expect(judged({}, { outcome: failure('connect/refused') })).toBeNull();
    const { redirectedBy: _, ...notLed } = trace;
    expect(judged({ ...notLed, redirectedBy: undefined } as unknown as Partial<AroundTrace>)).toBeNull();
  });
});
