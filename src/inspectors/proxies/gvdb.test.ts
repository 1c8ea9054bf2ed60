import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGvdb } from './gvdb.js';

/** Written by `dconf compile`: a manual proxy, three hosts without, and a setting of something else. */
const file = [
  'R1ZhcmlhbnQAAAAAAAAAABgAAAAYAgAAAAAAKBIAAAAAAAAAAQAAAAQAAAAGAAAABgAAAAYAAAAIAAAACAAAAAgAAAAIAAAACwAAAA4AAAAOAA',
  'AADgAAAA8AAAAQAAAAEAAAABIAAABeMbzvCgAAABgCAAAEAHYAIAIAACkCAAA7b6oJBgAAACkCAAAMAHYAOAIAAD4CAADtCwGRBQAAAD4CAAAE',
  'AHYASAIAAE4CAABLUJALDwAAAE4CAAAEAEwAVAIAAFgCAACwtyQwAwAAAFgCAAAGAEwAYAIAAGQCAAAo5urmCgAAAGQCAAAFAEwAbAIAAHgCAA',
  'A5xTtPCAAAAHgCAAAKAEwAhAIAAIgCAADbWD1OCgAAAIgCAAAMAHYAmAIAAMQCAAC5iP3aBAAAAMQCAAAIAEwAzAIAANACAAAbtEfECgAAANAC',
  'AAAGAEwA2AIAAOACAAAZIvkxCwAAAOACAAAGAEwA6AIAAPwCAADoN9WSDwAAAPwCAAAHAEwABAMAAAgDAADCdshNBQAAAAgDAAASAHYAIAMAAC',
  'MDAACIb90ZCgAAACMDAAAOAHYAOAMAAFMDAAB5OCVLCQAAAFMDAAAEAHYAWAMAAGgDAADUtQIA/////2gDAAABAEwAbAMAAHQDAAAGqfyQBQAA',
  'AHQDAAAEAHYAeAMAAIgDAABgmylLCQAAAIgDAAAEAHYAkAMAAJYDAABtb2RlAAAAAG1hbnVhbAAAc2Nsb2NrLWZvcm1hdAAAADI0aAAAc3Bvcn',
  'QAAAAAAACQHwAAAGlvcmcvAAAEAAAAZ25vbWUvAAAIAAAAaHR0cC8AAAAQAAAAAgAAAAwAAABpbnRlcmZhY2UvAAABAAAAaWdub3JlLWhvc3Rz',
  'AAAAAGxvY2FsaG9zdAAxMjcuMC4wLjAvOAAqLmludHJhLmV4YW1wbGUAChYmAGFzZGVza3RvcC8GAAAAaHR0cHMvAAAOAAAAEQAAAHByb3h5Lw',
  'AADQAAAAUAAAAJAAAABwAAAAAAAABzeXN0ZW0vAAoAAAB1c2UtYXV0aGVudGljYXRpb24AAAAAAAABAGJhdXRvY29uZmlnLXVybAAAAAAAAABo',
  'dHRwOi8vcGFjLmV4YW1wbGUveC5wYWMAAHNob3N0AHByb3h5LmV4YW1wbGUAAHMvAAAAAwAAAAsAAABob3N0cGxhaW4uZXhhbXBsZQAAc3Bvcn',
  'QAAAAAOAwAAABp',
].join('');

const bytes = (): Buffer => Buffer.from(file, 'base64');

describe('a dconf database', () => {
  it('gives the settings below a path', () => {
    expect(Object.fromEntries(readGvdb(bytes(), '/system/proxy/'))).toEqual({
      mode: 'manual',
      'autoconfig-url': 'http://pac.example/x.pac',
      'ignore-hosts': 'localhost,127.0.0.0/8,*.intra.example',
      'http/host': 'plain.example',
      'http/port': '8080',
      'http/use-authentication': 'true',
      'https/host': 'proxy.example',
      'https/port': '3128',
    });
    expect(readGvdb(bytes(), '/org/gnome/').get('desktop/interface/clock-format')).toBe('24h');
  });
  it('that is none gives nothing', () => {
    expect(readGvdb(Buffer.from(''), '/').size).toBe(0);
    expect(readGvdb(Buffer.from('mode=manual'), '/').size).toBe(0);
  });
  it('that is damaged is read without a fault', () => {
    const damaged = fc
      .tuple(fc.array(fc.tuple(fc.nat({ max: 917 }), fc.nat({ max: 255 })), { maxLength: 12 }), fc.nat({ max: 918 }))
      .map(([changes, length]) => {
        const copy = bytes().subarray(0, length);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(damaged, (one) => void readGvdb(one, '/')),
      { numRuns: 2000 },
    );
  });
});
