import { describe, expect, it } from 'vitest';
import { remoteSession } from './remote-session.js';

const above = (...names: string[]) => {
  let at = 0;
  return (pid: number): string | null => {
    const name = names[at++];
    return name === undefined ? null : `${pid} (${name}) S ${at === names.length ? 1 : pid + 1} 0 0`;
  };
};

describe('a session from another computer', () => {
  it('is seen by the server above it, under sudo too', () => {
    expect(remoteSession({}, above('sudo', 'bash', 'sshd-session', 'sshd'))).toBe('sshd-session');
    expect(remoteSession({}, above('bash', 'mosh-server'))).toBe('mosh-server');
  });

  it('is seen by the variable where a multiplexer stands between', () => {
    expect(remoteSession({ SSH_CONNECTION: '203.0.113.9 1 192.0.2.1 22' }, above('bash', 'tmux: server'))).toBe('ssh');
  });

  it('is none at the machine itself, whatever a program is called', () => {
    expect(remoteSession({}, above('bash', 'login'))).toBe(null);
    expect(remoteSession({}, above('not sshd) S 1', 'sshd-like'))).toBe(null);
    expect(remoteSession({}, () => null)).toBe(null);
  });
});
