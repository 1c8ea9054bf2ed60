import { describe, expect, it } from 'vitest';
import type { AppFirewallFact } from '../model/app-firewall-facts.js';
import type { Attempt } from '../model/attempt.js';
import type { Facts } from '../model/facts.js';
import { foretoldAttempts } from './program-attempts.js';

const curl = '/usr/bin/curl';

function firewall(when: Record<string, string>, action: 'deny' | 'reject' = 'deny'): AppFirewallFact {
  const conditions = Object.entries(when).map(([operand, data]) => ({ type: 'simple', operand, data, exact: false }));
  const rule = { name: 'no', action, enabled: true, precedence: false, location: '/r/no.json', conditions };
  const daemon = { pid: 7, process: 'opensnitchd' };
  return { product: 'OpenSnitch', daemon, queues: [0], otherwise: 'allow', asker: null, rules: [rule], closed: [] };
}

function factsWith(value: AppFirewallFact | null): Facts {
  const program = { path: curl, named: 'curl', uid: 1000, tried: [] };
  return {
    target: { host: 'shop.example' },
    'device.appFirewall': { state: 'known', value, at: 0, ms: 0, source: 'test' },
    'device.program': { state: 'known', value: program, at: 0, ms: 0, source: 'test' },
  } as unknown as Facts;
}

function held(address: string, more: Partial<Attempt> = {}): Attempt {
  const where = { host: 'shop.example', address, port: 443, on: null, hop: 0 };
  return { id: `connect:${address}:443`, stage: 'connect', protocol: 'tcp', ...where, outcome: 'ok', ...more };
}

describe('what rules say of connections that the named program has not made', () => {
  it('is an attempt that fails as the rule lets it fail', () => {
    const [denied] = foretoldAttempts([held('198.51.100.10')], factsWith(firewall({ 'process.path': curl })));
    expect(denied).toMatchObject({ byProgram: true, foretold: true, outcome: { code: 'timed-out' } });
    const [rejected] = foretoldAttempts(
      [held('198.51.100.10')],
      factsWith(firewall({ 'process.path': curl }, 'reject')),
    );
    expect(rejected).toMatchObject({ outcome: { code: 'aborted' } });
  });

  it('is nothing where one of several addresses is allowed, or the program got through itself', () => {
    const one = factsWith(firewall({ 'process.path': curl, 'dest.ip': '198.51.100.10' }));
    expect(foretoldAttempts([held('198.51.100.10'), held('198.51.100.11')], one)).toEqual([]);
    const own = held('198.51.100.10', { id: 'program:connect', protocol: 'program', byProgram: true });
    expect(foretoldAttempts([held('198.51.100.10'), own], one)).toEqual([]);
  });

  it('is nothing where there are no such rules, or they are for another program', () => {
    expect(foretoldAttempts([held('198.51.100.10')], factsWith(null))).toEqual([]);
    const other = factsWith(firewall({ 'process.path': '/usr/bin/wget' }));
    expect(foretoldAttempts([held('198.51.100.10')], other)).toEqual([]);
  });

  it('is told of the way to a proxy as well', () => {
    const toProxy = held('192.0.2.8', { host: 'proxy.example', toProxy: true });
    expect(foretoldAttempts([toProxy], factsWith(firewall({ 'process.path': curl })))).toHaveLength(1);
  });
});
