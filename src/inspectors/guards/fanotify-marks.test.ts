import { describe, expect, it } from 'vitest';
import { parseFanotify } from './fanotify-marks.js';

// As kernel 6.18 wrote it for clamonacc with OnAccessPrevention, watching one directory of /dev/vda (stat: 65024).
const clamonacc = `pos:	0
flags:	02
mnt_id:	17
ino:	26
fanotify flags:34 event-flags:8000
fanotify ino:9a0441 sdev:fe00000 mflags:0 mask:8030000 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:41049a00a392ce0f
`;

describe('marks of fanotify', () => {
  it('of a directory whose files are asked for', () => {
    expect(parseFanotify(clamonacc)).toEqual({
      marks: [{ on: 'file', device: 65_024, inode: 10_093_633, mount: null, decides: true, children: true }],
      truncated: false,
    });
  });
  it('of a mount and of a whole file system', () => {
    const text =
      'fanotify flags:0 event-flags:0\nfanotify mnt_id:1b mflags:40 mask:38 ignored_mask:40000003\nfanotify sdev:800013 mflags:0 mask:40000 ignored_mask:0\n';
    expect(parseFanotify(text)?.marks).toEqual([
      { on: 'mount', device: null, inode: null, mount: 27, decides: false, children: false },
      { on: 'file-system', device: 0x813, inode: null, mount: null, decides: true, children: false },
    ]);
  });
  it('is not every file description', () => {
    expect(parseFanotify('pos:\t0\nflags:\t02\ninotify wd:1 ino:2 sdev:3 mask:4\n')).toBeNull();
    expect(parseFanotify('')).toBeNull();
    expect(parseFanotify('fanotify flags:0\nfanotify mask:zz\n\u0000 mask:1\nx mask:1')?.marks).toEqual([]);
  });
});
