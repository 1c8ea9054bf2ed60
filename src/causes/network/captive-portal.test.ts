import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { FactValues, ReferenceTry } from '../../model/facts.js';
import { type Case, holdCases } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect, failure, judge } from '../names/scene.fixture.js';
import { cause } from './captive-portal.js';

const ADDRESS = '198.51.100.10';
const silent = failedConnect('connect/timed-out', ADDRESS);
const page: FailedAttempt = {
  ...silent,
  id: `http:${ADDRESS}:443`,
  stage: 'http',
  protocol: 'http',
  outcome: failure('http/network-authentication'),
};

const check = (more: Partial<ReferenceTry>): Partial<FactValues> => ({
  references: [
    { kind: 'portal', name: 'http://check.example/', address: '192.0.2.80', port: 80, ok: false, ms: 1, ...more },
  ],
});
const well = check({ ok: true, status: 200 });
const caught = check({ status: 302, says: 'http://login.example/' });
const dead = check({ failure: failure('connect/timed-out') });
const route = (via: string | null): Partial<FactValues> => ({
  'device.routes': {
    choices: [
      { address: ADDRESS, type: 'unicast', via, device: 'eth0', source: null, table: null, error: null, line: null },
    ],
    defaults: [],
    rules: [],
  },
});
const connected = (more: Parameters<typeof connectTry>[1] = {}): Partial<FactValues> => ({
  connect: [
    { address: ADDRESS, port: 443, first: connectTry(ADDRESS, { failure: silent.outcome, ...more }), repeats: [] },
  ],
});
const counters = { segmentsOut: 1, segmentsIn: 0, retransmitted: 0, totalRetransmitted: 2, rttUs: 0 };

const a = (
  name: string,
  attempt: FailedAttempt,
  values: Partial<FactValues>,
  says: Case['says'],
  target = 'https://shop.example/',
): Case => ({
  name,
  cause,
  attempt,
  facts: factsOf(target, values),
  says,
});

const byIpv6Too = ({ references = [] }: Partial<FactValues>): Partial<FactValues> => ({
  references: [
    ...references,
    { kind: 'portal', name: 'http://check.example/', address: '2001:db8::80', port: 80, ok: true, ms: 1, status: 200 },
  ],
});
const NAMED = 'https://portal.example/api';
const announced: Partial<FactValues> = {
  'portal.announced': [{ url: NAMED, device: 'eth0', location: '/var/lib/dhcp/dhclient.eth0.leases' }],
};
const told = (captive: boolean): Partial<FactValues> => ({
  ...announced,
  'portal.api': [
    {
      url: NAMED,
      device: 'eth0',
      location: 'lease',
      address: '192.168.7.1',
      says: { captive, page: 'https://portal.example/' },
    },
  ],
});
const none: Partial<FactValues> = { 'portal.announced': [] };
const refused = failedConnect('connect/refused', ADDRESS);

const cases: Case[] = [
  a('no check was made', silent, connected(), 'unknown'),
  a('the check page comes as it should, and no portal was looked for', silent, { ...connected(), ...well }, 'unknown'),
  a(
    'the check page comes as it should, and no portal is named',
    silent,
    { ...connected(), ...well, ...none },
    'ruledOut',
  ),
  a('the same, and the portal was not asked', silent, { ...connected(), ...well, ...announced }, 'unknown'),
  a('the check page comes, and the portal says no', silent, { ...connected(), ...well, ...told(true) }, 'fits'),
  a(
    'the check page comes, and the portal says all is well',
    silent,
    { ...connected(), ...well, ...told(false) },
    'ruledOut',
  ),
  a('a refusal, and the check page comes', refused, { ...connected(), ...well }, 'ruledOut'),
  a('only the portal speaks, and says no', silent, { ...connected(), ...dead, ...told(true) }, 'fits'),
  a('only the portal speaks, and says all is well', silent, { ...connected(), ...dead, ...told(false) }, 'ruledOut'),
  a(
    'the check page is caught, whatever the portal says',
    silent,
    { ...connected(), ...caught, ...told(false) },
    'fits',
  ),
  a('the check page is caught', silent, { ...connected(), ...caught }, 'fits'),
  a('the check page does not answer', silent, { ...connected(), ...dead }, 'unknown'),
  a('it is caught, and our packet never left', silent, { ...connected({ tcp: counters }), ...caught }, 'ruledOut'),
  a('it is caught, and the target is a neighbour', silent, { ...connected(), ...caught, ...route(null) }, 'ruledOut'),
  a(
    'it is caught at the address of the target',
    silent,
    { ...connected(), ...check({ status: 302, address: ADDRESS }), ...route(null) },
    'fits',
  ),
  a(
    'a neighbour was typed by its address',
    silent,
    { ...connected(), ...check({ status: 302, address: ADDRESS }), ...route(null) },
    'ruledOut',
    `https://${ADDRESS}/`,
  ),
  a('511 comes, and no check was made', page, {}, 'fits'),
  a('511 comes, and the check page too', page, { ...well, ...none }, 'ruledOut'),
  a('511 comes, and the check page is caught', page, caught, 'proven'),
  a('511 comes to the check as well', page, check({ status: 511 }), 'proven'),
  a('it is caught, and by IPv6 it comes', silent, { ...connected(), ...byIpv6Too(caught) }, 'fits'),
  a('the check page has an error', silent, { ...connected(), ...check({ status: 503 }) }, 'unknown'),
];

holdCases('a portal', cases, {});

describe('the portal', () => {
  it('is named by where its redirect leads', () => {
    expect(judge(cause, silent, factsOf('https://shop.example/', { ...connected(), ...caught }))).toMatchObject({
      culprit: { kind: 'portal', name: 'http://login.example/' },
    });
  });

  it('is named by its own word before all else, and never surer for it', () => {
    const own = judge(cause, silent, factsOf('https://shop.example/', { ...connected(), ...dead, ...told(true) }));
    expect(own).toMatchObject({
      atMost: 'likely',
      culprit: { name: 'https://portal.example/', address: '192.168.7.1' },
    });
    const both = factsOf('https://shop.example/', { ...connected(), ...caught, ...told(true) });
    expect(judge(cause, silent, both)).toMatchObject({ culprit: { name: 'https://portal.example/' } });
  });

  it('is named by where its page leads', () => {
    const said = check({ status: 200, says: '<html>', leadsTo: 'http://wisp.example/login' });
    expect(judge(cause, silent, factsOf('https://shop.example/', { ...connected(), ...said }))).toMatchObject({
      culprit: { name: 'http://wisp.example/login' },
    });
  });
});
