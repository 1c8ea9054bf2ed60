import { describe, expect, test } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Facts } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { cause } from './service-refuses-client.js';

const address = '198.51.100.10';

function refusal(protocol: string, text: string): { summary: string; advice: string; atMost?: string } {
  const failure = { operation: 'service', code: 'refuses', raw: text } as const;
  const target = parseTarget(`${protocol}://db.example.com`);
  if (!target.ok) throw new Error(target.why);
  const heard = { address, port: target.target.port, ms: 3, failure, protocol, text, silent: false };
  const facts: Facts = {
    target: target.target,
    greeting: { state: 'known', value: [heard], at: 0, ms: 3, source: 'test' },
  };
  const attempt: FailedAttempt = {
    id: 'service:db',
    stage: 'service',
    protocol: 'service',
    host: 'db.example.com',
    address,
    port: target.target.port,
    on: null,
    hop: 0,
    outcome: failure,
  };
  const finding = cause.judge(attempt, { facts, attempts: [attempt] });
  if (finding.says !== 'fits') throw new Error(finding.says);
  const { summary = '', advice = '', atMost } = finding;
  return { summary, advice, ...(atMost !== undefined && { atMost }) };
}

describe('what a refusal asks for', () => {
  test.each([
    ['redis', '-ERR max number of clients reached', /maxclients/],
    ['mysql', '1040 Too many connections', /max_connections/],
    ['postgres', 'FATAL: sorry, too many clients already', /max_connections/],
    ['postgres', 'FATAL: remaining connection slots are reserved', /max_connections/],
    ['smtp', '421 4.7.0 Too many connections', /raise its limit$/],
    ['nats', "-ERR 'maximum connections exceeded'", /max_connections/],
  ])('%s is full: %s', (protocol, words, advice) => {
    const said = refusal(protocol, words);
    expect(said.summary).toContain('is full');
    expect(said.advice).toMatch(advice);
    expect(said.advice).not.toMatch(/protected|GRANT|pg_hba|login/);
  });

  test.each([
    ['redis', '-DENIED Redis is running in protected mode', /requirepass/],
    ['mysql', "1129 Host '203.0.113.2' is blocked because of many connection errors", /flush-hosts/],
    ['mysql', "1130 Host '203.0.113.2' is not allowed to connect to this MySQL server", /GRANT/],
    ['smtp', '554 5.7.1 203.0.113.2 is on our list', /mail server/],
  ])('%s refuses this computer: %s', (protocol, words, advice) => {
    const said = refusal(protocol, words);
    expect(said.summary).toContain('refuses this computer');
    expect(said.advice).toMatch(advice);
    expect(said.advice).not.toMatch(/protected-mode off|raise/);
  });

  test('pg_hba.conf may let in the user’s own user, and is blamed as likely at most', () => {
    const said = refusal('postgres', '28000 no pg_hba.conf entry for host "192.0.2.7", user "whoblocked"');
    expect(said).toMatchObject({ atMost: 'likely' });
    expect(said.summary).toContain('at least for a user whom it does not know');
    expect(said.advice).toMatch(/your own user/);
    expect(refusal('mysql', "1130 Host '203.0.113.2' is not allowed")).not.toHaveProperty('atMost');
  });

  test('sshd with as many unfinished logins as it may have refuses nobody in particular', () => {
    expect(refusal('ssh', 'Exceeded MaxStartups').summary).toContain('takes no more logins for now');
  });
});
