import { describe, expect, it } from 'vitest';
import type { Report } from '../model/report.js';
import { whomToTell } from './whom-to-tell.js';

function report(cause: string, side: string, more: object = {}): Report {
  return {
    target: { input: 'https://shop.example/' },
    verdict: { outcome: 'failed', cause, side, certainty: 'proven' },
    remedies: [],
    facts: { target: {} },
    ...more,
  } as unknown as Report;
}

describe('who else could mend it', () => {
  it.each([
    ['dropped-on-path', 'path', 'isp'],
    ['server-firewall', 'server', 'admin'],
    ['antivirus-blocks-url', 'this-device', 'vendor'],
    ['browser-extension', 'this-device', 'vendor'],
    ['browser-policy', 'this-device', 'admin'],
    ['local-firewall', 'this-device', null],
    ['captive-portal', 'local-network', null],
    ['service-outage', 'server', null],
  ])('of %s: %s, %s', (cause, side, whom) => expect(whomToTell(report(cause, side))).toBe(whom));

  it.each([
    ['mullvad', 'vendor'],
    ['wg-quick', null],
    [undefined, null],
  ])('of a VPN by %s: %s', (owner, whom) => {
    const verdict = {
      outcome: 'failed',
      cause: 'vpn-blocks',
      side: 'this-device',
      certainty: 'proven',
      culprit: { owner },
    };
    expect(whomToTell(report('vpn-blocks', 'this-device', { verdict }))).toBe(whom);
  });

  it('is nobody where it can be mended here; but the makers of a false alarm, too', () => {
    const remedies = [{ id: 'x', title: 'x', risk: 'low' }];
    expect(whomToTell(report('dropped-on-path', 'path', { remedies }))).toBe(null);
    expect(whomToTell(report('antivirus-blocks-app', 'this-device', { remedies }))).toBe('vendor');
  });
});
