import { describe, expect, it } from 'vitest';
import { refusingRoute, refusingRule } from './route-choice.js';
import { ruleText } from './route-text.js';

describe('the line that refuses', () => {
  const listed =
    'blackhole default table 77 \nprohibit 198.51.100.0/24 \nprohibit 198.51.100.128/25 \nunreachable 198.51.100.0/24 table 9\n';
  it('has the longest prefix of its table', () => {
    expect(refusingRoute('198.51.100.200', 'prohibit', listed, [])).toEqual({
      type: 'prohibit',
      table: 'main',
      line: 'prohibit 198.51.100.128/25',
    });
    expect(refusingRoute('198.51.100.7', 'prohibit', listed, [])?.line).toBe('prohibit 198.51.100.0/24');
  });
  it('is in a table that a rule for this address leads to', () => {
    const rules = [
      '0: from all lookup local',
      '100: from all to 198.51.100.0/24 lookup 77',
      '32766: from all lookup main',
    ];
    expect(refusingRoute('198.51.100.7', 'blackhole', listed, rules)).toMatchObject({ table: '77' });
    expect(refusingRoute('203.0.113.7', 'blackhole', listed, rules)).toBeNull();
    expect(refusingRoute('198.51.100.7', 'unreachable', listed, rules)).toBeNull();
  });
  it('may be a rule of its own', () => {
    const rules = ['0: from all lookup local', '9: from all to 198.51.100.0/24 prohibit'];
    expect(refusingRule('198.51.100.7', 'prohibit', rules)?.line).toBe(rules[1]);
    expect(refusingRule('203.0.113.7', 'prohibit', rules)).toBeNull();
    expect(refusingRule('198.51.100.7', 'blackhole', rules)).toBeNull();
  });
});

describe('a policy rule', () => {
  it('reads as ip prints it', () => {
    const rule = {
      priority: 32765,
      src: 'all',
      dst: '203.0.113.0',
      dstlen: 24,
      fwmark: '0x5',
      fwmask: '0xff',
      iif: 'lo',
      uid_start: 5,
      uid_end: 6,
      ipproto: 'tcp',
      dport: 80,
      table: '5',
    };
    expect(ruleText(rule)).toBe(
      '32765: from all to 203.0.113.0/24 uidrange 5-6 fwmark 0x5/0xff iif lo ipproto tcp dport 80 lookup 5',
    );
    expect(ruleText({ priority: 7, not: null, src: '192.0.2.0', srclen: 24, action: 'prohibit' })).toBe(
      '7: not from 192.0.2.0/24 prohibit',
    );
  });
});
