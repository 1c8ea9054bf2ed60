import { describe, expect, it } from 'vitest';
import type { AppCondition, AppFirewallFact, AppRule } from '../model/app-firewall-facts.js';
import { type AppConnection, decideForApp } from './app-rules.js';

const connection: AppConnection = {
  path: '/usr/bin/curl',
  uid: 1000,
  protocol: 'tcp',
  host: 'shop.example',
  address: '198.51.100.10',
  port: 443,
};

function rule(
  name: string,
  action: AppRule['action'],
  when: Record<string, string>,
  more: Partial<AppRule> = {},
): AppRule {
  const conditions = Object.entries(when).map(([operand, data]): AppCondition => ({
    type: 'simple',
    operand,
    data,
    exact: false,
  }));
  return { name, action, enabled: true, precedence: false, location: `/r/${name}.json`, conditions, ...more };
}

function decided(rules: readonly AppRule[], more: Partial<AppFirewallFact> = {}, of: Partial<AppConnection> = {}) {
  const firewall: AppFirewallFact = {
    product: 'OpenSnitch',
    daemon: { pid: 1, process: 'opensnitchd' },
    queues: [0],
    otherwise: 'allow',
    asker: '/usr/bin/node',
    rules,
    closed: [],
    ...more,
  };
  const decision = decideForApp(firewall, { ...connection, ...of });
  return decision && [decision.action, decision.rule?.name ?? null];
}

describe('rules of a firewall for programs', () => {
  const noWeb = rule('b', 'deny', { 'dest.port': '443' });

  it('forbid where all that they ask holds', () => {
    expect(decided([noWeb])).toEqual(['deny', 'b']);
    expect(decided([rule('b', 'reject', { 'process.path': '/usr/bin/CURL', 'user.id': '1000' })])).toEqual([
      'reject',
      'b',
    ]);
    expect(decided([rule('b', 'deny', { 'dest.port': '443', 'user.id': '0' })])).toEqual(['allow', null]);
    expect(decided([{ ...noWeb, enabled: false }])).toEqual(['allow', null]);
  });

  it('count in the order of their names: the first that forbids, or has precedence', () => {
    const allows = rule('a', 'allow', { 'dest.host': 'shop.example' });
    expect(decided([noWeb, allows])).toEqual(['deny', 'b']);
    expect(decided([noWeb, { ...allows, precedence: true }])).toEqual(['allow', 'a']);
    expect(decided([allows], { otherwise: 'deny' })).toEqual(['allow', 'a']);
    expect(decided([], { otherwise: 'deny' })).toEqual(['deny', null]);
  });

  it('are not judged where something is unknown', () => {
    const byCommand = rule('a', 'allow', { 'process.command': 'curl x' });
    expect(decided([byCommand, noWeb])).toBeNull();
    expect(decided([noWeb, { ...byCommand, name: 'c' }])).toEqual(['deny', 'b']);
    expect(decided([rule('a', 'deny', { 'process.path': '/x' })], {}, { path: undefined })).toBeNull();
    expect(decided([], { closed: ['/r/x.json: EACCES'] })).toBeNull();
    expect(decided([rule('a', 'deny', {})])).toEqual(['allow', null]);
  });

  it('hold networks and patterns against it, without ever hanging', () => {
    const of = (type: string, operand: string, data: string) =>
      decided([{ ...noWeb, conditions: [{ type, operand, data, exact: false }] }])?.[0] ?? null;
    expect(of('network', 'dest.network', '198.51.100.0/24')).toBe('deny');
    expect(of('network', 'dest.network', '10.0.0.0/8')).toBe('allow');
    expect(of('regexp', 'dest.host', '^(.*\\.)?Shop\\.example$')).toBe('deny');
    expect(of('regexp', 'process.path', '^/opt/')).toBe('allow');
    expect(of('regexp', 'dest.host', '(a+)+$')).toBeNull();
    expect(of('regexp', 'dest.host', '[')).toBeNull();
    expect(of('lists', 'lists.domains', '/etc/list')).toBeNull();
  });
});
