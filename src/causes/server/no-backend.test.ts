import { describe, expect, it } from 'vitest';
import type { VirtualService } from '../../model/facts.js';
import { connectTry, factsOf, failedConnect, failure } from '../names/scene.fixture.js';
import { cause } from './no-backend.js';

const address = '198.51.100.96';
const service = (servers: VirtualService['servers'], more: Partial<VirtualService> = {}): VirtualService => ({
  protocol: 'tcp', address, port: 443, scheduler: 'rr', servers, ...more,
}); // prettier-ignore
const pod = (weight: number) => ({ address: '10.244.0.2', port: 8080, weight });

function judged(services: readonly VirtualService[] | undefined, byReset = false, own = address) {
  const attempt = failedConnect('connect/refused', address);
  const icmp = byReset ? [] : [{ from: address, type: 3, code: 3, info: null, own: true }];
  const first = connectTry(address, { failure: failure('connect/refused'), icmp: icmp as never });
  const facts = factsOf(`https://${address}/`, {
    connect: [{ address, port: 443, first, repeats: [] }],
    'device.listeners': { own: [own], listeners: [] },
    ...(services && { 'device.balancer': services }),
  });
  return cause.judge(attempt, { facts, attempts: [] });
}

describe('a service of IPVS (built from documentation: not run)', () => {
  it('without a server that takes new connections has no backend', () => {
    expect(judged([service([])])).toMatchObject({
      says: 'fits',
      atMost: 'likely',
      culprit: { name: `${address}:443` },
    });
    expect(judged([service([pod(0)])])).toMatchObject({ says: 'fits' });
  });

  it('is asked for first', () => {
    expect(judged(undefined)).toMatchObject({ says: 'unknown', missing: ['device.balancer'] });
  });

  it('with one server that takes them is another matter, as are other ports, addresses and protocols', () => {
    expect(judged([service([pod(0), pod(1)])]).says).not.toBe('fits');
    expect(judged([service([], { port: 80 })]).says).not.toBe('fits');
    expect(judged([service([], { address: '198.51.100.97' })]).says).not.toBe('fits');
    expect(judged([service([], { protocol: 'udp' })]).says).not.toBe('fits');
  });

  it('is no matter where a reset refused it, or the address is of another computer', () => {
    expect(judged([service([])], true).says).not.toBe('fits');
    expect(judged([service([])], false, '192.168.7.20').says).not.toBe('fits');
  });
});
