import { describe, expect, it } from 'vitest';
import { bindAdvice } from './bind-settings.js';

describe('where a program is told to listen', () => {
  it.each([
    ['nginx', 'listen 192.168.7.20:8080;'],
    ['redis-server', 'bind 127.0.0.1 192.168.7.20'],
    ['postgres', "listen_addresses = 'localhost,192.168.7.20'"],
    ['mariadbd', 'bind-address = 192.168.7.20'],
    ['sshd', 'ListenAddress 192.168.7.20'],
    ['node', "server.listen(8080, '192.168.7.20')"],
    ['python3.11', '--bind 192.168.7.20'],
  ])('%s', (process, text) => expect(bindAdvice(process, '192.168.7.20', 8080)).toContain(text));

  it('is not made up for others', () => expect(bindAdvice('shopd', '192.168.7.20', 8080)).toBe(null));
});
