import { describe, expect, it } from 'vitest';
import { wrapperMatch } from './tcp-wrappers.js';

const deny = (file: string, client: string, daemon = 'sshd'): string | null => {
  const found = wrapperMatch(file, daemon, client, false);
  return found && `${found.line} ${found.allows ? 'allow' : 'deny'}`;
};

describe('hosts.deny and hosts.allow', () => {
  it.each([
    ['ALL: ALL', '203.0.113.9', '1 deny'],
    ['# comment\n\nsshd: 203.0.113.9', '203.0.113.9', '3 deny'],
    ['sshd: 203.0.113.9', '203.0.113.90', null],
    ['sshd: 203.0.113.', '203.0.113.90', '1 deny'],
    ['sshd: 203.0.11', '203.0.113.90', null],
    ['sshd: 203.0.113.0/255.255.255.128', '203.0.113.127', '1 deny'],
    ['sshd: 203.0.113.0/255.255.255.128', '203.0.113.128', null],
    ['sshd: 203.0.113.0/24', '203.0.113.128', '1 deny'],
    ['sshd: [2001:db8::]/32', '2001:db8:7::20', '1 deny'],
    ['sshd: [2001:db8::]/32', '2001:db9::1', null],
    ['vsftpd, sshd : 192.0.2.1, 203.0.113.9', '203.0.113.9', '1 deny'],
    ['ALL EXCEPT sshd: ALL', '203.0.113.9', null],
    ['ALL: ALL EXCEPT 203.0.113.0/24', '203.0.113.9', null],
    ['ALL: ALL EXCEPT 203.0.113.0/24 EXCEPT 203.0.113.9', '203.0.113.9', '1 deny'],
    ['sshd: 203.0.113.9 : allow\nALL: ALL', '203.0.113.9', '1 allow'],
    ['sshd: \\\n 203.0.113.9', '203.0.113.9', '1 deny'],
    ['sshd: .example.com', '203.0.113.9', null],
    ['sshd@192.0.2.1: ALL', '203.0.113.9', '1 deny'],
    ['nginx: ALL', '203.0.113.9', null],
    ['hostile', '203.0.113.9', null],
    ['sshd: 203.0.113.0/255.0.255.0', '203.0.113.9', null],
  ])('%j for %s: %s', (file, client, expected) => {
    expect(deny(file, client)).toBe(expected);
  });
});
