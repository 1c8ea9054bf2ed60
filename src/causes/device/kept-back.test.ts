import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues, FlowTrace, SaidTrace } from '../../model/facts.js';
import type { InterferenceTrial } from '../../model/interference.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause as droppedOnPath } from '../path/dropped-on-path.js';
import { cause as closesAtOnce } from '../server/server-closes-at-once.js';
import { cause as notResponding } from '../server/server-not-responding.js';
import { cause as appPolicy } from './app-policy.js';
import { cause as localFirewall } from './local-firewall.js';

const ADDRESS = '198.51.100.10';
const URL = 'https://shop.example/';
const rule = { backend: 'nft', family: 'inet', table: 'guard', chain: 'out', handle: 7 } as const;

const failedBy = (code: 'timed-out' | 'reset', more: Partial<FailedAttempt['outcome']> = {}): FailedAttempt => ({
  ...failedConnect('connect/timed-out', ADDRESS),
  stage: 'tls',
  outcome: { ...failure(`tls/${code}`), ...more },
});
const silent = failedBy('timed-out', { unsent: true });

const trial = (asked: InterferenceTrial['asked'], unsent: boolean | null, ending: 'silent' | 'reset' = 'silent') => ({
  place: 'target' as const,
  address: ADDRESS,
  port: 443,
  asked,
  name: null,
  ending,
  reaction: ending,
  bytes: 0,
  acknowledged: false,
  unsent,
  ms: 1,
});
const trials = (...all: InterferenceTrial[]) => ({
  interference: { layer: 'tls' as const, hop: 0, host: 'shop.example', address: ADDRESS, port: 443, trials: all },
});
const open = [{ address: ADDRESS, port: 443, first: connectTry(ADDRESS), repeats: [] }];
const says = (cause: typeof localFirewall, attempt: FailedAttempt, values: Partial<FactValues> = {}) =>
  judge(cause, attempt, factsOf(URL, { connect: open, ...values }));

describe('what is said on an open connection, and never leaves', () => {
  const allKept = trials(trial('same', true), trial('other', true), trial('none', true));

  it('is held back here, and nobody else can have met it', () => {
    expect(says(localFirewall, silent, allKept)).toMatchObject({ says: 'fits', weight: 0.95, atMost: 'likely' });
    for (const cause of [notResponding, droppedOnPath])
      expect(says(cause, silent, allKept)).toMatchObject({ says: 'ruledOut' });
  });

  it('is answered by a reset of this computer itself where a rule rejects it', () => {
    const kept = trials(trial('same', true, 'reset'), trial('other', true, 'reset'), trial('same', true, 'reset'));
    expect(says(localFirewall, failedBy('reset'), kept)).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(says(closesAtOnce, failedBy('reset'), kept)).toMatchObject({ says: 'ruledOut' });
  });

  it('says nothing where the other side had no room for it, or where once it left', () => {
    const untold = trials(trial('same', null), trial('other', null));
    expect(says(notResponding, failedBy('timed-out'), untold).says).toBe('fits');
    expect(says(localFirewall, failedBy('timed-out'), untold).says).toBe('unknown');
    const onceLeft = trials(trial('same', true), trial('same', false), trial('other', true));
    expect(says(notResponding, silent, onceLeft).says).toBe('fits');
    expect(says(localFirewall, silent, onceLeft).says).not.toBe('fits');
  });
});

describe('the rule to which the kernel followed what was said', () => {
  const said = (
    more: Partial<FlowTrace>,
    direction: 'out' | 'in' = 'out',
  ): { 'kernel.said': readonly SaidTrace[] } => ({
    'kernel.said': [
      {
        step: 'tls',
        flow: {
          protocol: 'tcp',
          address: ADDRESS,
          port: 443,
          localPort: 40_000,
          outcome: failure('tls/timed-out', { unsent: true }),
          stoppedBy: {
            ...rule,
            kind: 'rule',
            verdict: 'drop',
            direction,
            rule: { ...rule, text: 'meta length > 150 drop' },
          },
          steps: 9,
          seenOut: true,
          seenIn: true,
          ...more,
        },
      },
    ],
  });

  it('is proven where the same failure came of it', () => {
    expect(says(localFirewall, silent, said({}))).toMatchObject({ says: 'proven', culprit: { rule: { handle: 7 } } });
    const answer = said({ outcome: failure('tls/timed-out') }, 'in');
    expect(says(localFirewall, failedBy('timed-out'), answer)).toMatchObject({ says: 'proven' });
  });

  it('is no proof where something left all the same, the rule rejects nothing, or the opening was stopped this time', () => {
    const weaker = { says: 'fits', atMost: 'likely' };
    expect(says(localFirewall, silent, said({ outcome: failure('tls/timed-out') }))).toMatchObject(weaker);
    expect(says(localFirewall, failedBy('reset'), said({ outcome: failure('tls/reset') }))).toMatchObject(weaker);
    expect(says(localFirewall, silent, said({ outcome: failure('connect/timed-out') }))).toMatchObject(weaker);
  });

  const byRule = (text: string, direction: 'out' | 'in' = 'out') =>
    said(
      {
        outcome: failure('tls/timed-out', { unsent: true }),
        stoppedBy: { ...rule, kind: 'rule', verdict: 'drop', direction, rule: { ...rule, text } },
      },
      direction,
    );

  it('is a policy for one user where it can match only what that one sends', () => {
    for (const text of [
      'meta skuid 1000 meta length > 150 drop',
      '-A OUTPUT -m owner --uid-owner 1000 -m length --length 150:65535 -j DROP',
      'socket cgroupv2 level 1 "user.slice" meta length > 150 drop',
    ]) {
      expect(says(appPolicy, silent, byRule(text))).toMatchObject({ says: 'proven', culprit: { rule: { handle: 7 } } });
    }
  });

  it('is none where it matches everybody, all but one, or answers', () => {
    for (const facts of [
      byRule('meta length > 150 drop'),
      byRule('meta skuid != 1000 meta length > 150 drop'),
      byRule('meta length > 150 drop comment "meta skuid 1000"'),
      byRule('-A OUTPUT -m owner ! --uid-owner 1000 -j DROP'),
      byRule('meta skuid 1000 meta length > 150 drop', 'in'),
      {},
    ])
      expect(says(appPolicy, silent, facts).says).toBe('unknown');
  });

  it('is not blamed where it was answered this time, or nothing was stopped', () => {
    for (const more of [{ outcome: 'answered' as const }, { stoppedBy: null }])
      expect(says(localFirewall, failedBy('timed-out'), said(more)).says).toBe('unknown');
  });
});

describe('long answers that do not come', () => {
  const sizes = (handedToNobody: number | undefined, acknowledged = true) => ({
    'path.sizes': [
      {
        address: ADDRESS,
        port: 443,
        step: 'tls' as const,
        tries: [null, null, 1280, 1045].map((size) => ({ size, held: false, ms: 300 })),
        packets: [{ size: 1018, acknowledged, sentAgain: 0, backoff: 0 }],
        largest: 1000,
        tooLarge: 1001,
        reach: null,
        ...(handedToNobody !== undefined && { handedToNobody }),
      },
    ],
  });
  const timedOut = failedBy('timed-out');

  it('may be thrown away here where as many packets came in and were handed on to nobody', () => {
    expect(says(localFirewall, timedOut, sizes(4))).toMatchObject({ says: 'fits', atMost: 'likely' });
  });

  it('are not where fewer did, where nobody counted, or where our own long packets get lost too', () => {
    for (const facts of [sizes(3), sizes(0), sizes(undefined), sizes(40, false)])
      expect(says(localFirewall, timedOut, facts).says).toBe('unknown');
  });
});
