import { describe, expect, it } from 'vitest';
import { parseNetfilterLine, saysAllowed } from './netfilter-log.js';

const packet =
  'IN= OUT=eth0 SRC=192.168.7.20 DST=198.51.100.10 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=4711 DF PROTO=TCP SPT=40000 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0';

describe('lines of the firewall in a log', () => {
  it.each([
    [`2026-11-27T18:00:33,279448+00:00 [UFW BLOCK] ${packet}`, '2026-11-27T18:00:33,279448+00:00', '[UFW BLOCK]'],
    [`Nov 27 18:00:33 host kernel: [ 8978.279480] [UFW BLOCK] ${packet}`, 'Nov 27 18:00:33', '[UFW BLOCK]'],
    [
      `2026-11-27T18:00:33.279448+00:00 host kernel: filter_IN_public_REJECT: ${packet}`,
      '2026-11-27T18:00:33.279448+00:00',
      'filter_IN_public_REJECT:',
    ],
    [`[  123.456789] ${packet}`, null, ''],
  ])('%s', (line, at, prefix) => {
    expect(parseNetfilterLine(line)).toMatchObject({
      at,
      prefix,
      in: '',
      out: 'eth0',
      source: '192.168.7.20',
      destination: '198.51.100.10',
      protocol: 'tcp',
      sport: 40_000,
      dport: 443,
      trace: null,
    });
  });

  it('of IPv6, and of protocols without ports', () => {
    const six =
      'drop IN=eth0 OUT= MAC=02:00:00:00:00:01 SRC=2001:0db8:0000:0000:0000:0000:0000:0009 DST=2001:0db8:0000:0000:0000:0000:0000:0001 LEN=64 TC=0 HOPLIMIT=64 FLOWLBL=0 PROTO=ICMPv6 TYPE=128 CODE=0';
    expect(parseNetfilterLine(six)).toMatchObject({ prefix: 'drop', protocol: 'icmpv6', sport: null, dport: null });
  });

  it("of iptables' own trace", () => {
    expect(parseNetfilterLine(`TRACE: filter:MYCHAIN:rule:2 ${packet}`)?.trace).toEqual({
      table: 'filter',
      chain: 'MYCHAIN',
      kind: 'rule',
      number: 2,
    });
  });

  it('tell what was let pass', () => {
    const allowed = parseNetfilterLine(`[UFW ALLOW] ${packet}`);
    expect(allowed && saysAllowed(allowed)).toBe(true);
  });

  it.each([
    '',
    'IN= OUT= ',
    'IN=eth0 OUT= SRC=nobody DST=nothing PROTO=TCP',
    `${'x'.repeat(3000)} ${packet}`,
    'Killed process 6588',
  ])('are not %j', (line) => expect(parseNetfilterLine(line)).toBeNull());
});
