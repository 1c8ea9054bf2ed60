import { expect, it } from 'vitest';
import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { ConnectTry } from '../../model/facts.js';
import { triesOf } from './connection-evidence.js';

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
