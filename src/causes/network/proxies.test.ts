import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import { settingOf } from '../../model/choose-proxy.js';
import type { AddressProbe, FactValues, HttpTry, TlsTry } from '../../model/facts.js';
import type { ProxyTunnel, ProxyWay } from '../../model/proxy-facts.js';
import { cause as misconfigured } from '../device/proxy-misconfigured.js';
import { type Case, findingOf, holdCases } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect, failedName, failure } from '../names/scene.fixture.js';
import { cause as gateway } from '../server/gateway-upstream-down.js';
import { cause as refuses } from './proxy-refuses.js';
import { cause as required } from './proxy-required.js';
import { cause as unreachable } from './proxy-unreachable.js';

const URL = 'https://shop.example/';
const PLAIN = 'http://shop.example/';
const PROXY = '203.0.113.53';
const setting = settingOf('https_proxy', 'environment', 'http://proxy.example:3128');
const file = settingOf('https_proxy', '/etc/environment:3', 'http://proxy.example:3128');

const probe = (symptom: string | null, more: Parameters<typeof connectTry>[1] = {}): AddressProbe => ({
  address: PROXY,
  port: 3128,
  first: connectTry(PROXY, { port: 3128, ...(symptom !== null && { failure: failure(symptom) }), ...more }),
  repeats: [],
});
const wayBy = (more: Partial<ProxyWay> = {}): ProxyWay => ({
  setting,
  addresses: [PROXY],
  connect: [probe(null)],
  tunnels: [],
  forwards: false,
  ...more,
});
const tunnel = (symptom: string | null, more: Partial<ProxyTunnel> = {}): ProxyTunnel =>
  ({
    address: PROXY,
    port: 3128,
    to: 'shop.example:443',
    ms: 1,
    ...(symptom !== null && { failure: failure(symptom) as ProxyTunnel['failure'] }),
    ...more,
  }) as ProxyTunnel;
const through = (symptom: string): FactValues['proxy.way'] => wayBy({ tunnels: [tunnel(symptom)] });

const tls: TlsTry = {
  address: '198.51.100.10',
  port: 443,
  serverName: 'shop.example',
  ms: 1,
  version: 'TLSv1.3',
  alpn: null,
  chain: [],
  faults: [],
  clientCertificateAsked: false,
  ocsp: 'absent',
  wallClock: '2026-01-01T00:00:00.000Z',
};
const page = (status: number, code?: string, headers: HttpTry['headers'] = {}): HttpTry => ({
  address: 'shop.example',
  port: 80,
  url: PLAIN,
  ms: 1,
  status,
  headers,
  bodyBytes: 0,
  ...(code !== undefined && { failure: failure(code) }),
});
const open = { address: '198.51.100.10', port: 443, first: connectTry('198.51.100.10'), repeats: [] };
const direct: FactValues['connect.direct'] = { addresses: ['198.51.100.10'], connect: [open], tls, http: page(200) };
const noDirect: FactValues['connect.direct'] = { addresses: ['198.51.100.10'], connect: [] };

const attempt = (symptom: string, more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  ...failedConnect(symptom, PROXY),
  id: `proxy:tunnel:${PROXY}:3128`,
  stage: 'proxy',
  protocol: 'proxy',
  port: 3128,
  ...more,
});
const asked = (symptom: string, raw = symptom): FailedAttempt =>
  attempt(symptom, { outcome: failure(symptom, { raw }) });
const toProxy = (symptom: string): FailedAttempt =>
  attempt(symptom, { stage: 'connect', protocol: 'tcp', host: 'proxy.example', toProxy: true });
const answered = (symptom: string): FailedAttempt =>
  attempt(symptom, { stage: 'http', protocol: 'http', address: 'shop.example', port: 80, throughProxy: true });
const silent = { icmp: [], tcp: { segmentsOut: 3, segmentsIn: 0, retransmitted: 1, totalRetransmitted: 2, rttUs: 0 } };

const refusedWay = wayBy({ connect: [probe('connect/refused')] });
const silentWay = wayBy({ connect: [probe('connect/timed-out', silent)] });
const outside = { 'connect.reset': [{ address: PROXY, port: 3128, resetTtl: 63, hostTtl: 63, refusedAtTtl1: false }] };
const socksWay = settingOf('https_proxy', 'environment', 'socks5h://proxy.example:3128');
const forwards = wayBy({ forwards: true });

const pageInstead = '200 with a page';
const insteadWords = { failure: { operation: 'proxy', code: 'not-a-proxy', raw: pageInstead } } as const;
const insteadOf = (nobody: ProxyTunnel | null | undefined) =>
  factsOf(URL, {
    'proxy.way': wayBy({ tunnels: [tunnel('proxy/not-a-proxy', insteadWords)] }),
    'proxy.variations': [],
    'connect.direct': direct,
    ...(nobody && { 'proxy.nobody': { way: wayBy({ tunnels: [nobody] }) } }),
  });

const cases: Case[] = [
  {
    name: 'what is set is no proxy',
    cause: misconfigured,
    attempt: asked('proxy/unusable', 'its host is missing'),
    facts: factsOf(URL, { 'proxy.way': wayBy({ setting: settingOf('https_proxy', 'environment', 'http://') }) }),
    says: 'proven',
  },
  {
    name: 'its name leads nowhere, and the target works without it',
    cause: misconfigured,
    attempt: { ...failedName('resolve/not-found', 'proxy.example'), toProxy: true },
    facts: factsOf(URL, { 'proxy.way': wayBy({ connect: [] }), 'connect.direct': direct }),
    says: 'proven',
  },
  {
    name: 'its name leads nowhere, and nothing else is known',
    cause: misconfigured,
    attempt: { ...failedName('resolve/not-found', 'proxy.example'), toProxy: true },
    facts: factsOf(URL, { 'proxy.way': wayBy({ connect: [] }), 'connect.direct': noDirect }),
    says: 'fits',
  },
  ...(['proven', 'ruledOut', 'fits'] as const).map((says, i): Case => ({
    name: `it answers by a page, and for a host that cannot exist ${['alike', 'otherwise', 'not asked'][i]}`,
    cause: misconfigured,
    attempt: asked('proxy/not-a-proxy', pageInstead),
    facts: insteadOf(
      [tunnel('proxy/not-a-proxy', insteadWords), tunnel('proxy/upstream-failed', { status: 502 }), null][i],
    ),
    says,
  })),
  ...(['ruledOut', 'fits', 'unknown'] as const).map((says, i): Case => ({
    name: `it answers by a page, and for a host that cannot exist ${['alike', 'otherwise', 'not asked'][i]}`,
    cause: refuses,
    attempt: asked('proxy/not-a-proxy', pageInstead),
    facts: insteadOf(
      [tunnel('proxy/not-a-proxy', insteadWords), tunnel('proxy/upstream-failed', { status: 502 }), null][i],
    ),
    says,
  })),
  {
    name: 'its port is closed, somebody outside said so, and the target works without it',
    cause: misconfigured,
    attempt: toProxy('connect/refused'),
    facts: factsOf(URL, { 'proxy.way': refusedWay, 'connect.direct': direct, ...outside }),
    says: 'proven',
  },
  {
    name: 'its port is closed, and who said so is not known',
    cause: misconfigured,
    attempt: toProxy('connect/refused'),
    facts: factsOf(URL, { 'proxy.way': refusedWay, 'connect.direct': direct }),
    says: 'fits',
  },
  {
    name: 'its port is closed, and only the proxy would get out',
    cause: misconfigured,
    attempt: toProxy('connect/refused'),
    facts: factsOf(URL, { 'proxy.way': refusedWay, 'connect.direct': noDirect }),
    says: 'unknown',
  },
  {
    name: 'another scheme leads to the target',
    cause: misconfigured,
    attempt: asked('proxy/not-a-proxy'),
    facts: factsOf(URL, {
      'proxy.way': through('proxy/not-a-proxy'),
      'proxy.variations': [{ way: wayBy({ setting: socksWay, tunnels: [tunnel(null, { reply: 0 })] }), tls }],
    }),
    says: 'proven',
  },
  {
    name: 'another scheme is understood',
    cause: misconfigured,
    attempt: asked('proxy/closed'),
    facts: factsOf(URL, {
      'proxy.way': through('proxy/closed'),
      'proxy.variations': [{ way: wayBy({ tunnels: [tunnel('proxy/refused', { reply: 2 })] }) }],
    }),
    says: 'fits',
  },
  {
    name: 'it wants a login',
    cause: misconfigured,
    attempt: asked('proxy/authentication'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/authentication') }),
    says: 'ruledOut',
  },
  {
    name: 'this device’s own page is asked of it',
    cause: misconfigured,
    attempt: { ...answered('http/unavailable'), host: 'localhost' },
    facts: factsOf('http://localhost:3000/', {
      'proxy.way': forwards,
      'connect.direct': { ...direct, connect: [open] },
    }),
    says: 'proven',
  },
  {
    name: 'no proxy is used',
    cause: misconfigured,
    attempt: failedConnect('connect/refused', '198.51.100.10'),
    facts: factsOf(URL, {}),
    says: 'ruledOut',
  },
  {
    name: 'it is silent',
    cause: unreachable,
    attempt: toProxy('connect/timed-out'),
    facts: factsOf(URL, { 'proxy.way': silentWay, 'connect.direct': noDirect }),
    says: 'fits',
  },
  {
    name: 'it is silent, the kernel saw our packet leave, and the target works without it',
    cause: unreachable,
    attempt: toProxy('connect/timed-out'),
    facts: factsOf(URL, {
      'proxy.way': silentWay,
      'connect.direct': direct,
      'kernel.trace': {
        flows: [
          {
            protocol: 'tcp',
            address: PROXY,
            port: 3128,
            localPort: 4,
            outcome: failure('connect/timed-out'),
            stoppedBy: null,
            steps: 3,
            seenOut: true,
            seenIn: false,
          },
        ],
      },
    }),
    says: 'proven',
  },
  {
    name: 'our packet never left',
    cause: unreachable,
    attempt: toProxy('connect/timed-out'),
    facts: factsOf(URL, {
      'proxy.way': wayBy({ connect: [probe('connect/timed-out', { tcp: { ...silent.tcp, retransmitted: 0 } })] }),
    }),
    says: 'ruledOut',
  },
  {
    name: 'it is closed, and only it would get out',
    cause: unreachable,
    attempt: toProxy('connect/refused'),
    facts: factsOf(URL, { 'proxy.way': refusedWay, 'connect.direct': noDirect }),
    says: 'fits',
  },
  {
    name: 'it is closed, and the target works without it',
    cause: unreachable,
    attempt: toProxy('connect/refused'),
    facts: factsOf(URL, { 'proxy.way': refusedWay, 'connect.direct': direct }),
    says: 'ruledOut',
  },
  {
    name: 'it takes the connection and is silent',
    cause: unreachable,
    attempt: asked('proxy/timed-out'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/timed-out'), 'connect.direct': noDirect }),
    says: 'fits',
  },
  {
    name: 'it says no',
    cause: unreachable,
    attempt: asked('proxy/refused'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/refused') }),
    says: 'ruledOut',
  },
  {
    name: 'it wants a login ',
    cause: refuses,
    attempt: asked('proxy/authentication'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/authentication') }),
    says: 'fits',
  },
  {
    name: 'its policy forbids',
    cause: refuses,
    attempt: asked('proxy/refused', '403 Forbidden'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/refused') }),
    says: 'fits',
  },
  {
    name: 'it cannot get to what this device reaches',
    cause: refuses,
    attempt: asked('proxy/upstream-failed'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/upstream-failed'), 'connect.direct': direct }),
    says: 'proven',
  },
  {
    name: 'it cannot get to what nobody reaches',
    cause: refuses,
    attempt: asked('proxy/upstream-failed'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/upstream-failed'), 'connect.direct': noDirect }),
    says: 'unknown',
  },
  {
    name: 'the page is forbidden through it only',
    cause: refuses,
    attempt: answered('http/forbidden'),
    facts: factsOf(PLAIN, { 'proxy.way': forwards, http: [page(403, 'http/forbidden')], 'connect.direct': direct }),
    says: 'proven',
  },
  {
    name: 'the page is forbidden without it too',
    cause: refuses,
    attempt: answered('http/forbidden'),
    facts: factsOf(PLAIN, {
      'proxy.way': forwards,
      http: [page(403, 'http/forbidden')],
      'connect.direct': { ...direct, http: page(403, 'http/forbidden') },
    }),
    says: 'ruledOut',
  },
  {
    name: 'the page that forbids is its own',
    cause: refuses,
    attempt: answered('http/forbidden'),
    facts: factsOf(PLAIN, {
      'proxy.way': forwards,
      http: [page(403, 'http/forbidden', { server: 'squid/5.7' })],
      'connect.direct': noDirect,
    }),
    says: 'fits',
  },
  {
    name: 'a login is wanted where no proxy is set',
    cause: refuses,
    attempt: { ...answered('http/proxy-authentication'), throughProxy: undefined } as unknown as FailedAttempt,
    facts: factsOf(PLAIN, { http: [page(407, 'http/proxy-authentication')], references: [] }),
    says: 'fits',
  },
  {
    name: 'it says that it cannot reach the target',
    cause: gateway,
    attempt: asked('proxy/upstream-failed', '503'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/upstream-failed'), 'connect.direct': noDirect }),
    says: 'fits',
  },
  {
    name: 'it cannot get to what this device reaches ',
    cause: gateway,
    attempt: asked('proxy/upstream-failed', '503'),
    facts: factsOf(URL, { 'proxy.way': through('proxy/upstream-failed'), 'connect.direct': direct }),
    says: 'ruledOut',
  },
];

const nobody: FactValues['references'] = (['host', 'portal'] as const).map((kind) => ({
  kind,
  name: `${kind}.example`,
  address: '192.0.2.80',
  port: 443,
  ok: false,
  failure: failure('connect/timed-out'),
  ms: 1,
}));
const trial = { way: wayBy({ setting: file, tunnels: [tunnel(null)] }), tls, http: page(200) };
const settings = { settings: [file], scripts: [] };
const cut = failedConnect('connect/timed-out', '198.51.100.10');
const choice = { setting: null };
const needs: Case[] = [
  {
    name: 'nothing gets out but what goes through it',
    cause: required,
    attempt: cut,
    facts: factsOf(URL, {
      references: nobody,
      'proxy.settings': settings,
      'proxy.trials': [trial],
      'proxy.choice': choice,
    }),
    says: 'proven',
  },
  {
    name: 'it gets there, and whether others get out is not known',
    cause: required,
    attempt: cut,
    facts: factsOf(URL, { 'proxy.settings': settings, 'proxy.trials': [trial], 'proxy.choice': choice }),
    says: 'fits',
  },
  {
    name: 'it does not get there either',
    cause: required,
    attempt: cut,
    facts: factsOf(URL, { references: nobody, 'proxy.settings': settings, 'proxy.trials': [{ way: silentWay }] }),
    says: 'unknown',
  },
  {
    name: 'none is set',
    cause: required,
    attempt: cut,
    facts: factsOf(URL, { references: nobody, 'proxy.settings': { settings: [], scripts: [] } }),
    says: 'unknown',
  },
  {
    name: 'others get out',
    cause: required,
    attempt: cut,
    facts: factsOf(URL, { references: nobody.map((one) => ({ ...one, ok: true })), 'proxy.settings': settings }),
    says: 'ruledOut',
  },
  {
    name: 'it is used',
    cause: required,
    attempt: toProxy('connect/timed-out'),
    facts: factsOf(URL, { 'proxy.way': silentWay }),
    says: 'ruledOut',
  },
];

holdCases('proxies', cases, factsOf(URL, { 'device.routes': { choices: [], defaults: [], rules: [] } }));
holdCases('a proxy that is wanted', needs, {});

describe('what is said of them', () => {
  const said = (name: string, cause: Case['cause'], all = cases) => findingOf(all, name, cause);
  it('names the setting and where it is set', () => {
    expect(said('its name leads nowhere, and the target works without it', misconfigured)).toMatchObject({
      stage: 'proxy',
      culprit: { kind: 'setting', name: 'https_proxy', location: 'environment', address: 'proxy.example:3128' },
    });
    expect(said('it is silent', unreachable)).toMatchObject({
      stage: 'proxy',
      culprit: { kind: 'proxy', name: 'https_proxy', location: 'environment', address: PROXY },
    });
    expect(said('nothing gets out but what goes through it', required, needs)).toMatchObject({
      stage: 'proxy',
      culprit: { kind: 'setting', name: 'https_proxy', location: '/etc/environment:3' },
    });
  });
  it('says what to write instead', () => {
    expect(said('another scheme leads to the target', misconfigured)).toMatchObject({
      advice: 'write socks5h://proxy.example:3128 instead of http://proxy.example:3128',
    });
    expect(said('this device’s own page is asked of it', misconfigured)).toMatchObject({
      advice: expect.stringContaining('no_proxy=localhost') as string,
    });
  });
});
