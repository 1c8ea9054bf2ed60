import { describe, expect, it } from 'vitest';
import type { Facts } from '../../model/facts.js';
import { facts, measured } from '../context.fixture.js';
import { arpEntries, deviceNeighbours } from './neighbours.js';

describe('device.neighbours', () => {
  it('keeps the next hops of this diagnosis only', async () => {
    const routes: Partial<Facts> = {
      'device.routes': {
        state: 'known',
        at: 0,
        ms: 0,
        source: 'test',
        value: { choices: [], defaults: [{ family: 4, via: '192.0.2.1', device: 'eth0', metric: null }], rules: [] },
      },
    };
    const found = await measured(deviceNeighbours, facts('198.51.100.7', routes), {
      run: {
        'ip -j neigh show nud all':
          '[{"dst":"192.0.2.1","dev":"eth0","state":["FAILED"]},{"dst":"192.0.2.77","dev":"eth0","lladdr":"02:00:00:00:00:01","state":["REACHABLE"]}]',
      },
    });
    expect(found).toEqual([{ address: '192.0.2.1', device: 'eth0', state: 'FAILED', mac: null }]);
  });
  it('reads /proc/net/arp', () => {
    const text =
      'IP address       HW type     Flags       HW address            Mask     Device\n192.0.2.1        0x1         0x2         02:00:00:00:00:01     *        eth0\n192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0\n';
    expect(arpEntries(text)).toEqual([
      { address: '192.0.2.1', device: 'eth0', state: 'STALE', mac: '02:00:00:00:00:01' },
      { address: '192.0.2.9', device: 'eth0', state: 'INCOMPLETE', mac: null },
    ]);
  });
});
