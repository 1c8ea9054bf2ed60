import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../test/fake-system.js';
import type { System } from '../model/system.js';
import { findProgram } from './find-program.js';

interface Running {
  readonly inode?: number;
  readonly runs?: string;
  readonly name?: string;
  readonly network?: string;
  readonly user?: number;
}

/** `/usr/bin/app` is the file 7; each process runs what it is said to run. */
function find(processes: Readonly<Record<number, Running>>, named = '/usr/bin/app') {
  const files = Object.entries(processes).flatMap(([pid, one]) => {
    const { inode = 7, runs = '/usr/bin/app', name = 'app', network = 'net:[1]', user = 1000 } = one;
    return [
      [`/proc/${pid}/exe`, { stat: { inode }, link: runs }],
      [`/proc/${pid}/ns/net`, { link: network }],
      [`/proc/${pid}/comm`, `${name}\n`],
      [`/proc/${pid}/status`, `Name:\t${name}\nUid:\t${user}\t${user}\t${user}\t${user}\n`],
    ] as const;
  });
  const system = fakeSystem({
    files: { '/usr/bin/app': { stat: { inode: 7 } }, '/usr/bin/link': { stat: { inode: 7 } }, ...Object.fromEntries(files) },
  }); // prettier-ignore
  return findProgram(named, '/usr/bin', '/home', system);
}

describe('a program by its path', () => {
  it('is the process that runs that very file', async () => {
    expect(await find({ 40: {}, 9: { inode: 8, runs: '/usr/bin/other' } })).toEqual({
      named: '/usr/bin/app',
      pid: 40,
      path: null,
    });
  });

  it('is no process of a container that runs another file of the same path', async () => {
    expect(await find({ 40: { inode: 8, network: 'net:[2]' } })).toEqual({
      named: '/usr/bin/app',
      pid: null,
      path: '/usr/bin/app',
    });
    expect(await find({ 40: { inode: 8, network: 'net:[2]' }, 41: {} })).toMatchObject({ pid: 41 });
  });

  it('is told of several which was taken', async () => {
    const found = await find({ 100: {}, 41: {}, 42: {} });
    expect(found).toMatchObject({ pid: 41, alike: expect.stringMatching(/41 was taken of 41, 42, 100/) });
  });

  it('is none of several in different places, and says which there are', async () => {
    for (const other of [{ network: 'net:[2]' }, { user: 0 }]) {
      const found = await find({ 41: {}, 42: other }); // oxlint-disable-line no-await-in-loop
      expect(found).toMatchObject({ pid: null, path: '/usr/bin/app', alike: expect.stringMatching(/none.*: 41, 42$/) });
    }
  });

  it('by a link is who was started by that name alone: one file may be many programs', async () => {
    expect(await find({ 41: { name: 'link' } }, '/usr/bin/link')).toMatchObject({ pid: 41 });
    expect(await find({ 41: { name: 'app' } }, '/usr/bin/link')).toMatchObject({ pid: null });
  });

  it('asks of no other process for its file, which may lie on a file server that never answers', async () => {
    const system = fakeSystem({
      files: {
        '/usr/bin/app': { stat: { inode: 7 } },
        '/proc/5/exe': { link: '/mnt/away/tool' },
        '/proc/5/comm': 'tool\n',
      },
    });
    const never: System = {
      ...system,
      files: {
        ...system.files,
        stat: (file) => (file === '/proc/5/exe' ? new Promise(() => {}) : system.files.stat(file)),
      },
    };
    expect(await findProgram('/usr/bin/app', '/usr/bin', '/home', never)).toMatchObject({ pid: null });
  });
});
