import { describe, expect, it } from 'vitest';
import type { ConnectTry, FactValues } from '../../model/facts.js';
import { cause as localFirewall } from '../device/local-firewall.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as droppedOnPath } from '../path/dropped-on-path.js';
import { cause as serverFirewall } from './server-firewall.js';
import { cause as notResponding } from './server-not-responding.js';
import { cause } from './server-overloaded.js';

const address = '198.51.100.10';
const tls = {
  ...failedConnect('connect/timed-out', address),
  stage: 'tls',
  outcome: failure('tls/timed-out'),
} as const;
const counters = { segmentsOut: 2, segmentsIn: 2, retransmitted: 0, totalRetransmitted: 1, rttUs: 900 };
const late = connectTry(address, { ms: 1_030, tcp: counters });
const atOnce = connectTry(address);
const ports = (...tries: ConnectTry[]): Partial<FactValues> => ({
  'connect.ports': [{ address, ports: tries.map((one, i) => ({ ...one, port: 20 + i })) }],
});
const row = (answered: number, ofReference?: number): Partial<FactValues> => ({
  'connect.series': [
    {
      address, port: 443, sent: 8, answered, nearest: null,
      reference: ofReference === undefined ? null : { name: 'b', address: '192.0.2.80', sent: 10, answered: ofReference },
    },
  ],
}); // prettier-ignore

describe('an open connection on which nobody takes a byte', () => {
  const says = (first: ConnectTry, more: Partial<FactValues>): string =>
    judge(
      cause,
      tls,
      factsOf('https://shop.example/', {
        'device.interfaces': [],
        connect: [{ address, port: 443, first, repeats: [] }],
        'connect.held': [{ address, port: 443, opened: true, acknowledged: false, waitedMs: 1_040, segmentsIn: 2 }],
        ...more,
      }),
    ).says;

  it('is an overloaded server where nothing else gets lost', () => {
    expect(says(atOnce, row(8))).toBe('fits');
    expect(says(atOnce, { ...row(0), ...ports(atOnce, atOnce, atOnce) })).toBe('fits');
  });

  it('may be loss where that is seen', () => {
    expect(says(late, row(8))).toBe('unknown');
    expect(says(atOnce, row(5))).toBe('unknown');
    expect(says(atOnce, row(8, 6))).toBe('unknown');
    expect(says(atOnce, { ...row(0), ...ports(atOnce, late, atOnce) })).toBe('unknown');
    expect(says(atOnce, { ...row(0), ...ports(atOnce) })).toBe('unknown');
  });
});

describe('who has the connection of which nothing is taken', () => {
  const judged = (waitedMs: number, segmentsIn: number | null): string[] => {
    const held = { address, port: 443, opened: true, acknowledged: false, waitedMs, segmentsIn };
    const facts = factsOf('https://shop.example/', {
      'device.interfaces': [],
      connect: [{ address, port: 443, first: atOnce, repeats: [] }],
      'connect.held': [held],
      'tls.variations': { tries: [] },
      ...row(8),
    });
    return [cause, serverFirewall, droppedOnPath, notResponding].map((one) => judge(one, tls, facts).says);
  };

  it('is told by whether the server begins it anew', () => {
    expect(judged(1_040, 2)).toEqual(['fits', 'unknown', 'unknown', 'unknown']);
    expect(judged(1_420, 1)).toEqual(['unknown', 'fits', 'fits', 'unknown']);
  });

  it('is not told where that was not waited for, or not counted', () => {
    expect(judged(360, 1).slice(0, 3)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(judged(1_420, null).slice(0, 3)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('what this computer never sent on an open connection', () => {
  const judged = (more: { neverSent?: true }): string[] => {
    const held = { address, port: 443, opened: true, acknowledged: null, waitedMs: 360, segmentsIn: 1, ...more };
    const facts = factsOf('https://shop.example/', {
      'device.interfaces': [],
      connect: [{ address, port: 443, first: atOnce, repeats: [] }],
      'connect.held': [held],
      'tls.variations': { tries: [] },
    });
    return [cause, notResponding, localFirewall].map((one) => judge(one, tls, facts).says);
  };

  it('is no silence of the server, which had room for it', () => {
    expect(judged({ neverSent: true })).toEqual(['ruledOut', 'ruledOut', 'fits']);
  });

  it('is not known where the server may have had no room', () => {
    expect(judged({})).toEqual(['unknown', 'fits', 'unknown']);
  });
});
