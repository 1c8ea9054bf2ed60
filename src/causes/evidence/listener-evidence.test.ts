import { expect, it } from 'vitest';
import { factsOf, failedConnect } from '../names/scene.fixture.js';
import { listenersFor } from './listener-evidence.js';

const attempt = { ...failedConnect('connect/refused', '192.168.7.20', 'device'), port: 8080 };

// What this device sends to itself comes in by lo, whichever of its addresses it is sent to.
it.each([
  [undefined, 'reachable'],
  ['lo', 'reachable'],
  ['eth0', 'elsewhere'],
] as const)('a socket bound to the interface %s is %s for this device itself', (device, where) => {
  const listener = {
    protocol: 'tcp' as const,
    address: '0.0.0.0',
    port: 8080,
    ...(device !== undefined && { device }),
    v6only: null,
    process: 'nginx',
    pid: 9,
    backlog: null,
  };
  const facts = factsOf('http://192.168.7.20:8080/', {
    'device.listeners': { own: ['192.168.7.20'], listeners: [listener] },
  });
  const none = { reachable: [], loopbackOnly: [], otherFamily: [], elsewhere: [] };
  expect(listenersFor(attempt, { facts, attempts: [attempt] })).toEqual({ ...none, [where]: [listener] });
});
