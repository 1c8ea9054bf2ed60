import { describe, expect, it } from 'vitest';
import type { Ailment } from '../../model/remedy.js';
import { remedy as keep } from '../firewall/keep-one-manager.js';
import { remedy as raiseFiles } from '../limits/raise-file-limit.js';
import { remedy as raise } from '../limits/raise-limit.js';
import { remedy as widen } from '../limits/widen-port-range.js';
import { remedy as start } from './start-service.js';

function ailment(culprit: object, values: Readonly<Record<string, unknown>>, cause = 'nothing-listening'): Ailment {
  const facts = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { state: 'known', value }]));
  return { target: {}, verdict: { cause, culprit }, facts } as unknown as Ailment;
}

const service = {
  name: 'shop-api.service',
  state: 'failed',
  because: 'its command names port 9321',
  location: '/etc/systemd/system/shop-api.service:2',
  exit: null,
  words: null,
  heldBy: null,
  start: 'sudo systemctl start shop-api.service',
};
const stopped = (more: object): Ailment =>
  ailment(
    { kind: 'service', name: 'shop-api.service' },
    { 'device.services': { services: [{ ...service, ...more }] } },
  );

describe('a service that does not run', () => {
  it('is started by its unit', () =>
    expect(start.plan(stopped({}), null)).toMatchObject({
      operations: [{ kind: 'service-start', unit: 'shop-api.service' }],
    }));

  it.each([
    ['it runs', { state: 'running' }],
    ['it is not there', { state: 'not-installed' }],
    ['it is another one', { name: 'other.service' }],
    ['its name is none of a unit', { name: 'shop-api.service', start: null, state: 'starting' }],
  ])('is left alone where %s', (_why, more) => expect(start.plan(stopped(more), null)).toHaveProperty('whyNot'));
});

describe('two managers of the firewall', () => {
  const managers = { 'device.firewallManagers': { installed: ['ufw', 'firewalld'], enabled: ['ufw'], absent: [] } };
  const conflict = (owner: string) =>
    ailment({ kind: 'product', name: 'ufw and firewalld', owner }, managers, 'security-software-conflict');

  it('leave one: the other, which stops it, goes with its rules', () =>
    expect(keep.plan(conflict('firewalld'), null)).toMatchObject({
      wider: true,
      mayCutOff: true,
      operations: [{ kind: 'manager-off', manager: 'firewalld', kept: 'ufw' }],
    }));

  it('are two: where one alone is there, it stays', () => {
    const alone = ailment({ kind: 'firewall-rule', owner: 'ufw' }, managers, 'local-firewall');
    expect(keep.plan(alone, null)).toHaveProperty('whyNot');
    expect(keep.plan(conflict('docker'), null)).toHaveProperty('whyNot');
  });
});

describe('local ports', () => {
  const ports = (first: number, last: number) =>
    ailment({ kind: 'limit' }, { 'device.limits': { ports: { first, last, reserved: 0, towards: [] } } });
  it('are more afterwards, and never fewer', () => {
    const looks = { canKeep: true };
    expect(widen.plan(ports(40_000, 40_029), looks)).toMatchObject({
      operations: [{ value: [10_240, 60_999], kept: true }],
    });
    expect(widen.plan(ports(1024, 50_000), looks)).toMatchObject({ operations: [{ value: [1024, 60_999] }] });
    expect(widen.plan(ports(10_000, 65_000), looks)).toHaveProperty('whyNot');
  });
});

describe('other limits', () => {
  const limits = {
    conntrack: { used: 65_536, limit: 65_536 },
    files: { process: null, device: { used: 100_000, limit: 100_000 } },
    listeners: [{ pid: 4711, process: 'nginx', used: 24, limit: 24 }],
  };
  const of = (name: string, cause: string, more: object = limits) =>
    ailment({ kind: 'limit', name }, { 'device.limits': more }, cause);

  it('are twice as high afterwards', () => {
    const table = of('nf_conntrack: 65536 of 65536 entries', 'conntrack-table-full');
    expect(raise.plan(table, { canKeep: true })).toMatchObject({
      operations: [{ name: 'net.netfilter.nf_conntrack_max', value: [131_072], kept: true }],
    });
    const files = of('fs.file-max: 100000 of 100000', 'too-many-open-files');
    expect(raise.plan(files, { canKeep: false })).toMatchObject({
      operations: [{ name: 'fs.file-max', value: [200_000] }],
    });
  });

  it('are left alone where they are as high as is sensible, or another one is reached', () => {
    const full = { ...limits, conntrack: { used: 4_000_000, limit: 4_000_000 } };
    expect(raise.plan(of('nf_conntrack', 'conntrack-table-full', full), { canKeep: true })).toHaveProperty('whyNot');
    const own = of('open files of this process (ulimit -n): 16 of 16', 'too-many-open-files');
    expect(raise.plan(own, { canKeep: true })).toHaveProperty('whyNot');
    expect(raiseFiles.plan(own, { unit: null })).toHaveProperty('whyNot');
  });

  it('of one service are higher while it runs', () => {
    const name = 'open files of nginx (process 4711): 24 of 24';
    expect(raiseFiles.plan(of(name, 'too-many-open-files'), { unit: null })).toMatchObject({
      operations: [{ kind: 'process-limit', pid: 4711, process: 'nginx', files: 1024 }],
    });
    expect(raiseFiles.plan(of(name.replace('4711', '1'), 'too-many-open-files'), { unit: null })).toHaveProperty(
      'whyNot',
    );
  });

  it('of one service last where a unit starts it', () => {
    const name = 'open files of nginx (process 4711): 24 of 24';
    expect(raiseFiles.plan(of(name, 'too-many-open-files'), { unit: 'nginx.service' })).toMatchObject({
      operations: [{ kind: 'process-limit' }, { what: { is: 'unit-files', unit: 'nginx.service', files: 1024 } }],
    });
  });
});
