import { describe, expect, it } from 'vitest';
import { PassThrough } from 'node:stream';
import { facts, known, run } from '../names/context.fixture.js';
import { endIn, localEnd } from './local-end.js';

const table = [
  'ESTAB 0 0 192.168.7.20:45000 198.51.100.10:443 users:(("node",pid=9,fd=20))',
  'ESTAB 0 0 127.0.0.1:8443 192.168.7.20:45000 users:(("shield",pid=7,fd=9))',
  'ESTAB 0 0 [::ffff:127.0.0.1]:8443 [::ffff:192.168.7.20]:45001',
  'ESTAB 0 0 [2001:db8:7::20]:8443 [2001:db8:7::20]:45002',
].join('\n');

describe('the other end of a connection', () => {
  it('is found by its peer, whatever the target was', () => {
    expect(endIn(table, '192.168.7.20', 45000)).toEqual({
      address: '127.0.0.1',
      port: 8443,
      process: 'shield',
      pid: 7,
    });
    expect(endIn(table, '192.168.7.20', 45001)).toEqual({ address: '127.0.0.1', port: 8443, process: null, pid: null });
    expect(endIn(table, '2001:db8:7::20', 45002)).toMatchObject({ address: '2001:db8:7::20' });
  });

  it('is not here for an ordinary connection', () => {
    expect(endIn(table, '192.168.7.20', 45003)).toBeNull();
    expect(endIn('', '192.168.7.20', 45000)).toBeNull();
    expect(endIn('ESTAB\n\u0000 x y z\n'.repeat(10), '192.168.7.20', 45000)).toBeNull();
  });

  const first = {
    address: '198.51.100.10',
    port: 443,
    synchronous: false,
    ms: 1,
    localAddress: null,
    localPort: null,
    icmp: null,
    tcp: null,
  };
  const opened = facts('shop.example', {
    connect: known([{ address: '198.51.100.10', port: 443, first, repeats: [] }]),
  });

  it('is looked for on a connection of its own', async () => {
    const line = 'ESTAB 0 0 127.0.0.1:8443 192.0.2.2:40000';
    const script = { dial: () => new PassThrough(), run: { 'ss -Htnp': line } };
    expect(await run(localEnd, opened, script)).toMatchObject({
      state: 'known',
      value: [{ address: '198.51.100.10', port: 443, end: { address: '127.0.0.1', port: 8443 } }],
    });
  });

  it('is not known where nothing tells', async () => {
    expect(await run(localEnd, opened, { dial: () => new PassThrough() })).toMatchObject({ state: 'skipped' });
    expect(await run(localEnd, opened, { dial: () => 'refused' })).toMatchObject({ state: 'skipped' });
  });
});
