import { describe, expect, it } from 'vitest';
import { facts, measured } from '../context.fixture.js';
import { deviceSelf } from './self.js';

describe('device.self', () => {
  it('says as whom the sockets are opened', async () => {
    expect(await measured(deviceSelf, facts('192.0.2.9'), { identity: { uid: 1000, user: 'ann' } })).toMatchObject({
      uid: 1000,
      user: 'ann',
      platform: 'linux',
    });
  });
});
