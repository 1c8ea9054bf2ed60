import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues } from '../../model/facts.js';
import type { NearTry } from '../../model/way-facts.js';
import { factsOf } from '../names/scene.fixture.js';
import { cause as gateway } from '../server/gateway-upstream-down.js';
import { cause } from './transparent-proxy.js';

const TARGET = '198.51.100.10';
const OTHER = '192.0.2.80';
const HOP = '203.0.113.1';

const tryAt = (as: NearTry['as'], more: Partial<NearTry> = {}): NearTry => {
  const control = as.endsWith('control');
  return {
    address: as.startsWith('elsewhere') ? OTHER : TARGET,
    port: control ? 9 : 80,
    hopLimit: 2,
    as,
    opened: !control,
    ...(control && { expiredFrom: HOP }),
    ms: 1,
    ...more,
  };
};
const whole = [
  tryAt('target', { hopLimit: 1, opened: false }),
  tryAt('target'),
  tryAt('target'),
  tryAt('control'),
  tryAt('elsewhere'),
  tryAt('elsewhere'),
  tryAt('elsewhere-control'),
];
const beside = (tries: readonly NearTry[], more: Partial<FactValues> = {}) =>
  cause.beside?.({
    facts: factsOf('http://shop.example/', { 'connect.near': { address: TARGET, port: 80, tries }, ...more }),
    attempts: [],
  }) ?? null;

describe('a transparent proxy', () => {
  it('accepts what cannot have come farther, for everybody, while other ports are turned back there', () => {
    expect(beside(whole)).toMatchObject({ says: 'proven', culprit: { kind: 'proxy', address: HOP } });
  });

  it.each([
    ['it was tried once', whole.filter((one, i) => i !== 2)],
    ['a second time it was not accepted', [...whole, tryAt('target', { opened: false })]],
    ['no other port is turned back', whole.filter(({ as }) => as !== 'control')],
    [
      'the target itself turns the other port back',
      whole.map((one) => (one.as === 'control' ? { ...one, expiredFrom: TARGET } : one)),
    ],
    ['another port is accepted as near', [...whole, tryAt('control', { opened: true })]],
    ['it is so for the target alone', whole.map((one) => (one.as === 'elsewhere' ? { ...one, opened: false } : one))],
    ['nobody else was asked', whole.filter(({ as }) => !as.startsWith('elsewhere'))],
    [
      'the other host is as near',
      whole.map((one) => (one.as === 'elsewhere-control' ? tryAt(one.as, { expiredFrom: OTHER }) : one)),
    ],
    ['nobody accepts nearby', whole.map((one) => ({ ...one, opened: false }))],
  ])('is not one when %s', (_, tries) => {
    expect(beside(tries)).toBeNull();
  });

  it('one hop away may be this computer, unless that was looked at', () => {
    const first = whole.filter((one) => one.hopLimit === 2).map((one) => ({ ...one, hopLimit: 1 }));
    const end = { address: TARGET, port: 80, end: { address: '127.0.0.1', port: 8080, process: 'x', pid: 1 } };
    expect(beside(first)).toBeNull();
    expect(beside(first, { 'connect.localEnd': [end] })).toBeNull();
    expect(beside(first, { 'connect.localEnd': [{ ...end, end: null }] })).toMatchObject({ says: 'proven' });
  });
});

describe('a connection that ended at somebody nearer than the server', () => {
  const alone = whole.map((one) => (one.as === 'elsewhere' ? { ...one, opened: false } : one));
  const attempt = {
    id: 'http', stage: 'http', operation: 'http', hop: 0, host: 'shop.example', address: TARGET, port: 80, protocol: 'tcp',
    outcome: { operation: 'http', code: 'reset', raw: 'ECONNRESET' },
  } as unknown as FailedAttempt; // prettier-ignore
  const judged = (tries: readonly NearTry[] | null) =>
    cause.judge(attempt, {
      facts: factsOf('http://shop.example/', {
        ...(tries && { 'connect.near': { address: TARGET, port: 80, tries } }),
        'device.routes': { defaults: [], choices: [] } as unknown as FactValues['device.routes'],
      }),
      attempts: [],
    });

  it('is his doing where what goes elsewhere comes by there too and is let through', () => {
    expect(judged(alone)).toMatchObject({ says: 'fits', atMost: 'likely', culprit: { address: HOP } });
  });

  it('is looked for, and ruled out where nobody accepts nearby', () => {
    expect(judged(null)).toMatchObject({ says: 'unknown', missing: ['connect.near'] });
    expect(judged(whole.map((one) => ({ ...one, opened: false })))).toMatchObject({ says: 'ruledOut' });
  });

  it.each([
    [
      'nothing else comes by there: it may be a front of the server',
      alone.map((one) => (one.as === 'elsewhere-control' ? { ...one, expiredFrom: '203.0.113.77' } : one)),
    ],
    ['it is so for everybody, who may be answered through him', whole],
  ])('is not laid on him where %s', (_, tries) => {
    expect(judged(tries).says).toBe('unknown');
  });
});

describe('a 502 on a connection that he accepted', () => {
  const attempt = {
    id: 'http', stage: 'http', operation: 'http', hop: 0, host: 'shop.example', address: TARGET, port: 80, protocol: 'tcp',
    outcome: { operation: 'http', code: 'bad-gateway', raw: '502 Bad Gateway' },
  } as unknown as FailedAttempt; // prettier-ignore
  const http = {
    address: TARGET,
    port: 80,
    url: 'http://shop.example/',
    ms: 5,
    status: 502,
    headers: {},
    bodyBytes: 9,
  };
  const check = {
    kind: 'portal',
    name: 'check.example',
    address: OTHER,
    port: 80,
    ok: false,
    status: 502,
    ms: 4,
  } as const;
  const sceneOf = (tries: readonly NearTry[], references: FactValues['references']) => ({
    facts: factsOf('http://shop.example/', {
      'connect.near': { address: TARGET, port: 80, tries },
      'device.routes': { defaults: [], choices: [] } as unknown as FactValues['device.routes'],
      references,
      http: [{ ...http, failure: attempt.outcome }],
    }),
    attempts: [],
  });
  const nobodyNear = whole.map((one) => ({ ...one, opened: false }));

  it('is his own word where a site that has nothing to do with it gets the same', () => {
    const scene = sceneOf(whole, [check]);
    expect(cause.judge(attempt, scene)).toMatchObject({ says: 'fits', atMost: 'likely', culprit: { address: HOP } });
    expect(gateway.judge(attempt, scene)).toMatchObject({ says: 'unknown' });
  });

  it.each([
    ['others are answered through him', [{ ...check, ok: true, status: 200 }]],
    ['nobody else was asked', []],
    ['others are refused otherwise', [{ ...check, status: 403 }]],
  ])("may be the server's where %s: neither is blamed", (_, references) => {
    const scene = sceneOf(whole, references);
    expect(cause.judge(attempt, scene)).toMatchObject({ says: 'unknown' });
    expect(gateway.judge(attempt, scene)).toMatchObject({ says: 'unknown' });
  });

  it("is the gateway's of the site where nobody accepts nearby", () => {
    const scene = sceneOf(nobodyNear, [{ ...check, ok: true, status: 200 }]);
    expect(cause.judge(attempt, scene)).toMatchObject({ says: 'ruledOut' });
    expect(gateway.judge(attempt, scene)).toMatchObject({ says: 'fits', missing: [] });
  });
});
