import { describe, expect, it } from 'vitest';
import { facts, measured } from '../context.fixture.js';
import { deviceDenials } from './denials.js';

const wall = new Date('2026-11-27T12:00:00Z');
const seconds = wall.getTime() / 1_000 - 5;
const line = (port: number, at = seconds): string =>
  `type=AVC msg=audit(${at}.100:9): avc:  denied  { name_connect } for  pid=7 comm="app" dest=${port} scontext=u:r:app_t:s0 tclass=tcp_socket permissive=0`;

// Neither AppArmor nor SELinux runs in this kernel: their lines are from documentation.
describe('what security modules refused of late (built from documentation: not run)', () => {
  it('is read from the audit log, and not the old', async () => {
    const files = { '/var/log/audit/audit.log': `${line(80, seconds - 7_200)}\n${line(443)}\nnonsense\n` };
    const value = await measured(deviceDenials, facts('shop.example'), { files, wall });
    expect(value.entries).toMatchObject([
      { by: 'SELinux', policy: 'app_t', port: 443, log: '/var/log/audit/audit.log' },
    ]);
    expect(value.read).toEqual(['/var/log/audit/audit.log']);
  });

  it('counts the same event once, and learns the program from another line of it', async () => {
    const landlock = [
      `audit: type=1423 audit(${seconds}.200:45): domain=19 blockers=net.connect_tcp daddr=198.51.100.10 dest=443`,
      `audit: type=1424 audit(${seconds}.200:45): domain=19 status=allocated pid=3 uid=0 exe="/opt/app" comm="app"`,
    ].join('\n');
    const files = { '/var/log/kern.log': landlock, '/var/log/messages': landlock };
    const value = await measured(deviceDenials, facts('shop.example'), { files, wall });
    expect(value.entries).toMatchObject([{ by: 'Landlock', program: '/opt/app', address: '198.51.100.10', port: 443 }]);
  });

  it('says which logs could not be read, and keeps the last of many', async () => {
    const many = Array.from({ length: 500 }, (_, i) => line(i + 1)).join('\n');
    const files = { '/var/log/audit/audit.log': many, '/var/log/kern.log': { error: 'EACCES' } };
    const value = await measured(deviceDenials, facts('shop.example'), { files, wall });
    expect(value.entries.length).toBe(32);
    expect(value.entries.at(-1)?.port).toBe(500);
    expect(value.unread).toContainEqual({ log: '/var/log/kern.log', why: 'EACCES' });
  });
});
