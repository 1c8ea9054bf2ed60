import { describe, expect, it } from 'vitest';
import { PassThrough } from 'node:stream';
import { facts, known, run } from '../names/context.fixture.js';
import type { LocalEnd } from '../../model/facts.js';
import { endIn, localEnd, onwardFrom } from './local-end.js';
import { socketRows } from '../../model/socket-rows.js';

const table = [
  'tcp ESTAB 0 0 192.168.7.20:45000 198.51.100.10:443 users:(("node",pid=9,fd=20)) uid:1000 ino:1 sk:1 <-> bytes_sent:517 bytes_acked:518 bytes_received:2000',
  'tcp ESTAB 0 0 127.0.0.1:8443 192.168.7.20:45000 users:(("shield",pid=7,fd=9)) uid:13 ino:2 sk:2 <-> bytes_sent:2000 bytes_received:517',
  'tcp ESTAB 0 0 [::ffff:127.0.0.1]:8443 [::ffff:192.168.7.20]:45001',
  'tcp ESTAB 0 0 [2001:db8:7::20]:8443 [2001:db8:7::20]:45002',
];
const rows = socketRows(table.join('\n'));
const ours = (port: number, address = '192.168.7.20') => ({ address, port });

describe('the other end of a connection', () => {
  it('is found by its peer, whatever the target was', () => {
    expect(endIn(rows, ours(45000))).toEqual({ address: '127.0.0.1', port: 8443, process: 'shield', pid: 7, uid: 13 });
    expect(endIn(rows, ours(45001))).toMatchObject({ address: '127.0.0.1', port: 8443, process: null, pid: null });
    expect(endIn(rows, ours(45002, '2001:db8:7::20'))).toMatchObject({ address: '2001:db8:7::20' });
  });

  it('waits in a queue as long as no program has taken it over: it has no inode then', () => {
    const waiting = 'tcp ESTAB 0 0 127.0.0.1:8443 192.168.7.20:45009 ino:0 sk:9 <->';
    expect(endIn(socketRows(waiting), ours(45009))).toMatchObject({ port: 8443, taken: false });
    expect(endIn(rows, ours(45000))).not.toHaveProperty('taken');
    expect(endIn(socketRows(waiting.replace('ESTAB', 'CLOSE-WAIT')), ours(45009))).not.toHaveProperty('taken');
  });

  it('is not here for an ordinary connection', () => {
    expect(endIn(rows, ours(45003))).toBeNull();
    expect(endIn([], ours(45000))).toBeNull();
    expect(socketRows('ESTAB\n\u0000 x y z\n'.repeat(10))).toEqual([]);
  });

  const target = { address: '198.51.100.10', port: 443 };
  const end = { address: '127.0.0.1', port: 8443, process: 'shield', pid: 7, uid: 13 };
  const onward = (line: string | null, who: LocalEnd = end): string =>
    onwardFrom(socketRows([...table, ...(line === null ? [] : [line])].join('\n')), who, ours(45000), target, 1000)
      .says;
  const out = (counts: string, users = ' users:(("shield",pid=7,fd=11))'): string =>
    `tcp ESTAB 0 0 192.168.7.20:51000 198.51.100.10:443${users} uid:13 ino:3 sk:3 <-> ${counts}`;

  it('passes on where as many bytes go on as come', () => {
    expect(onward(out('bytes_sent:517 bytes_received:2000'))).toBe('same');
    expect(onward(out('bytes_sent:1034 bytes_retrans:517 bytes_received:2000'))).toBe('same');
    expect(onward(out('bytes_sent:517 bytes_received:2000', ''), { ...end, pid: null })).toBe('same');
  });

  it('speaks for itself where others do', () => {
    expect(onward(out('bytes_sent:320 bytes_received:4000'))).toBe('other');
    expect(onward(out('bytes_sent:517 bytes_received:3999'))).toBe('other');
    expect(onward(out('bytes_sent:320 bytes_received:4000', ''), { ...end, pid: null })).toBe('other');
    expect(onward(out(''))).toBe('unknown');
    const shared = out('bytes_sent:320 bytes_received:4000', '').replace('uid:13', 'uid:1000');
    expect(onward(shared, { ...end, pid: null, uid: 1000 })).toBe('unknown');
  });

  it('answers by itself where nothing leads out of it', () => {
    expect(onward(null)).toBe('none');
    expect(onward(null, { ...end, pid: null })).toBe('unknown');
    expect(onward(out('bytes_sent:9 bytes_received:9').replace('198.51.100.10:443', '203.0.113.9:1080'))).toBe(
      'unknown',
    );
    expect(onward('udp UNCONN 0 0 0.0.0.0:51000 0.0.0.0:* users:(("shield",pid=7,fd=11)) uid:13')).toBe('unknown');
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
    const line = 'tcp ESTAB 0 0 127.0.0.1:8443 192.0.2.2:40000';
    const script = { dial: () => new PassThrough(), run: { 'ss -HOtunpei': line } };
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
