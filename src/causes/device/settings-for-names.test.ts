import { describe, expect, it } from 'vitest';
import type { ListenerFact } from '../../model/facts.js';
import { type Case, findingOf, holdCases } from '../names/cases.fixture.js';
import {
  answer,
  configOf,
  connectTry,
  factsOf,
  failedConnect,
  failedName,
  failure,
  named,
  OWN,
} from '../names/scene.fixture.js';
import { cause as hosts } from './hosts-file-override.js';
import { cause as unset } from './no-dns-configured.js';

const URL = 'https://shop.example/';
const DNS = '198.51.100.10';
const LINE = { address: '198.51.100.99', location: '/etc/hosts:5', text: '198.51.100.99 shop.example' };
const direct = (...said: Parameters<typeof answer>[1][]) => ({
  'name.direct': named('shop.example', ...said.map((each) => answer(OWN, each))),
});
const config = { 'name.config': configOf(OWN) };
const elsewhere = (more: Parameters<typeof connectTry>[1] = {}) => ({
  'connect.elsewhere': [{ address: DNS, port: 443, first: connectTry(DNS, more), repeats: [] }],
});
const toLine = failedConnect('connect/timed-out', LINE.address);

const stub: ListenerFact = {
  protocol: 'udp',
  address: '127.0.0.1',
  port: 53,
  v6only: null,
  process: 'dnsmasq',
  pid: 7,
  backlog: null,
};
const fallback = { 'name.config': configOf('127.0.0.1', ['files', 'dns'], '/etc/resolv.conf') };
const byFallback = (said: string | string[]) => ({ 'name.direct': named('shop.example', answer('127.0.0.1', said)) });
const again = failedName('resolve/temporary-failure');

const cases: Case[] = [
  {
    name: 'no line gives that address',
    cause: hosts,
    attempt: failedConnect('connect/timed-out', DNS),
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the line gives what DNS gives',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([LINE.address]), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the line gives another address',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config }),
    says: 'fits',
  },
  {
    name: 'and that of DNS answers',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config, ...elsewhere() }),
    says: 'proven',
  },
  {
    name: 'and that of DNS fails too',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, {
      'name.hosts': [LINE],
      ...direct([DNS]),
      ...config,
      ...elsewhere({ failure: failure('connect/timed-out') }),
    }),
    says: 'unknown',
  },
  {
    name: 'without the line there is no address',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct('nxdomain'), ...config }),
    says: 'ruledOut',
  },
  {
    name: 'the resolver is silent',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct('timed-out'), ...config }),
    says: 'unknown',
  },
  {
    name: 'the file is not in use',
    cause: hosts,
    attempt: toLine,
    facts: factsOf(URL, {
      'name.hosts': [LINE],
      ...direct([DNS]),
      'name.config': configOf(OWN, ['dns']),
      ...elsewhere(),
    }),
    says: 'ruledOut',
  },
  {
    name: 'a wrong certificate comes from there',
    cause: hosts,
    attempt: { ...toLine, stage: 'tls', protocol: 'tls', outcome: failure('tls/name-mismatch') },
    facts: factsOf(URL, { 'name.hosts': [LINE], ...direct([DNS]), ...config, ...elsewhere() }),
    says: 'fits',
  },
  {
    name: 'the line gives 0.0.0.0',
    cause: hosts,
    attempt: failedName('resolve/useless-address'),
    facts: factsOf(
      URL,
      { 'name.hosts': [{ ...LINE, address: '0.0.0.0' }], ...direct([DNS]), ...config },
      'useless-address',
    ),
    says: 'proven',
  },
  {
    name: 'so does DNS',
    cause: hosts,
    attempt: failedName('resolve/useless-address'),
    facts: factsOf(
      URL,
      { 'name.hosts': [{ ...LINE, address: '0.0.0.0' }], ...direct(['0.0.0.0']), ...config },
      'useless-address',
    ),
    says: 'ruledOut',
  },
  {
    name: '::1 gives 127.0.0.1 too',
    cause: hosts,
    attempt: failedConnect('connect/refused', '127.0.0.1'),
    facts: factsOf(URL, { 'name.hosts': [{ ...LINE, address: '::1' }], ...direct([DNS]), ...config }),
    says: 'fits',
  },
  {
    name: 'an address was typed',
    cause: hosts,
    attempt: failedConnect('connect/refused', DNS, DNS),
    facts: factsOf(`https://${DNS}/`, {}),
    says: 'ruledOut',
  },
  {
    name: 'a resolver is named',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, { ...config, ...direct('timed-out') }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'none is named, and this device is none',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { ...fallback, ...byFallback('refused'), 'device.listeners': { own: [], listeners: [] } },
      'temporary-failure',
    ),
    says: 'proven',
  },
  {
    name: 'none is named',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, fallback, 'temporary-failure'),
    says: 'fits',
  },
  {
    name: 'one runs on this device',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { ...fallback, ...byFallback('timed-out'), 'device.listeners': { own: [], listeners: [stub] } },
      'temporary-failure',
    ),
    says: 'ruledOut',
  },
  {
    name: 'it even answers',
    cause: unset,
    attempt: again,
    facts: factsOf(URL, { ...fallback, ...byFallback('server-failure') }, 'temporary-failure'),
    says: 'ruledOut',
  },
  {
    name: 'systemd-resolved is asked instead',
    cause: unset,
    attempt: again,
    facts: factsOf(
      URL,
      { 'name.config': configOf('127.0.0.1', ['files', 'resolve'], '/etc/resolv.conf') },
      'temporary-failure',
    ),
    says: 'unknown',
  },
  {
    name: 'DNS is left out',
    cause: unset,
    attempt: failedName('resolve/not-found'),
    facts: factsOf(URL, { 'name.config': configOf(OWN, ['files', 'myhostname']) }, 'not-found'),
    says: 'fits',
  },
  {
    name: 'DNS is left out and would know',
    cause: unset,
    attempt: failedName('resolve/not-found'),
    facts: factsOf(URL, { 'name.config': configOf(OWN, ['files']), ...direct([DNS]) }, 'not-found'),
    says: 'proven',
  },
];

holdCases(
  'settings of this device for names',
  cases,
  factsOf(URL, { 'name.hosts': [LINE], ...elsewhere(), 'device.listeners': { own: [], listeners: [] } }),
);

describe('a line of the hosts file', () => {
  it('is named with file and number', () => {
    expect(findingOf(cases, 'and that of DNS answers', hosts)).toMatchObject({
      culprit: { kind: 'file', location: '/etc/hosts:5' },
    });
  });
});
