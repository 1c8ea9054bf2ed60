import { describe, expect, it } from 'vitest';
import { parseIcapLog } from './icap-log.js';

// As c-icap 0.5.10 with clamd wrote it.
const log = `Fri Nov 27 19:40:15 2026, 23727/1005807424, recomputing istag ...
Fri Nov 27 19:40:22 2026, 23727/999421632, VIRUS DETECTED: Lab.Eicar.UNOFFICIAL , http client ip: -, http user: -, http url: http://shop.example.com/bad.bin 
 Fri Nov 27 19:43:04 2026, 23727/991028928, clamd_connect: Can not connect to clamd server on /run/clamd.sock!
Fri Nov  6 19:43:04 2026, 23727/991028928, Failed to scan web object
`;

describe('the log of c-icap', () => {
  it('tells what was found, and that nothing could be scanned', () => {
    expect(parseIcapLog(log)).toEqual([
      {
        line: 2,
        at: Date.parse('Fri Nov 27 19:40:22 2026'),
        found: { signature: 'Lab.Eicar.UNOFFICIAL', url: 'http://shop.example.com/bad.bin' },
        trouble: null,
      },
      {
        line: 3,
        at: Date.parse('Fri Nov 27 19:43:04 2026'),
        found: null,
        trouble: 'clamd_connect: Can not connect to clamd server on /run/clamd.sock!',
      },
      { line: 4, at: Date.parse('Fri Nov 6 19:43:04 2026'), found: null, trouble: 'Failed to scan web object' },
    ]);
  });
  it('is not misled by what stands in names and addresses', () => {
    const text =
      'Fri Nov 27 19:40:22 2026, 1/2, VIRUS DETECTED: a, http url: http://x/ , http client ip: -, http user: -, http url: http://y/\nVIRUS DETECTED: x\n\u0000\n';
    expect(parseIcapLog(text)).toMatchObject([{ found: { url: 'http://y/' } }]);
    expect(parseIcapLog('')).toEqual([]);
  });
});
