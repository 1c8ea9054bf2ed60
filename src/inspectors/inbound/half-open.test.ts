import { describe, expect, it } from 'vitest';
import { countersIn, halfOpenIn } from './half-open.js';

describe('connections that are not answered yet', () => {
  it('are those of the port in the state SYN_RECV', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0',
      '   1: 1407A8C0:1F90 0A6433C6:C350 03 00000000:00000000 01:00000019 00000000     0        0 0 2 0',
      '   2: 1407A8C0:1F90 0A6433C6:C351 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0',
      '   3: 1407A8C0:1F91 0A6433C6:C350 03 00000000:00000000 01:00000019 00000000     0        0 0 2 0',
    ].join('\n');
    expect(halfOpenIn(table, 8080)).toBe(1);
    expect(halfOpenIn('', 8080)).toBe(0);
  });

  it('are counted where too many are thrown away', () => {
    const netstat =
      'TcpExt: SyncookiesSent TCPReqQFullDoCookies TCPReqQFullDrop\nTcpExt: 0 3 17\nIpExt: InNoRoutes\nIpExt: 1\n';
    expect(countersIn(netstat)).toEqual({ dropped: 17, cookies: 3 });
    expect(countersIn('TcpExt: SyncookiesSent\nTcpExt: 0\n')).toBeNull();
    expect(countersIn('')).toBeNull();
  });
});
