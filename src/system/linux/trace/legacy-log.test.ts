import { describe, expect, it } from 'vitest';
import { parseNetfilterLine } from '../../../logs/netfilter-log.js';
import { legacyLine } from './legacy-log.js';
import { attribute, message, messagesIn, text } from './netlink-message.js';

const type = 4 << 8;
const payload4 = Uint8Array.from([
  0x45, 0, 0, 60, 0, 0, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1, 198, 51, 100, 10, 0x9c, 0x40, 0x01, 0xbb, 0, 0, 0, 0,
]);
const lineOf = (prefix: string, payload: Uint8Array): string | null => {
  const [one] = messagesIn(message(type, 0, 0, 2, 0, text(10, prefix), attribute(9, payload)));
  return one === undefined ? null : legacyLine(one);
};

describe('the log of iptables-legacy over netlink', () => {
  it('is read as the same line of the kernel log would be', () => {
    const line = lineOf('TRACE: filter:MINE:rule:2 ', payload4);
    expect(parseNetfilterLine(line ?? '')).toMatchObject({
      source: '192.0.2.1',
      destination: '198.51.100.10',
      protocol: 'tcp',
      sport: 40_000,
      dport: 443,
      trace: { table: 'filter', chain: 'MINE', kind: 'rule', number: 2 },
    });
  });

  it('leaves out what is no trace, and what is cut short', () => {
    expect(lineOf('somebody else', payload4)).toBeNull();
    for (let length = 0; length < 24; length++)
      expect(lineOf('TRACE: filter:MINE:rule:2 ', payload4.subarray(0, length))).toBeNull();
    expect(lineOf('TRACE: filter:MINE:rule:2 ', Uint8Array.of(0x65, ...payload4.subarray(1)))).toBeNull();
  });
});
