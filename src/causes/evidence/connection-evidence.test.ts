import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { ConnectTry } from '../../model/facts.js';
import type { ToldError } from '../../model/system.js';
import { saidAtOnceElsewhere, triesOf } from './connection-evidence.js';

const made: ConnectTry = {
  address: '192.0.2.1',
  port: 22,
  failure: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
  synchronous: false,
  ms: 3,
  localAddress: '192.0.2.9',
  localPort: 40_000,
  icmp: [],
  tcp: null,
};
/** As the bound on packets for one address leaves it: no packet, and at once. */
const forbidden: ConnectTry = {
  ...made,
  failure: { operation: 'connect', code: 'failed', raw: 'not tried: enough was sent to this address' },
  synchronous: true,
};

// Found by a hunt: such a repetition looked like a route that refuses at once, and ruled this computer's firewall out.
it('leaves out repetitions that were not tried', () => {
  const connect = { state: 'known', value: [{ address: '192.0.2.1', port: 22, first: made, repeats: [forbidden] }] };
  const scene = { facts: { connect }, attempts: [] } as unknown as Scene;
  expect(triesOf({ address: '192.0.2.1', port: 22 } as Attempt, scene)).toEqual([made]);
});

describe('an error soon after a packet was sent', () => {
  const from = '198.51.100.1';
  const attempt = { address: '192.0.2.1', port: 22 } as Attempt;
  const word = (at: number, ms: number): ToldError => ({ address: '192.0.2.1', from, type: 3, code: 1, at, ms });
  const icmp = { origin: 'icmp', type: 3, code: 1, from } as const;
  const onWay = [{ address: '192.0.2.1', port: 22, hops: [{ ttl: 9, address: from, ms: 120, icmp }] }];
  const said = (told?: readonly ToldError[]): boolean =>
    saidAtOnceElsewhere(attempt, {
      facts: {
        path: { state: 'known', value: onWay },
        ...(told && { 'connect.told': { state: 'known', value: told } }),
      },
      attempts: [],
    } as unknown as Scene);

  it('is the end of a search where another packet met it at that moment, after three seconds', () => {
    expect(said([word(5_060, 3_060), word(5_062, 120)])).toBe(false);
    expect(said([word(5_060, 3_060), word(5_062, 120), word(5_064, 40)])).toBe(false);
  });
  it('is one at once where no search ended then', () => {
    expect(said([word(5_060, 3_060), word(3_200, 120)])).toBe(true);
    expect(said([word(3_200, 120)])).toBe(true);
    expect(said()).toBe(true);
  });
});
