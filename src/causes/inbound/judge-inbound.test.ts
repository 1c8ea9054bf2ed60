import { describe, expect, it } from 'vitest';
import type { FactKey, Facts, FactValues, ListenerFact } from '../../model/facts.js';
import type { FirewallFact, ModelDecision } from '../../model/firewall-facts.js';
import type { InboundFact } from '../../model/inbound.js';
import { known } from '../names/scene.fixture.js';
import { judgeInbound } from './judge-inbound.js';

const FROM = '203.0.113.9';
const OWN = '192.168.7.20';
const question: InboundFact = {
  protocol: 'tcp',
  port: 8080,
  from: FROM,
  ends: [{ address: OWN, device: 'eth0' }],
  back: null,
  strict: [],
  units: [{ pid: 812, unit: 'nginx.service' }],
  containers: [],
  denied: null,
};
const nginx: ListenerFact = {
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 8080,
  v6only: null,
  process: 'nginx',
  pid: 812,
  backlog: { used: 0, limit: 511 },
};
const accepted: ModelDecision = {
  protocol: 'tcp',
  address: OWN,
  port: 8080,
  direction: 'in',
  verdict: 'accept',
  rule: null,
  policy: { backend: 'nft', family: 'inet', table: 'guard', chain: 'in' },
  why: 'policy',
  owner: null,
  folded: null,
  path: [],
};
const dropped: ModelDecision = {
  ...accepted,
  verdict: 'drop',
  policy: null,
  rule: { backend: 'nft', family: 'inet', table: 'guard', chain: 'in', number: 3, handle: 9 },
};
const rules = (...decisions: ModelDecision[]): FirewallFact => ({
  rules: 9,
  tables: [],
  owners: [],
  problems: [],
  decisions,
});
const self = { platform: 'linux', uid: 0, user: 'root', root: true, privileges: [], sockets: 'ffi' } as const;

/** Others add to it what does not matter here. */
const full = {
  ports: null,
  files: { process: null, device: null },
  listeners: [],
  conntrack: { used: 9, limit: 9 },
} as unknown as FactValues['device.limits'];

type Known = { readonly [K in FactKey]?: FactValues[K] };

function facts(values: Known = {}): Facts {
  const usual: Known = {
    'device.self': self,
    'device.listeners': { own: [OWN], listeners: [nginx] },
    'device.firewall': rules(accepted),
    inbound: question,
  };
  const target = {
    input: 'inbound tcp/8080',
    scheme: 'inbound',
    host: '127.0.0.1',
    port: 8080,
    portGiven: true,
    path: '/',
  };
  const entries = Object.entries({ ...usual, ...values }).map(([key, value]) => [key, known(value)]);
  return {
    target: {
      ...target,
      transport: 'plain',
      protocol: 'service',
      literal: 4,
      inbound: { protocol: 'tcp', from: FROM },
    },
    ...Object.fromEntries(entries),
  } as Facts;
}

const listening = (...listeners: ListenerFact[]): Known => ({ 'device.listeners': { own: [OWN], listeners } });

describe('what keeps others from a port', () => {
  it.each<[string, Known, string]>([
    ['nothing', {}, 'reachable'],
    ['no program', listening(), 'nothing-listening'],
    ['a program of the other protocol', listening({ ...nginx, protocol: 'udp' }), 'nothing-listening'],
    ['a program for itself', listening({ ...nginx, address: '127.0.0.1' }), 'listens-on-loopback-only'],
    ['a program of the other family', listening({ ...nginx, address: '::', v6only: true }), 'listens-on-other-family'],
    ['a program on another address', listening({ ...nginx, address: '192.0.2.3' }), 'nothing-listening'],
    ['a program of both families', listening({ ...nginx, address: '::', v6only: false }), 'reachable'],
    ['a program of another interface', listening({ ...nginx, device: 'wg0' }), 'nothing-listening'],
    ['a program of that interface', listening({ ...nginx, device: 'eth0' }), 'reachable'],
    [
      'a container whose port is not published',
      {
        ...listening(),
        inbound: {
          ...question,
          containers: [{ pid: 7, process: 'nginx', address: '0.0.0.0', engine: 'docker', id: '0123456789ab' }],
        },
      },
      'port-not-published',
    ],
    ['a rule', { 'device.firewall': rules(dropped) }, 'local-firewall'],
    [
      'a rule against the answer',
      { 'device.firewall': rules(accepted, { ...dropped, direction: 'out' }) },
      'local-firewall',
    ],
    [
      'a ban',
      {
        'device.firewall': rules({
          ...dropped,
          owner: { id: 'fail2ban', detail: { jail: 'sshd' } },
          folded: { cause: 'client-banned', about: 'sshd' },
        }),
      },
      'client-banned',
    ],
    [
      'rules that are not understood',
      { 'device.firewall': rules({ ...accepted, verdict: 'unknown' }) },
      'undetermined',
    ],
    ['a program that decides', { 'device.firewall': rules({ ...accepted, verdict: 'queue' }) }, 'undetermined'],
    ['a full queue', listening({ ...nginx, backlog: { used: 512, limit: 511 } }), 'server-overloaded'],
    [
      'hosts.deny',
      { inbound: { ...question, denied: { text: 'nginx: ALL', location: '/etc/hosts.deny:3', process: 'nginx' } } },
      'client-banned',
    ],
    ['no address of that family', { inbound: { ...question, ends: [] }, 'device.interfaces': [] }, 'no-route'],
    [
      'no way back',
      {
        inbound: {
          ...question,
          back: {
            address: FROM,
            type: 'none',
            via: null,
            device: null,
            source: null,
            table: null,
            error: 'Network is unreachable',
            line: null,
          },
        },
      },
      'no-route',
    ],
    ['a full table', { 'device.limits': full }, 'conntrack-table-full'],
    [
      'a rule that leads to where nobody is',
      { 'device.firewall': rules({ ...accepted, verdict: 'redirect', to: ':3128' }) },
      'connection-redirected',
    ],
    [
      'a rule that leads into a container',
      { ...listening(), 'device.firewall': rules({ ...accepted, verdict: 'redirect', to: '172.17.0.2:80' }) },
      'reachable',
    ],
  ])('%s', (_, values, cause) => {
    const { verdict } = judgeInbound(facts(values));
    expect(verdict.cause).toBe(cause);
    expect(verdict.certainty).not.toBe('proven');
    expect(verdict.summary).toMatch(/^.*\.$/);
  });

  it('is told first by the program, and the rule beside it', () => {
    const { verdict, also } = judgeInbound(facts({ ...listening(), 'device.firewall': rules(dropped) }));
    expect([verdict.cause, ...also.map((one) => one.cause)]).toEqual(['nothing-listening', 'local-firewall']);
  });

  it('is less sure where an interface had to be assumed', () => {
    const { verdict } = judgeInbound(
      facts({ 'device.firewall': rules({ ...dropped, assumed: 'it comes in on eth0' }) }),
    );
    expect(verdict.certainty).toBe('likely');
  });

  it('is not told without root', () => {
    const all = facts({ 'device.self': { ...self, uid: 1000, root: false } });
    const { verdict, candidates } = judgeInbound({
      ...all,
      'device.firewall': { state: 'skipped', why: 'needs root' },
    });
    expect(verdict).toMatchObject({ cause: 'undetermined', outcome: 'failed', certainty: 'possible' });
    expect(candidates.map((one) => one.cause)).toEqual(['local-firewall']);
  });

  it('says what the router in front must do, where only that is left', () => {
    expect(judgeInbound(facts()).verdict.advice).toContain(`port 8080 to ${OWN}`);
    const near = { inbound: { ...question, from: '192.168.7.9' } };
    expect(judgeInbound(facts(near)).verdict.advice).toBeUndefined();
  });

  it('is never surer with fewer facts', () => {
    const full = facts({ 'device.firewall': rules(dropped) });
    for (const key of Object.keys(full).filter((one) => one !== 'target')) {
      const less = Object.fromEntries(Object.entries(full).filter(([one]) => one !== key)) as unknown as Facts;
      const { verdict } = judgeInbound(less);
      expect(['local-firewall', 'undetermined'], `without ${key}`).toContain(verdict.cause);
    }
  });
});
