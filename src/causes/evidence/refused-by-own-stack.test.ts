import { describe, expect, it } from 'vitest';
import type { FlowTrace } from '../../model/facts.js';
import { cause as redirected } from '../device/connection-redirected.js';
import { cause as vpnBlocks } from '../device/vpn-blocks.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as clientBanned } from '../server/client-banned.js';
import { cause as noBackend } from '../server/no-backend.js';

const ADDRESS = '127.0.0.1';
const refused = failedConnect('connect/refused', ADDRESS);
const flow: FlowTrace = {
  protocol: 'tcp',
  address: ADDRESS,
  port: 443,
  localPort: 40_000,
  outcome: failure('connect/refused'),
  stoppedBy: null,
  steps: 0,
  seenOut: true,
  seenIn: true,
};
const facts = (more: Partial<FlowTrace>) =>
  factsOf('https://127.0.0.1/', {
    connect: [
      {
        address: ADDRESS,
        port: 443,
        first: connectTry(ADDRESS, { failure: failure('connect/refused'), localAddress: ADDRESS }),
        repeats: [],
      },
    ],
    'kernel.trace': { flows: [{ ...flow, ...more }] },
  });

describe('a refusal that the kernel was seen to send by itself', () => {
  const others = [redirected, vpnBlocks, clientBanned, noBackend];

  it('rules out all that keep a packet from its place', () => {
    for (const cause of others)
      expect(judge(cause, refused, facts({ lost: ['NO_SOCKET'] })), cause.id).toMatchObject({ says: 'ruledOut' });
  });

  it('is none without the reason, nor where the probe that was followed ended otherwise', () => {
    for (const cause of others) {
      expect(judge(cause, refused, facts({})), cause.id).toMatchObject({ says: 'unknown' });
      const silent = facts({ lost: ['NO_SOCKET'], outcome: failure('connect/timed-out') });
      expect(judge(cause, refused, silent), cause.id).toMatchObject({ says: 'unknown' });
    }
  });
});
