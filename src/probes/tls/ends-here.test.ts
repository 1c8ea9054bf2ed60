import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import { endsHere, spellings } from './ends-here.js';

const connection = (localAddress: unknown, localPort: unknown) =>
  Object.assign(new PassThrough(), { localAddress, localPort });
// As this kernel wrote it: 127.0.0.1:8443 with 192.168.7.20:45000 at the other end, and a listening socket.
const table =
  '  sl  local_address rem_address   st tx_queue\n   0: 00000000:20FB 00000000:0000 0A 00000000\n   1: 0100007F:20FB 1407A8C0:AFC8 01 00000000:00000000\n';
const files = (tables: Record<string, string>) => fakeSystem({ files: tables }).files;

describe('whether a connection ends here', () => {
  it('is told by the table of sockets', async () => {
    const here = files({ '/proc/net/tcp': table });
    expect(await endsHere(connection('192.168.7.20', 45000), '198.51.100.10', here)).toBe(true);
    expect(await endsHere(connection('192.168.7.20', 45001), '198.51.100.10', here)).toBe(false);
    expect(await endsHere(connection('127.0.0.1', 8443), '198.51.100.10', here)).toBe(false);
  });
  it('sees sockets that take both families', async () => {
    const six =
      '   0: 0000000000000000FFFF00000100007F:20FB 0000000000000000FFFF00001407A8C0:AFC8 01 0\n   1: B80D0120000000000000000001000000:20FB B80D0120000000000000000002000000:AFC8 01 0\n';
    const here = files({ '/proc/net/tcp': '', '/proc/net/tcp6': six });
    expect(await endsHere(connection('192.168.7.20', 45000), '198.51.100.10', here)).toBe(true);
    expect(await endsHere(connection('::ffff:192.168.7.20', 45000), '198.51.100.10', here)).toBe(true);
    expect(await endsHere(connection('2001:db8::2', 45000), '198.51.100.10', here)).toBe(true);
    expect(await endsHere(connection('2001:db8::1', 45000), '198.51.100.10', here)).toBe(false);
  });
  it('is not known where nothing tells', async () => {
    expect(await endsHere(connection('192.168.7.20', 45000), '198.51.100.10', files({}))).toBeUndefined();
    expect(await endsHere(new PassThrough(), '198.51.100.10', files({ '/proc/net/tcp': table }))).toBeUndefined();
    expect(
      await endsHere(connection('192.168.7.20', 45000), '192.168.7.20', files({ '/proc/net/tcp': table })),
    ).toBeUndefined();
    expect(spellings('no address', 1)).toEqual([]);
  });
});
