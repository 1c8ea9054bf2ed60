import { describe, expect, it } from 'vitest';
import { foundIn, moveOf } from './clamav-log.js';

// As ClamAV 1.4.6 wrote it.
const clamscan =
  "w/app: Lab.Program.UNOFFICIAL FOUND\nw/app (real path: '/home/u/w/app'): moved to '/q/app'\n\n-----\n\nw/app: Lab.Program.UNOFFICIAL FOUND\nw/app (real path: '/home/u/w/app'): moved to '/q/app.001'\n";
const clamonacc = "/home/u/w/app2: Lab.Other.UNOFFICIAL FOUND\n/home/u/w/app2: moved to '/q2/app2'\n";
const clamd = 'Fri Nov 27 20:29:30 2026 -> /home/u/w/app2: Lab.Other.UNOFFICIAL FOUND\n';

describe('logs of ClamAV', () => {
  it('tell where a file was', () => {
    expect(moveOf('/q/app', clamscan)).toMatchObject({ original: '/home/u/w/app' });
    expect(moveOf('/q/app.001', clamscan)).toMatchObject({ original: '/home/u/w/app' });
    expect(moveOf('/q2/app2', clamonacc)).toEqual({
      original: '/home/u/w/app2',
      signature: 'Lab.Other.UNOFFICIAL',
      at: null,
    });
    expect(moveOf('/q/other', clamscan)).toBeNull();
  });
  it('tell when and what, in the log of clamd', () => {
    expect(foundIn('/home/u/w/app2', clamd)).toEqual({
      signature: 'Lab.Other.UNOFFICIAL',
      at: Date.parse('Fri Nov 27 20:29:30 2026'),
    });
    expect(foundIn('/home/u/w/app', clamd)).toEqual({ signature: null, at: null });
  });
  it('may hold names with line feeds', () => {
    const log = "/home/u/a\nb: X FOUND\n/home/u/a\nb: moved to '/q/a\nb'\n";
    expect(moveOf('/q/a\nb', log)).toEqual({ original: '/home/u/a\nb', signature: 'X', at: null });
    // Somebody names a file so that its line looks like another's: the real one is not told by it.
    expect(moveOf('/q/x', "/tmp/evil: moved to '/q/y\n/etc/passwd: moved to '/q/x'\n")).toBeNull();
  });
});
