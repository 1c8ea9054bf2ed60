import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import type { Facts } from '../../model/facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { measured } from '../context.fixture.js';
import { pathsIn } from './listening-paths.js';
import { socketFile } from './socket-file.js';

function facts(path: string): Facts {
  const parsed = parseTarget(`unix:${path}`);
  if (!parsed.ok) throw new Error(parsed.why);
  return { target: parsed.target };
}

const look = (path: string, files: NonNullable<Script['files']>, uid = 1000) =>
  measured(socketFile, facts(path), {
    files: {
      '/': { stat: { kind: 'directory', mode: 0o755 } },
      '/run': { stat: { kind: 'directory', mode: 0o755 } },
      '/etc/passwd': 'root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\n',
      '/etc/group': 'root:x:0:\ndocker:x:998:alice\n',
      ...files,
    },
    identity: { uid },
  });

describe('device.socketFile', () => {
  it('tells whose it is', async () => {
    const files = { '/run/docker.sock': { stat: { kind: 'socket', mode: 0o660, uid: 0, gid: 998 } } } as const;
    expect(await look('/run/docker.sock', files)).toMatchObject({
      kind: 'socket',
      file: { path: '/run/docker.sock', mode: '0660', owner: 'root', group: 'docker' },
      barrier: null,
    });
  });

  it('finds the directory that may not be entered, as the kernel does and as root by its rights', async () => {
    const closed = { '/run/app': { stat: { kind: 'directory', mode: 0o700, uid: 101, gid: 4711 } } } as const;
    expect(await look('/run/app/app.sock', { ...closed, '/run/app/app.sock': { error: 'EACCES' } })).toMatchObject({
      kind: 'hidden',
      barrier: { path: '/run/app', mode: '0700', owner: 'postgres', group: '4711' },
    });
    const socket = { '/run/app/app.sock': { stat: { kind: 'socket', mode: 0o666 } } } as const;
    expect(await look('/run/app/app.sock', { ...closed, ...socket })).toMatchObject({ barrier: { path: '/run/app' } });
    expect((await look('/run/app/app.sock', { ...closed, ...socket }, 101)).barrier).toBeNull();
  });

  it('tells how far the path leads, and where a socket of that name does listen', async () => {
    const table =
      'Num RefCount Protocol Flags Type St Inode Path\n0000: 00000002 00000000 00010000 0001 01 77 /run/other/app.sock\n';
    expect(await look('/run/app/app.sock', { '/proc/net/unix': table })).toMatchObject({
      kind: 'missing',
      existing: '/run',
      listening: false,
      elsewhere: ['/run/other/app.sock'],
    });
  });
});

describe('/proc/net/unix', () => {
  it('has those on which somebody listens', () => {
    const text = [
      'Num       RefCount Protocol Flags    Type St Inode Path',
      '0000000000000000: 00000002 00000000 00010000 0001 01 16434 /run/a.sock',
      '0000000000000000: 00000003 00000000 00000000 0001 03 16435 /run/b.sock',
      '0000000000000000: 00000002 00000000 00010000 0001 01 16436 @abstract',
      '0000000000000000: 00000002 00000000 00010000 0001 01 16437 /run/with space.sock',
      'rubbish',
    ].join('\n');
    expect(pathsIn(text)).toEqual(['/run/a.sock', '/run/with space.sock']);
  });
});
