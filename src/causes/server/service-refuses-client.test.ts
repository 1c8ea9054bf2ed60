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
    ['ftp', '421 There are too many connected users, please try later.', /raise its limit$/],
    ['ftp', '530 Sorry, the maximum number of allowed clients (30) are already connected.', /raise its limit$/],
    ['smtp', '421 Too many concurrent SMTP connections; please try again later.', /raise its limit$/],
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

  test.each([
    ['ftp', '421 There are too many connections from your internet address.'],
    ['ftp', '530 Sorry, the maximum number of clients (2) from your host are already connected.'],
    ['ftp', '421 Too many connections (8) from this IP'],
    ['smtp', '421 4.7.0 mx.example.com Error: too many connections from 203.0.113.2'],
    ['smtp', '421 Too many concurrent SMTP connections from this IP address; please try again later.'],
    ['imap', '* BYE Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)'],
  ])('%s has enough of this address: %s', (protocol, words) => {
    const said = refusal(protocol, words);
    expect(said.summary).toContain('takes no more connections from this address');
    expect(said.advice).toMatch(/close the connections to it from here/);
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
