import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { checkOperation } from '../../operations/all.js';
import { planPastTunnel } from './pass-tunnel.js';

const line = (device: string, via: string | null, metric: number | null = null) => ({ family: 4, device, via, metric });

function ailment(device: string, defaults: readonly object[]): Ailment {
  return {
    facts: {
      target: { host: '198.51.100.10', literal: 4, port: 443 },
      'device.routes': {
        state: 'known',
        value: { choices: [{ address: '198.51.100.10', device }], defaults, rules: [] },
      },
    },
  } as unknown as Ailment;
}

describe('a way beside a tunnel', () => {
  it('is a line for the one address, by the best other gateway', () => {
    const plan = planPastTunnel(ailment('tun0', [line('tun0', null), line('wlan0', '192.0.2.2', 600), line('eth0', '192.0.2.1', 100)])); // prettier-ignore
    expect(plan).toMatchObject({
      operations: [{ kind: 'route-set', family: 4, table: 'main', remove: null, add: { prefix: '198.51.100.10', via: '192.0.2.1', dev: 'eth0' } }], // prettier-ignore
      wider: true,
    });
    if ('operations' in plan)
      for (const operation of plan.operations) expect(checkOperation(operation)).toEqual(operation);
  });

  it.each([
    ['there is no other gateway', 'tun0', [line('tun0', '10.8.0.1')]],
    ['the other way has no gateway', 'tun0', [line('eth0', null)]],
    ['it does not lead into a tunnel', 'eth0', [line('eth0', '192.0.2.1')]],
    ['an interface is only called like one', 'eth-tun', [line('eth0', '192.0.2.1')]],
  ])('is none where %s', (_what, device, defaults) => {
    expect(planPastTunnel(ailment(device, defaults))).toHaveProperty('whyNot');
  });
});
