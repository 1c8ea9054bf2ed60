import { Duplex, PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem, type Script } from '../../../test/fake-system.js';
import { inspect } from './inspect.js';
import { idOf, listQuarantine } from './list.js';
import { foundByMaldet, parseInfo } from './maldet.js';
import { meaning, scan } from './scan.js';

const unit = (line: string) => ({ '/etc/systemd/system/clamav-clamonacc.service': `[Service]\nExecStart=${line}\n` });
const clamonacc = unit('/usr/sbin/clamonacc -F --log=/var/log/on.log --move=/q');
const log =
  "/usr/bin/tool: Win.Trojan.Agent-1 FOUND\n/usr/bin/tool: moved to '/q/tool'\n/home/u/gone: X FOUND\n/home/u/gone: moved to '/q/gone'\n";
const signal = new AbortController().signal;
const listed = async (files: NonNullable<Script['files']>) => (await listQuarantine(fakeSystem({ files }))).files;

describe('what lies in a quarantine', () => {
  it('is told with where it was and why, without opening it', async () => {
    const system = fakeSystem({
      files: { ...clamonacc, '/var/log/on.log': log, '/q/tool': 'BAD', '/q/.clamav-quarantine-lock.1.0': '' },
    });
    const { folders, files } = await listQuarantine(system);
    expect(folders).toMatchObject([
      { folder: '/q', product: 'ClamAV', because: '/etc/systemd/system/clamav-clamonacc.service:2', readable: true },
    ]);
    expect(files).toMatchObject([
      { id: idOf('/q/tool'), state: 'there', original: '/usr/bin/tool', signature: 'Win.Trojan.Agent-1', size: 3 },
      { state: 'gone', original: '/home/u/gone', signature: 'X', size: null },
    ]);
    expect(system.asked.reads.filter((path) => path.startsWith('/q/'))).toEqual([]);
  });

  it('may have vanished, whatever its name was', async () => {
    const name = "/q/a\n'b\u200e";
    const text = `/home/u/a\n'b\u200e: Eicar FOUND\n/home/u/a\n'b\u200e: moved to '${name}'\n`;
    const { files } = await listQuarantine(
      fakeSystem({ files: { ...clamonacc, '/var/log/on.log': text, '/q/x': '' } }),
    );
    expect(files).toContainEqual(
      expect.objectContaining({ file: name, state: 'gone', original: "/home/u/a\n'b\u200e", signature: 'Eicar' }),
    );
  });

  it('is nothing where no scanner moves anything', async () => {
    const files = {
      ...unit('/usr/sbin/clamonacc -F'),
      '/q/x': '',
      '/etc/crontab': '# clamscan --move=/q /home\n0 1 * * * root rsync --move=/q\n',
    };
    expect(await listQuarantine(fakeSystem({ files }))).toEqual({ folders: [], files: [], truncated: false });
  });

  it('may be moved by jobs and by programs that run now', async () => {
    const files = {
      '/etc/cron.d/scan': '0 1 * * * root clamscan -r --move "/var/bad things" /home\n',
      '/var/bad things/a': '',
      '/proc/7/comm': 'clamonacc\n',
      '/proc/7/cmdline': 'clamonacc\0-F\0--move\0/r/\0',
      '/proc/7/status': 'Name:\tclamonacc\nUid:\t0\t0\t0\t0\n',
      '/r/b': '',
    };
    expect((await listed(files)).map(({ file }) => file)).toEqual(['/r/b', '/var/bad things/a']);
  });

  it.each([
    ['anybody else', '/proc/1/status', 0],
    ['oneself', '/proc/self/status', 1],
  ])('that a program of %s moves there is shown %s', async (_, own, shown) => {
    const files = {
      '/proc/7/comm': 'clamscan\n',
      '/proc/7/cmdline': 'clamscan\0--move=/home/kid/q\0--log=/home/kid/log\0',
      '/proc/7/status': 'Name:\tclamscan\nUid:\t1000\t1000\t1000\t1000\n',
      [own]: 'Uid:\t1000\t1000\t1000\t1000\n',
      '/home/kid/q/x': '',
    };
    expect(await listed(files)).toHaveLength(shown);
  });

  it.each([
    ['a link', { link: '/etc/shadow' }, 'link', /symbolic link/],
    ['a second name', { stat: {}, details: { names: 2 } }, 'shared', /second name/],
    ['a pipe', { stat: { kind: 'other' as const } }, 'no-file', /no ordinary file/],
    ['a closed one', { error: 'EACCES' }, 'closed', /looked at/],
  ])('that is %s is never opened', async (_, file, state, why) => {
    const system = fakeSystem({ files: { ...clamonacc, '/q/x': file, '/etc/shadow': 'secret' } });
    const [one] = (await listQuarantine(system)).files;
    if (!one) throw new Error('not listed');
    expect(one.state).toBe(state);
    expect(await inspect(one, system)).toMatchObject({ sha256: null, unread: expect.stringMatching(why) as string });
    expect((await scan(one, null, system, signal)).opinions).toEqual([]);
    expect(system.asked.reads.filter((path) => path === '/q/x' || path === '/etc/shadow')).toEqual([]);
  });

  it('can be held against what its package brought', async () => {
    const script = (md5: string): Script => ({
      files: {
        ...clamonacc,
        '/var/log/on.log': log,
        '/q/tool': 'BAD',
        '/var/lib/dpkg/info/tools.md5sums': `${md5}  bin/tool\nffffffffffffffffffffffffffffffff  usr/share/doc/tool\n`,
      },
      run: { 'dpkg-query --search -- /bin/tool': 'tools: /bin/tool\n' },
    });
    const looked = async (md5: string) => {
      const system = fakeSystem(script(md5));
      const one = (await listQuarantine(system)).files.find(({ state }) => state === 'there');
      if (!one) throw new Error('not listed');
      return inspect(one, system);
    };
    // md5 and SHA-256 of BAD.
    expect(await looked('3c4d6d0b0ab0ab1e9ddd2d8c5ccf7c4a')).toMatchObject({
      package: { name: 'tools', unchanged: false },
    });
    const { sha256, package: owner } = await looked(
      process.getBuiltinModule('node:crypto').createHash('md5').update('BAD').digest('hex'),
    );
    expect(owner).toEqual({ name: 'tools', unchanged: true });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('clamd, asked again', () => {
  const settings = '/etc/clamav/clamd.conf';
  const head = (built: string): string => `ClamAV-VDB:${built}:27000:1:90:X:X:builder:1`;
  const asked = async (built: string, logged = '') => {
    const dialUnix = (): Duplex => {
      const stream = new PassThrough();
      stream.on('pipe', () => undefined);
      return Duplex.from({ readable: Readable.from(['stream: OK\0']), writable: stream });
    };
    const files = {
      ...clamonacc,
      [settings]: 'LocalSocket /run/clamd\nDatabaseDirectory /db\n',
      '/db/daily.cvd': head(built),
      '/var/log/on.log': logged,
      '/q/tool': 'GOOD',
    };
    const system = fakeSystem({ files, dialUnix, wall: new Date('2026-11-28T00:00:00Z') });
    const [one] = (await listQuarantine(system)).files;
    if (!one) throw new Error('not listed');
    return (await scan(one, null, system, signal)).opinions[0];
  };
  it('speaks for a file with fresh signatures, and not with old ones', async () => {
    expect(await asked('20 Nov 2026 03-20 -0500')).toMatchObject({ says: 'clean', speaksFor: true });
    expect(await asked('20 Sep 2026 03-20 -0500')).toMatchObject({
      says: 'clean',
      speaksFor: false,
      knows: 'signatures of 2026-09-20: 68 days old, too old to speak for a file',
    });
  });

  it('is no second opinion about what ClamAV itself found, before its signatures are newer than that', async () => {
    const logged = "Sat Nov 21 10:00:00 2026 -> /home/u/tool: Bad FOUND\n/home/u/tool: moved to '/q/tool'\n";
    expect(await asked('20 Nov 2026 03-20 -0500', logged)).toMatchObject({
      says: 'clean',
      speaksFor: false,
      knows: expect.stringContaining('no second opinion') as unknown,
    });
    expect(await asked('23 Nov 2026 03-20 -0500', logged)).toMatchObject({ says: 'clean', speaksFor: true });
  });
});

describe('clamscan, asked where no clamd answers', () => {
  const asked = async (databases: Record<string, string>) => {
    const files = { ...clamonacc, ...databases, '/q/tool': 'GOOD' };
    const run = () => ({ exit: 0, stdout: '/q/tool: OK\n', stderr: '' });
    const system = fakeSystem({ files, run });
    const [one] = (await listQuarantine(system)).files;
    if (!one) throw new Error('not listed');
    return (await scan(one, null, system, signal)).opinions.at(-1);
  };
  it('does not speak for a file where all that it knows is what to let pass', async () => {
    const exceptions = { '/var/lib/clamav/whoblocked.sfp': 'aa:4:x', '/var/lib/clamav/own.ign2': 'A' };
    expect(await asked(exceptions)).toMatchObject({ says: 'clean', speaksFor: false });
    expect(await asked({ ...exceptions, '/var/lib/clamav/own.hsb': 'aa:4:Bad' })).toMatchObject({ speaksFor: true });
  });
});

describe('what maldet keeps', () => {
  const info =
    '# owner:group:mode:size(b):md5:atime(epoch):mtime(epoch):ctime(epoch):file(path)\nwww:www:644:12:d41d8cd98f00b204e9800998ecf8427e:1:1700000000:3:/srv/a:b\nc.php\n';
  it('is read as its own restore reads it, and better where names hold colons and line feeds', () => {
    expect(parseInfo(info)).toMatchObject({
      owner: 'www',
      mode: 0o644,
      modified: 1_700_000_000,
      original: '/srv/a:b\nc.php',
    });
    expect(parseInfo('# only a comment\n')).toBeNull();
    expect(parseInfo('a:b:644:1:d4:1:1:1:relative')).toBeNull();
    expect(parseInfo('')).toBeNull();
  });
  it('has a history', () => {
    const history =
      '1700000000:{HEX}php.cmdshell.1:/srv/x.php:www:www:d4:12:/usr/local/maldetect/quarantine/x.php.123\n';
    const file = '/usr/local/maldetect/quarantine/x.php.123';
    expect(foundByMaldet(file, history)).toEqual({ signature: '{HEX}php.cmdshell.1', at: 1_700_000_000_000 });
    expect(foundByMaldet('/usr/local/maldetect/quarantine/x.php.12', history)).toEqual({ signature: null, at: null });
  });
  it('is listed with the owner that it had', async () => {
    const at = '/usr/local/maldetect/quarantine/c.php.1';
    const files = {
      [at]: 'x',
      [`${at}.info`]: info,
      '/etc/passwd': 'www:x:33:33::/:/bin/sh\n',
      '/etc/group': 'www:x:33:\n',
    };
    expect(await listed(files)).toMatchObject([
      {
        product: 'maldet',
        tried: false,
        file: at,
        original: '/srv/a:b\nc.php',
        owner: { uid: 33, gid: 33, mode: 0o644 },
      },
    ]);
  });
});

describe('the word of a scanner', () => {
  it.each([
    ['stream: OK', 'clean'],
    ['stream: Win.Test FOUND', 'found'],
    ['INSTREAM size limit exceeded. ERROR', 'no-answer'],
    ['', 'no-answer'],
    ['OK', 'no-answer'],
  ])('%s', (text, says) => expect(meaning(text, '')).toMatchObject({ says }));
});
