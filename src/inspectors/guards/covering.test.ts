import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { FanotifyMark } from './fanotify-marks.js';
import { coveredBy, markedBy, mountOf, pathsOf } from './covering.js';

const table =
  '27 1 254:0 / / rw - ext4 /dev/vda rw\n31 27 0:28 / /opt/my\\040apps rw - tmpfs x rw\n32 27 0:29 / /opt rw - tmpfs x rw\n33 27 0:30 / /opt rw - tmpfs x rw\nbroken\n';

describe('which files a mark is on', () => {
  it('knows the mount of a path', () => {
    expect(mountOf('/opt/my apps/tool', table)).toBe(31);
    expect(mountOf('/opt/tool', table)).toBe(33);
    expect(mountOf('/optional', table)).toBe(27);
    expect(mountOf('/x', '')).toBeNull();
  });

  it('is told by device and number, folder, mount and file system', async () => {
    const { files } = fakeSystem({
      files: {
        '/opt/tool': { stat: {}, details: { device: 65_024, inode: 7 } },
        '/opt': { stat: { kind: 'directory' }, details: { device: 65_024, inode: 6 } },
        '/proc/self/mountinfo': table,
      },
    });
    const tool = await markedBy('/opt/tool', files);
    const mark = (more: Partial<FanotifyMark>): FanotifyMark => ({
      on: 'file', device: 65_024, inode: 7, mount: null, decides: true, children: false, ...more,
    }); // prettier-ignore
    expect(coveredBy(mark({}), tool)).toBe('file');
    expect(coveredBy(mark({ inode: 6, children: true }), tool)).toBe('folder');
    expect(coveredBy(mark({ inode: 6 }), tool)).toBeNull();
    expect(coveredBy(mark({ device: 1 }), tool)).toBeNull();
    expect(coveredBy(mark({ decides: false }), tool)).toBeNull();
    expect(coveredBy(mark({ on: 'mount', device: null, inode: null, mount: 33 }), tool)).toBe('mount');
    expect(coveredBy(mark({ on: 'mount', device: null, inode: null, mount: 27 }), tool)).toBeNull();
    expect(coveredBy(mark({ on: 'file-system', inode: null }), tool)).toBe('file-system');
    expect(coveredBy(mark({ on: 'file-system', device: 9, inode: null }), tool)).toBeNull();
  });

  it('follows links, and not for ever', async () => {
    const { files } = fakeSystem({
      files: {
        '/bin/a': { link: 'b' },
        '/bin/b': { link: '/opt/c' },
        '/opt/c': '',
        '/x': { link: '/y' },
        '/y': { link: '/x' },
      },
    });
    expect(await pathsOf('/bin/a', files)).toEqual(['/bin/a', '/bin/b', '/opt/c']);
    expect(await pathsOf('/x', files)).toEqual(['/x', '/y']);
  });
});
