import { describe, expect, it } from 'vitest';
import type { ContainerFact } from '../../model/container-facts.js';
import type { FactValues, NamespacesFact } from '../../model/facts.js';
import { factsOf, failedConnect } from '../names/scene.fixture.js';
import { cause } from './loopback-of-other-namespace.js';

const attempt = { ...failedConnect('connect/refused', '127.0.0.1', 'localhost'), port: 5432 };

type Listener = NamespacesFact['listeners'][number];

const listener = (network: number, more: Partial<Listener> = {}): Listener => ({
  address: '0.0.0.0', port: 5432, pid: network * 100 + 5, process: 'postgres', network, first: network * 100, uid: 70, container: null, ...more,
}); // prettier-ignore

const container = (at: number, more: Partial<ContainerFact> = {}): ContainerFact => ({
  id: String(at).repeat(64), name: `db${at}`, service: null, project: null, state: 'running', exitCode: null, outOfMemory: false,
  health: null, pid: at * 100, mode: 'bridge', networks: [], ports: [], error: null, ...more,
}); // prettier-ignore

function judged(
  listeners: readonly Listener[],
  containers: readonly ContainerFact[] = [],
  more: Partial<FactValues> = {},
  compose?: FactValues['device.containers']['compose'],
) {
  const facts = factsOf('postgres://localhost/', {
    'device.listeners': { own: ['127.0.0.1'], listeners: [] },
    'device.namespaces': { inside: null, complete: true, initial: true, listeners },
    'device.services': { installed: [], units: [] } as unknown as FactValues['device.services'],
    'device.containers': { socket: '/run/docker.sock', containers, networks: [], ...(compose && { compose }) },
    'device.self': { platform: 'linux', uid: 1000, user: 'u', root: false, privileges: [], sockets: 'ffi' },
    ...more,
  });
  const finding = cause.judge(attempt, { facts, attempts: [] });
  if (finding.says !== 'fits') throw new Error(finding.says);
  return { culprit: finding.culprit ?? null, summary: finding.summary, evidence: finding.evidence.map(({ says }) => says).join('; '), atMost: finding.atMost }; // prettier-ignore
}

describe('a program in another namespace that listens on the port', () => {
  it('is named where it is the only one, by both addresses that it listens on', () => {
    const found = judged([listener(1), listener(1, { address: '::' })], [container(1)]);
    expect(found).toMatchObject({ culprit: { name: 'postgres' }, atMost: 'likely' });
    expect(found.summary).toMatch(/in the container db1\.$/);
  });

  it('is one of several where nothing but the port speaks for it', () => {
    const found = judged([listener(1), listener(2), listener(3)], [container(2)]);
    expect(found).toMatchObject({ culprit: null, atMost: 'likely' });
    expect(found.summary).toMatch(/^One of 3 programs in other containers .* nothing tells which/);
    expect(found.evidence).toMatch(/one of 3 .*postgres in the container db2 \(process 205\)/);
  });

  it('is named of several where it alone is tied to whoever asks', () => {
    const published = {
      ports: [{ port: 5432, protocol: 'tcp', published: [{ address: '192.168.7.20', port: 15_432 }] }],
    };
    const both = [listener(1), listener(2)];
    expect(judged(both, [container(1), container(2, published)])).toMatchObject({ culprit: { name: 'postgres' } });
    expect(judged(both, [container(1, published), container(2, published)]).culprit).toBeNull();
    const mine = judged([listener(1), listener(2, { uid: 1000, process: 'mine' })]);
    expect(mine).toMatchObject({ culprit: { name: 'mine' }, evidence: expect.stringMatching(/the same user/) });
    expect(judged([listener(1, { uid: 1000 }), listener(2, { uid: 1000 })]).culprit).toBeNull();
  });

  it('is named by the compose file of the folder, and not by one of another project with the same service', () => {
    const compose = {
      location: '/home/u/Shop/compose.yaml',
      services: [{ name: 'db', line: 3, ports: [], networks: [] }],
    };
    const both = [listener(1, { process: 'one' }), listener(2, { process: 'two' })];
    const of = (project: string | null) => container(1, { service: 'db', project });
    expect(judged(both, [of('shop'), container(2)], {}, compose)).toMatchObject({ culprit: { name: 'one' } });
    expect(judged(both, [of('other'), container(2)], {}, compose).culprit).toBeNull();
  });

  it('of an older report without namespaces is told apart by its process', () => {
    const old = (pid: number): Listener => ({ address: '::', port: 5432, pid, process: 'node' });
    expect(judged([old(7), old(7)])).toMatchObject({ culprit: { name: 'node' } });
    expect(judged([old(7), old(8)]).culprit).toBeNull();
  });

  it('that root runs says nothing for root: most containers run as it', () => {
    const self = { platform: 'linux', uid: 0, user: 'root', root: true, privileges: [], sockets: 'ffi' } as const;
    expect(judged([listener(1), listener(2, { uid: 0 })], [], { 'device.self': self }).culprit).toBeNull();
  });
});
