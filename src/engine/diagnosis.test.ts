import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../test/fake-system.js';
import type { Report } from '../model/report.js';
import { parseTarget } from '../model/parse-target.js';
import { defaultOptions, type Options } from '../model/settings.js';
import { baseGatherers } from './base-gatherers.js';
import { loadCatalogue } from './diagnose.js';
import { gather } from './gather.js';
import { paced } from './pacer.js';
import { pulledGatherers } from './pulled-gatherers.js';

// Whole diagnoses on a machine that does what a script says, on a clock on which nobody waits.

const noReferences = { references: { resolvers: [], portalChecks: [], hosts: [] } };

async function diagnosed(input: string, script: Script, options: Partial<Options> = {}) {
  const parsed = parseTarget(input);
  if (!parsed.ok) throw new Error(parsed.why);
  const fake = fakeSystem(script);
  const { system } = paced(fake);
  const catalogue = await loadCatalogue();
  const { facts, assessment } = await gather({
    target: parsed.target,
    system,
    options: { ...defaultOptions, settings: noReferences, ...options },
    base: baseGatherers,
    more: () => Promise.resolve(pulledGatherers),
    catalogue: () => Promise.resolve(catalogue),
    signal: new AbortController().signal,
  });
  const judgement = assessment?.judgement;
  if (!judgement) throw new Error('nothing was judged');
  const verdict: Report['verdict'] = judgement.verdict;
  return { verdict, judgement, facts, system: fake };
}

/** An open connection that says nothing. */
function quiet(): Duplex {
  return new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
}

const left = { segmentsOut: 2, segmentsIn: 0, retransmitted: 1, totalRetransmitted: 1, rttUs: 0 };
const stayed = { ...left, retransmitted: 0 };
const icmp = (from: string, type: number, code: number) => ({ origin: 'icmp' as const, type, code, from });

describe('a connection that is refused', () => {
  it('by a reset is likely a port where nothing listens, and never sure from outside', async () => {
    const { verdict } = await diagnosed('198.51.100.10:8080', { dial: () => 'refused' });
    expect(verdict).toMatchObject({
      outcome: 'failed',
      cause: 'nothing-listening',
      certainty: 'likely',
      side: 'server',
    });
  });

  it('by a router is that router', async () => {
    const { verdict } = await diagnosed('198.51.100.10:8080', {
      dial: () => ({
        failure: { operation: 'connect', code: 'host-unreachable', from: '203.0.113.1', raw: 'EHOSTUNREACH' },
        icmp: [icmp('203.0.113.1', 3, 13)],
      }),
    });
    expect(verdict).toMatchObject({ cause: 'rejected-by-hop', culprit: { kind: 'hop', address: '203.0.113.1' } });
  });

  it('once and then held each time is a glitch', async () => {
    const { verdict } = await diagnosed('198.51.100.10:8080', {
      dial: (_request, nth) => (nth === 0 ? 'refused' : quiet()),
    });
    expect(verdict).toMatchObject({ cause: 'momentary-glitch', outcome: 'reachable' });
  });

  it('by whom is not known where the platform does not show it: then nobody is blamed surely', async () => {
    const { verdict } = await diagnosed('198.51.100.10:8080', {
      identity: { sockets: 'plain' },
      dial: () => ({ failure: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' }, icmp: null, tcp: null }),
    });
    expect(['possible', 'likely']).toContain(verdict.certainty);
  });
});

describe('silence', () => {
  it('whose packets never left is this computer, told after the first retransmission', async () => {
    const { verdict, system } = await diagnosed('198.51.100.10:8080', { dial: () => ({ silent: true, tcp: stayed }) });
    expect(verdict).toMatchObject({ cause: 'local-firewall', side: 'this-device', certainty: 'likely' });
    expect(system.clock.now()).toBeLessThan(2_500);
  });

  it('of one port, while others of the host answer, is nobody in particular', async () => {
    const { verdict, judgement } = await diagnosed('198.51.100.10:8080', {
      dial: ({ port }) => (port === 8080 ? { silent: true, tcp: left } : 'refused'),
    });
    expect(verdict).toMatchObject({ cause: 'undetermined', certainty: 'possible' });
    expect(judgement.candidates.map((one) => one.cause)).toEqual(
      expect.arrayContaining(['server-firewall', 'dropped-on-path']),
    );
  });

  it('ends within the time that was given', async () => {
    const { verdict, system } = await diagnosed(
      'https://slow.example/',
      { lookup: { 'slow.example': 'silent' } },
      { timeoutMs: 3_000 },
    );
    expect(verdict.outcome).toBe('failed');
    expect(system.clock.now()).toBeLessThanOrEqual(3_200);
  });
});

describe('two families', () => {
  const lookup = { 'both.example': ['2001:db8::10', '198.51.100.10'] };

  it('of which one is silent: the target works, and that family is said to be broken, as far as that can be told', async () => {
    const { verdict } = await diagnosed('both.example:8080', {
      lookup,
      dial: ({ address }) => (address.includes(':') ? 'silent' : quiet()),
    });
    expect(verdict).toMatchObject({ outcome: 'degraded', cause: 'ipv6-broken', certainty: 'likely' });
  });

  it('of which one lost its first packet only: both work', async () => {
    const { judgement } = await diagnosed('both.example:8080', {
      lookup,
      dial: ({ address }, nth) => (address.includes(':') && nth === 0 ? 'silent' : quiet()),
    });
    expect(judgement.verdict).toMatchObject({ outcome: 'reachable', cause: 'reachable' });
  });

  it('of which one does not exist on this device: nothing is broken', async () => {
    const { judgement } = await diagnosed('both.example:8080', {
      lookup,
      dial: ({ address }) =>
        address.includes(':')
          ? { failure: { operation: 'connect', code: 'network-unreachable', raw: 'ENETUNREACH' }, synchronous: true }
          : quiet(),
    });
    expect(judgement.verdict).toMatchObject({ outcome: 'reachable', cause: 'reachable' });
    expect(judgement.also).toEqual([]);
  });
});

it('bothers a service that asks for a login three times at most', async () => {
  const { system } = await diagnosed('198.51.100.10:22', {
    dial: ({ port }) => (port === 22 ? { silent: true, tcp: left } : 'refused'),
  });
  const whole = system.asked.dials.filter((dial) => dial.port === 22 && dial.ttl === undefined);
  expect(whole.length).toBeLessThanOrEqual(3);
});
