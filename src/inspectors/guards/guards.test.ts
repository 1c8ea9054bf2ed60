import { describe, expect, it } from 'vitest';
import { guardProduct } from '../../data/guard-products.js';
import { facts, measured } from '../context.fixture.js';
import { guardsNamed } from './guards.js';

const guards = guardsNamed({
  product: (process, program) => {
    const found = guardProduct(process, program);
    return found ? { name: found.name, kind: found.kind, tried: found.tried } : null;
  },
  rootOf: () => null,
});
const process = (pid: number, comm: string, uid = 0) => ({
  [`/proc/${pid}/comm`]: `${comm}\n`,
  [`/proc/${pid}/status`]: `Name:\t${comm}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\n`,
});

describe('device.guards', () => {
  it('finds by what is held, whatever the name', async () => {
    const files = {
      ...process(1, 'init'),
      '/proc/1/fd/0': { link: '/dev/null' },
      ...process(70, 'nobody-knows-me', 12),
      '/proc/70/exe': { link: '/opt/eset/efs/lib/something' },
      '/proc/70/fd/4': { link: 'anon_inode:[fanotify]' },
      '/proc/70/fdinfo/4':
        'fanotify flags:34 event-flags:8000\nfanotify sdev:800013 mflags:0 mask:50000 ignored_mask:0\n',
      ...process(71, 'filter'),
      '/proc/71/fd/3': { link: 'socket:[1]' },
      '/proc/72/fd/5': { link: 'anon_inode:bpf-prog' },
      '/proc/72/fdinfo/5': 'prog_type:\t29\nprog_jited:\t1\n',
      ...process(72, 'watcher'),
      '/proc/net/netfilter/nfnetlink_queue': '    3     71     0 2 65531     0     0        0  1\n',
      '/sys/kernel/security/lsm': 'lockdown,capability,landlock,apparmor\n',
    };
    const found = await measured(guards, facts('192.0.2.9'), { files });
    expect(found.guards).toEqual([
      {
        pid: 70,
        process: 'nobody-knows-me',
        program: '/opt/eset/efs/lib/something',
        uid: 12,
        holds: [{ what: 'files', decides: true, marks: 1, widest: 'file-system' }],
        product: { name: 'ESET', kind: 'endpoint-protection', tried: false },
      },
      { pid: 71, process: 'filter', program: null, uid: 0, holds: [{ what: 'packets', queue: 3 }], product: null },
      {
        pid: 72,
        process: 'watcher',
        program: null,
        uid: 0,
        holds: [{ what: 'kernel-programs', types: ['lsm'] }],
        product: null,
      },
    ]);
    expect(found.modules).toEqual(['lockdown', 'capability', 'landlock', 'apparmor']);
    expect(found.closed).toEqual([]);
  });

  it('tells what it could not look at', async () => {
    const found = await measured(guards, facts('192.0.2.9'), { files: process(9, 'clamd') });
    expect(found.guards).toMatchObject([{ process: 'clamd', holds: [], product: { name: 'ClamAV', tried: true } }]);
    expect(found.closed).toHaveLength(1);
    expect(found.modules).toBeNull();
  });

  it('reads how old signatures are', async () => {
    const files = {
      '/etc/clamav/clamd.conf':
        '# DatabaseDirectory /nowhere\nDatabaseDirectory "/var/lib/av"\nLocalSocket /run/clamd.ctl\n',
      '/var/lib/av/daily.cld': `ClamAV-VDB:27 Nov 2025 03-20 -0500:27445:2063000:90:x:y:svc:1764231600${' '.repeat(400)}`,
      '/var/lib/av/main.cvd': '\u0000\u0001 no head',
      '/var/lib/av/own.ndb': 'x',
    };
    const found = await measured(guards, facts('192.0.2.9'), { files });
    expect(found.scanners).toEqual([
      {
        product: 'ClamAV',
        engine: null,
        signatures: [
          { name: 'daily.cld', version: 27445, built: '2025-11-27T08:20:00.000Z' },
          { name: 'main.cvd', version: null, built: null },
        ],
        location: '/var/lib/av',
      },
    ]);
  });
});
