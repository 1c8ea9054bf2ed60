import { describe, expect, it } from 'vitest';
import type { FactValues, TlsVariations } from '../../model/facts.js';
import type { PacketSizes, SizedTry } from '../../model/way-facts.js';
import { type Case, findingOf, holdCases } from '../names/cases.fixture.js';
import { connectTry, factsOf, failedConnect } from '../names/scene.fixture.js';
import { cause } from './path-mtu-blackhole.js';

const ADDRESS = '198.51.100.10';
const stalled = (stage: 'tls' | 'http' | 'service'): Case['attempt'] => ({
  ...failedConnect('connect/timed-out', ADDRESS),
  stage,
  protocol: stage,
  outcome: { operation: stage, code: 'timed-out', raw: '0 bytes received' },
});
const tls = stalled('tls');

const tried = (size: number | null, held: boolean): SizedTry => ({ size, held, ms: 40 });
const sizes = (tries: SizedTry[], more: Partial<PacketSizes> = {}): Partial<FactValues> => ({
  'path.sizes': [
    {
      address: ADDRESS,
      port: 443,
      step: 'tls',
      tries,
      packets: [],
      largest: null,
      tooLarge: null,
      reach: null,
      ...more,
    },
  ],
});
const varied = (held: boolean): Partial<FactValues> => ({
  'tls.variations': {
    tries: (['other-name', 'no-name'] as const).map((variation) => ({
      variation,
      address: ADDRESS,
      port: 443,
      serverName: null,
      ms: 40,
      alpn: null,
      chain: [],
      faults: [],
      clientCertificateAsked: false,
      ocsp: 'absent',
      wallClock: '',
      ...(held ? { version: 'TLSv1.3' } : { failure: { operation: 'tls', code: 'timed-out', raw: '' } }),
    })),
  } satisfies TlsVariations,
});
const found = { largest: 1400, tooLarge: 1401 };
const usual = [tried(null, false), tried(null, false)];
const good = [...usual, tried(1280, true), tried(1280, true), tried(1400, true), tried(1401, false)];
const reach = { largest: ['192.168.7.1', '203.0.113.1', '203.0.113.9'], tooLarge: ['192.168.7.1', '203.0.113.1'] };
const packets = [
  { size: 1400, acknowledged: true, sentAgain: 0, backoff: 0 },
  { size: 1401, acknowledged: false, sentAgain: 2, backoff: 2 },
];

const opened = (totalRetransmitted: number): Partial<FactValues> => ({
  connect: [
    {
      address: ADDRESS,
      port: 443,
      first: connectTry(ADDRESS, {
        tcp: { segmentsOut: 3, segmentsIn: 2, retransmitted: 0, totalRetransmitted, rttUs: 300 },
      }),
      repeats: [],
    },
  ],
});

const c = (name: string, values: Partial<FactValues>, says: Case['says'], attempt = tls): Case => ({
  name,
  cause,
  attempt,
  facts: factsOf('https://shop.example/', values),
  says,
});

const cases: Case[] = [
  c('nobody tried', {}, 'unknown'),
  c(
    'only the size decides',
    { ...sizes(good, { ...found, packets, reach }), ...varied(false), ...opened(0) },
    'proven',
  ),
  c('the small one was tried once', { ...sizes([...usual, tried(1280, true)], found), ...varied(false) }, 'unknown'),
  c(
    'the small one was tried once, and a single packet of that size was taken',
    { ...sizes([...usual, tried(1280, true)], { ...found, packets }), ...varied(false), ...opened(0) },
    'fits',
  ),
  c(
    'only the size decides, and the first packet of a connection got lost as well',
    { ...sizes(good, { ...found, packets }), ...varied(false), ...opened(1) },
    'fits',
  ),
  c('other names were not tried', sizes(good, found), 'unknown'),
  c('another name holds at the usual size', { ...sizes(good, found), ...varied(true) }, 'ruledOut'),
  c(
    'the usual size holds the second time',
    { ...sizes([tried(null, false), tried(null, true)], found), ...varied(false) },
    'ruledOut',
  ),
  c(
    'small packets hang as well',
    { ...sizes([tried(null, false), tried(1280, false), tried(576, false)]), ...varied(false) },
    'ruledOut',
  ),
  c('it was tried once', { ...sizes([tried(null, false), tried(1280, true)], found), ...varied(false) }, 'unknown'),
  c(
    'the small size that held hangs another time',
    { ...sizes([...good, tried(1280, false)], found), ...varied(false) },
    'unknown',
  ),
  c('only a greeting was waited for', {}, 'ruledOut', stalled('service')),
  c(
    'the request was not the step that was tried',
    { ...sizes(good, found), ...varied(false) },
    'unknown',
    stalled('http'),
  ),
];

holdCases('path-mtu-blackhole', cases, {});

describe('what it says', () => {
  it('names the size, the place and the packet that was sent again and again', () => {
    expect(findingOf(cases, 'only the size decides', cause)).toMatchObject({
      culprit: { kind: 'limit', address: '203.0.113.1', name: expect.stringContaining('1400 bytes') as string },
      evidence: [
        { says: expect.stringMatching(/1400 bytes \(3 of 3 times with such sizes\).*\(3 of 3 times\)/) as string },
        { says: expect.stringContaining('was sent 3 times') as string },
        { says: 'datagrams of 1401 bytes reach 203.0.113.1 and no router behind it' },
      ],
    });
  });
});
