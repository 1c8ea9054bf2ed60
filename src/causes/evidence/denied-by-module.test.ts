import { describe, expect, it } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Denial } from '../../model/policy-facts.js';
import type { ProgramFact } from '../../model/program.js';
import { deniedByModule } from './denied-by-module.js';
import { factsOf, failure } from '../names/scene.fixture.js';

const entry: Denial = {
  by: 'AppArmor', at: '2026-11-27T12:00:00.000Z', policy: '/opt/app', operation: 'connect', process: 'app', program: null, pid: 9,
  address: null, port: null, permissive: false, log: 'kernel log',
}; // prettier-ignore
const program: ProgramFact = {
  named: '/opt/app', path: '/opt/app', pid: 9, container: null, tried: [], entered: [], seenBy: null, adopted: [], notAdopted: [],
  file: null, opens: null, runs: null, interpreter: null, running: true, uid: 1000, user: 'u', cgroup: null,
  sandbox: { noNewPrivileges: null, seccomp: null, label: null, packaged: null }, proxies: [],
}; // prettier-ignore
const attempt: FailedAttempt = {
  id: 'program:connect:198.51.100.10:443', stage: 'connect', protocol: 'program', host: 'shop.example', address: '198.51.100.10',
  port: 443, on: null, hop: 0, byProgram: true, outcome: failure('connect/prohibited'),
}; // prettier-ignore

function judged(entries: readonly Partial<Denial>[], of: Partial<FailedAttempt> = {}, root = true) {
  const facts = factsOf('https://shop.example/', {
    'device.self': { platform: 'linux', uid: 0, user: 'root', root, privileges: [], sockets: 'ffi' },
    'device.program': program,
    'device.denials': { entries: entries.map((one) => ({ ...entry, ...one })), read: ['kernel log'], unread: [] },
  });
  return deniedByModule({ ...attempt, ...of }, { facts, attempts: [] });
}

describe('a denial in the audit log (built from documentation: not run)', () => {
  it('of that process fits; of that very connection it is proof', () => {
    expect(judged([{}])).toMatchObject({
      says: 'fits',
      culprit: { name: 'AppArmor profile /opt/app', owner: 'AppArmor' },
    });
    expect(judged([{ port: 443, address: '198.51.100.10' }])).toMatchObject({ says: 'proven' });
    expect(judged([{ by: 'SELinux', policy: 'app_t', port: 443 }])).toMatchObject({
      says: 'fits',
      culprit: { name: 'SELinux domain app_t' },
    });
  });

  it('of another process, port or file does not, nor one that was only written down', () => {
    const other = { pid: 8, process: 'other' };
    expect(judged([other])).toBeNull();
    expect(judged([{ port: 25 }])).toBeNull();
    expect(judged([{ ...other, process: 'app', program: '/usr/bin/app' }])).toBeNull();
    expect(judged([{ permissive: true }])).toBeNull();
    expect(judged([{}], { outcome: failure('connect/timed-out') })).toBeNull();
    expect(judged([{}], {}, false)).toBeNull();
  });

  it('names the right that a snap lacks', () => {
    const finding = judged([{ policy: 'snap.mailer.send' }]);
    expect(finding?.says === 'fits' && finding.advice).toMatch(/snap connect mailer:network/);
  });
});
