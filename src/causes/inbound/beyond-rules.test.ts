import { describe, expect, it } from 'vitest';
import type { Facts, ListenerFact } from '../../model/facts.js';
import type { FirewallFact } from '../../model/firewall-facts.js';
import type { InboundFact } from '../../model/inbound.js';
import type { UnitSetting } from '../../model/policy-facts.js';
import { known } from '../names/scene.fixture.js';
import { judgeInbound } from './judge-inbound.js';

const own = '192.168.7.20';
const question: InboundFact = {
  protocol: 'tcp',
  port: 8080,
  from: '203.0.113.9',
  ends: [{ address: own, device: 'eth0' }],
  back: null,
  strict: [],
  units: [],
  containers: [],
  denied: null,
  notForwarded: [{ family: 4, device: 'eth0', setting: 'net.ipv4.ip_forward' }],
  toLoopback: [],
  stopped: [],
  programs: [],
  settings: [],
};
const listener: ListenerFact = {
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 8080,
  v6only: null,
  process: 'api',
  pid: 812,
  backlog: { used: 0, limit: 511 },
};
const inside: ListenerFact = { ...listener, address: '127.0.0.1' };

function verdictOf(
  more: Partial<InboundFact>,
  to?: string,
  listeners: readonly ListenerFact[] = [listener],
  text?: string,
) {
  const decision = {
    protocol: 'tcp', address: own, port: 8080, direction: 'in', why: '', rule: null, policy: null, owner: null, folded: null, path: [],
    ...(to === undefined ? { verdict: 'accept' } : { verdict: 'redirect', to }),
    ...(text !== undefined && { rule: { backend: 'nft', family: 'inet', table: 'p', chain: 'in', handle: 7, text } }),
  }; // prettier-ignore
  const firewall = { rules: 1, tables: [], owners: [], problems: [], decisions: [decision] } as unknown as FirewallFact;
  const facts = {
    target: { host: '127.0.0.1', port: 8080 },
    'device.self': known({ platform: 'linux', uid: 0, user: 'root', root: true, privileges: [], sockets: 'ffi' }),
    'device.listeners': known({ own: [own], listeners }),
    'device.firewall': known(firewall),
    inbound: known({ ...question, ...more }),
  } as unknown as Facts;
  return judgeInbound(facts).verdict;
}

const setting = (name: UnitSetting['name'], value: string): UnitSetting => ({
  unit: 'shop.service',
  name,
  value,
  location: '/etc/systemd/system/shop.service:3',
});
const bySystemd = { hook: 'ingress', id: 7, name: 'sd_fw_ingress', uid: 0, at: '/system.slice/shop.service' } as const;
const deny = setting('IPAddressDeny', 'any');

describe('what stands behind rules that let it in', () => {
  it.each<[string, Partial<InboundFact>, string | undefined, string]>([
    ['nothing, and what is not passed on does not matter', {}, undefined, 'reachable'],
    ['led to a guest, and nothing is passed on', {}, '172.17.0.2:80', 'no-route'],
    ['led to a guest, and that is passed on', { notForwarded: [] }, '172.17.0.2:80', 'reachable'],
    [
      'led to a guest, and only IPv6 is not passed on',
      { notForwarded: [{ family: 6, device: 'eth0', setting: 'net.ipv6.conf.all.forwarding' }] },
      '172.17.0.2:80',
      'reachable',
    ],
    ['led to 127.0.0.1', {}, '127.0.0.1:8080', 'connection-redirected'],
    ['led to 127.0.0.1 with leave', { toLoopback: ['eth0'] }, '127.0.0.1:8080', 'reachable'],
    ['a unit that may hear nobody', { programs: [bySystemd], settings: [deny] }, undefined, 'app-policy'],
    [
      'a unit that may hear this one',
      { programs: [bySystemd], settings: [deny, setting('IPAddressAllow', '203.0.113.0/24')] },
      undefined,
      'reachable',
    ],
    ['a program whose list nobody knows', { programs: [bySystemd] }, undefined, 'undetermined'],
    [
      'a program on the interface beside the unit',
      {
        programs: [{ hook: 'xdp', id: 9, name: 'guard', uid: 0, at: 'eth0' }, bySystemd],
        settings: [deny, setting('IPAddressAllow', '203.0.113.9')],
      },
      undefined,
      'undetermined',
    ],
    ['the only program, stopped', { stopped: [{ pid: 812, process: 'api' }] }, undefined, 'server-not-responding'],
    ['another program, stopped', { stopped: [{ pid: 4, process: 'api' }] }, undefined, 'reachable'],
  ])('%s', (_what, more, to, cause) => {
    const listeners = to === undefined ? [listener] : to.startsWith('127.') ? [inside] : [];
    expect(verdictOf(more, to, listeners).cause).toBe(cause);
  });

  it.each([
    'tcp dport 8080 tproxy ip to 127.0.0.1:8080',
    '-p tcp --dport 8080 -j TPROXY --on-port 8080 --on-ip 127.0.0.1',
  ])('is nothing for a rule that only chooses the socket: %s', (text) => {
    expect(verdictOf({}, '127.0.0.1:8080', [inside], text).cause).toBe('reachable');
  });

  it('is set by a command that works for an interface with a dot in its name', () => {
    const verdict = verdictOf({ ends: [{ address: own, device: 'eth0.100' }] }, '127.0.0.1:8080', [inside]);
    expect(verdict.advice).toContain('sysctl -w net.ipv4.conf.eth0/100.route_localnet=1');
  });

  it('is said where it keeps out some', () => {
    const two = [listener, { ...listener, pid: 813 }];
    const verdict = verdictOf({ stopped: [{ pid: 812, process: 'api' }] }, undefined, two);
    expect(verdict).toMatchObject({ cause: 'reachable', certainty: 'likely' });
    expect(verdict.summary).toContain('api (process 813) listens');
    expect(verdict.summary).toContain('api (process 812) listens there too and is stopped');
  });
});
