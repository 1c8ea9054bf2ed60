import { expect, it } from 'vitest';
import { fakeSystem } from '../../test/fake-system.js';
import { remembering } from './told.js';

const icmp = [{ origin: 'icmp', type: 3, code: 1, from: '203.0.113.1' }] as const;
const local = [{ origin: 'local', type: 3, code: 1, from: '192.0.2.2' }] as const;
const never = new AbortController().signal;

it('keeps what routers said of anything that was sent, the first 64 times, and not what this device said', async () => {
  const system = remembering(
    fakeSystem({
      dial: ({ port }) => ({ icmp: port === 1 ? local : icmp, ms: 7 }),
      datagram: () => ({ outcome: 'reply', icmp }),
    }),
  );
  const at = { address: '198.51.100.10', timeoutMs: 100 };
  await system.sockets.dial({ ...at, port: 443 }, never).done;
  await system.sockets.dial({ ...at, port: 1 }, never).done;
  await system.sockets.datagram({ ...at, port: 53, payload: new Uint8Array() }, never);
  expect(system.told?.()).toMatchObject([
    { address: at.address, from: '203.0.113.1', type: 3, code: 1, ms: 7 },
    { from: '203.0.113.1' },
  ]);
  for (let i = 0; i < 80; i++) await system.sockets.dial({ ...at, port: 443 }, never).done;
  expect(system.told?.()).toHaveLength(64);
});
