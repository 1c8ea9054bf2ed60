import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues } from '../../model/facts.js';
import type { InterferenceTrial } from '../../model/interference.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as resetInjected } from './reset-injected.js';
import { cause as serverNotResponding } from '../server/server-not-responding.js';
import { cause as sniFiltered } from './sni-filtered.js';

const ADDRESS = '198.51.100.10';
const URL = 'https://shop.example/';

const t = (
  asked: InterferenceTrial['asked'],
  reaction: string,
  more: Partial<InterferenceTrial> = {},
): InterferenceTrial => ({
  place: 'target',
  address: ADDRESS,
  port: 443,
  asked,
  name: null,
  ending: ['reset', 'closed', 'silent'].includes(reaction) ? (reaction as 'reset') : 'answered',
  reaction,
  bytes: 0,
  acknowledged: null,
  unsent: false,
  ms: 1,
  ...more,
});
const compared = (same: string, other = 'handshake', more: Partial<InterferenceTrial> = {}): InterferenceTrial[] => [
  t('same', same, more),
  t('other', other),
  t('other', other),
  t('same', same, more),
];
const near = (
  asked: InterferenceTrial['asked'],
  reaction: string,
  hopLimit = 3,
  more: Partial<InterferenceTrial> = {},
) => t(asked, reaction, { hopLimit, ...more });
const located = (same: string, control: InterferenceTrial['asked'] = 'other'): InterferenceTrial[] => [
  near('same', 'silent', 2),
  near('same', same),
  near('same', same, 4),
  near('same', same),
  near(control, 'silent'),
  near(control, 'silent'),
  near('open', 'silent'),
  near('open', 'silent', 3, { expiredFrom: '203.0.113.9' }),
  near('open', 'silent', 2, { expiredFrom: '203.0.113.1' }),
];

function tls(code: 'reset' | 'timed-out' | 'closed'): FailedAttempt {
  return {
    ...failedConnect('connect/refused', ADDRESS),
    id: `tls:${ADDRESS}:443`,
    stage: 'tls',
    protocol: 'tls',
    outcome: failure(`tls/${code}`),
  };
}

function says(
  trials: readonly InterferenceTrial[],
  cause = sniFiltered,
  code: 'reset' | 'timed-out' = 'reset',
  more: Partial<FactValues> = {},
) {
  const facts = factsOf(URL, {
    ...more,
    interference: { layer: 'tls', hop: 0, host: 'shop.example', address: ADDRESS, port: 443, trials },
    'connect.localEnd': [{ address: ADDRESS, port: 443, end: null }],
    'device.routes': {
      choices: [
        {
          address: ADDRESS,
          type: 'unicast',
          via: '192.168.7.1',
          device: 'eth0',
          source: null,
          table: null,
          error: null,
          line: null,
        },
      ],
      defaults: [{ family: 4, via: '192.168.7.1', device: 'eth0', metric: null }],
      rules: [],
    },
  });
  return judge(cause, tls(code), facts);
}

describe('a name that is swallowed where packets get lost as well', () => {
  const silent = { acknowledged: false };
  const unopened = { ending: 'unopened' } as const;

  it('is not told from another one by a connection that was never made', () => {
    const trials = [...compared('silent', 'handshake', silent), t('other', 'unopened', unopened)];
    expect(says(trials, sniFiltered, 'timed-out').says).toBe('fits');
    expect(says([t('same', 'silent', silent), t('other', 'unopened', unopened)], sniFiltered, 'timed-out').says).toBe(
      'unknown',
    );
  });

  it('is nothing that the server can be blamed for, once another name was answered', () => {
    const trials = [t('same', 'silent', silent), t('other', 'handshake'), t('same', 'unopened', unopened)];
    expect(says(trials, serverNotResponding, 'timed-out').says).toBe('unknown');
    expect(says([t('same', 'silent', silent), t('other', 'silent')], serverNotResponding, 'timed-out').says).toBe(
      'fits',
    );
    // Now and then this one is answered as well.
    const again = [...trials, t('same', 'handshake')];
    expect(says(again, serverNotResponding, 'timed-out').says).toBe('fits');
  });
});

describe('a name that is blocked on the way', () => {
  it('is proven by a reset from before the server, for this name only', () => {
    expect(says([...compared('reset'), ...located('reset')])).toMatchObject({
      says: 'proven',
      culprit: { address: '203.0.113.1' },
    });
  });

  it('is not shown by another name that works at the same address: the server may refuse this one', () => {
    expect(says(compared('reset')).says).toBe('unknown');
    expect(says([...compared('reset'), t('same', 'handshake', { place: 'elsewhere' })]).says).toBe('unknown');
  });

  it('is not shown where the opening packet gets as far', () => {
    const reached = located('reset').map((one) =>
      one.asked === 'open' ? { ...one, ending: 'answered' as const } : one,
    );
    expect(says([...compared('reset'), ...reached]).says).toBe('unknown');
  });

  it('is not shown where another name is reset from there too', () => {
    const both = located('reset').map((one) =>
      one.asked === 'other' ? { ...one, ending: 'reset' as const, reaction: 'reset' } : one,
    );
    expect(says([...compared('reset'), ...both]).says).toBe('unknown');
  });

  it('is not shown where the other name was never said with that hop limit', () => {
    const unsaid = located('reset').map((one) =>
      one.asked === 'other' ? { ...one, ending: 'unopened' as const, reaction: 'unopened' } : one,
    );
    expect(says([...compared('reset'), ...unsaid]).says).not.toBe('proven');
  });

  it('is ruled out when the same name is answered at another try, or never left this computer', () => {
    expect(
      says([t('same', 'reset'), t('same', 'handshake'), t('other', 'handshake'), t('other', 'handshake')]).says,
    ).toBe('ruledOut');
    expect(says(compared('reset', 'handshake', { unsent: true })).says).toBe('ruledOut');
  });

  it('is only likely when it is so near that it could be this computer', () => {
    const nearest = located('reset').flatMap((one) => (one.hopLimit === 3 ? [{ ...one, hopLimit: 1 }] : []));
    expect(says([...compared('reset'), ...nearest])).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('is no more than fitting when only another host tells', () => {
    const there = [...compared('reset')].map((one) => ({ ...one, place: 'elsewhere' as const, address: '192.0.2.80' }));
    expect(says([...compared('reset'), ...there]).says).toBe('fits');
  });

  it('is proven by silence only where a router behind hears of the other name each time', () => {
    const silence = (back: boolean): InterferenceTrial[] => [
      near('same', 'silent', 2, { turnedBack: true }),
      ...Array.from({ length: 3 }, () => near('other', 'silent', 3, { turnedBack: true })),
      ...Array.from({ length: 3 }, () => near('same', 'silent', 3)),
      ...(back ? [near('same', 'silent', 3, { turnedBack: true })] : []),
    ];
    expect(says([...compared('silent'), ...silence(false)], sniFiltered, 'timed-out').says).toBe('proven');
    expect(says([...compared('silent'), ...silence(true)], sniFiltered, 'timed-out').says).toBe('unknown');
  });
});

describe('silence that no kernel acknowledges', () => {
  const unheard = (more: Partial<InterferenceTrial>): InterferenceTrial[] =>
    compared('silent', 'handshake').map((one) =>
      one.asked === 'same' ? { ...one, acknowledged: false, unsent: false, ...more } : { ...one, acknowledged: true },
    );

  it('is likely a filter, for the other name is acknowledged', () => {
    expect(says(unheard({}), sniFiltered, 'timed-out')).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('tells nothing where so many packets get lost that chance may do it', () => {
    const row = { address: ADDRESS, port: 443, sent: 8, nearest: null, reference: null };
    const lost = (answered: number) =>
      says(unheard({}), sniFiltered, 'timed-out', { 'connect.series': [{ ...row, answered }] });
    expect(lost(5).says).toBe('unknown');
    expect(lost(7).says).toBe('fits');
  });

  it('tells nothing where it was acknowledged, or that was not seen', () => {
    expect(says(unheard({ acknowledged: true }), sniFiltered, 'timed-out').says).toBe('unknown');
    expect(says(unheard({ acknowledged: null }), sniFiltered, 'timed-out').says).toBe('unknown');
    expect(says(unheard({ unsent: null }), sniFiltered, 'timed-out').says).toBe('unknown');
  });
});

describe('a reset by somebody else than the server', () => {
  const alike = [t('same', 'reset'), t('same', 'reset'), t('other', 'reset')];

  it('is proven from before the server, when saying nothing is not answered so', () => {
    expect(says([...alike, ...located('reset', 'quiet')], resetInjected).says).toBe('proven');
  });

  it('is not shown by a server that resets whatever is said, or nothing', () => {
    const always = located('reset', 'quiet').map((one) =>
      one.asked === 'quiet' ? { ...one, ending: 'reset' as const, reaction: 'reset' } : one,
    );
    expect(says([...alike, ...always], resetInjected).says).toBe('unknown');
    expect(says([...alike, ...located('reset').filter((one) => one.asked !== 'other')], resetInjected).says).toBe(
      'unknown',
    );
  });

  it('is proven when the connection lives without resets, each time', () => {
    const lives = t('same', 'handshake', { ignoringResets: true });
    expect(says([...alike, lives, lives], resetInjected).says).toBe('proven');
    expect(says([...alike, lives, t('same', 'silent', { ignoringResets: true })], resetInjected).says).toBe('unknown');
  });
});

describe('a refusal by whom no port of the server can be compared with', () => {
  const refused = failedConnect('connect/refused', ADDRESS);
  const first = connectTry(ADDRESS, { failure: refused.outcome, icmp: [] });
  const said = (resetTtl: number, more: object = { expiredFrom: '192.168.7.1' }): string =>
    judge(
      resetInjected,
      refused,
      factsOf(URL, {
        connect: [{ address: ADDRESS, port: 443, first, repeats: [] }],
        'connect.reset': [{ address: ADDRESS, port: 443, resetTtl, hostTtl: null, refusedAtTtl1: false, ...more }],
      }),
    ).says;

  it('may be the first router, where it has passed none and what goes there passes one', () => {
    expect(said(64)).toBe('fits');
    expect(said(128)).toBe('fits');
    expect(said(61)).toBe('unknown');
    // Whether a router stands between is not known, or it is the target itself.
    expect(said(64, {})).toBe('unknown');
    expect(said(64, { expiredFrom: ADDRESS })).toBe('unknown');
  });
});

describe('a forged refusal', () => {
  const refused = failedConnect('connect/refused', ADDRESS);
  const first = connectTry(ADDRESS, { failure: refused.outcome, icmp: [] });
  const facts = (opened: number, refusedAgain = true) =>
    factsOf(URL, {
      connect: [{ address: ADDRESS, port: 443, first, repeats: [] }],
      'connect.forged': [{ address: ADDRESS, port: 443, tries: 2, opened, refusedAgain, ms: 1 }],
    });

  it('is proven when the connection opens each time that resets are thrown away', () => {
    expect(judge(resetInjected, refused, facts(2)).says).toBe('proven');
  });

  it('is not when it opens once only, or never: a server that refuses does not answer', () => {
    expect(judge(resetInjected, refused, facts(1)).says).toBe('unknown');
    expect(judge(resetInjected, refused, facts(0)).says).toBe('unknown');
    // The server has come back meanwhile, or ends what it has accepted.
    expect(judge(resetInjected, refused, facts(2, false)).says).toBe('unknown');
    const reset = failedConnect('connect/reset', ADDRESS);
    expect(judge(resetInjected, reset, facts(2)).says).not.toBe('proven');
  });
});
