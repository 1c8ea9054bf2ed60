import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../decide.js';
import { parsePacket } from '../packet.js';
import { readRuleset } from '../parse/read.js';

function verdict(sets: readonly string[], match: string, packet: object): string {
  const rules = ['*filter', ':INPUT ACCEPT [0:0]', `-A INPUT -m set --match-set ${match} -j DROP`, 'COMMIT'];
  const ruleset = readRuleset(`${[...sets, ...rules].join('\n')}\n`);
  const parsed = parsePacket({ hook: 'input', protocol: 'tcp', dport: 80, sport: 40_000, ...packet });
  if (!('packet' in parsed)) throw new Error(parsed.error);
  return decide(prepare(ruleset), parsed.packet).verdict;
}

describe('sets of ipset', () => {
  it('have comments, in which any word may stand', () => {
    const sets = ['create a hash:ip family inet comment', 'add a 192.0.2.1 comment "all nomatch here"'];
    expect(verdict(sets, 'a src', { source: '192.0.2.1', destination: '198.51.100.7' })).toBe('drop');
  });

  it('of two networks ask for the smallest first one, then for the smallest second one (mtype_test_cidrs)', () => {
    const sets = [
      'create n hash:net,net family inet',
      'add n 192.0.2.0/25,198.51.0.0/16 nomatch',
      'add n 192.0.2.0/24,198.51.100.7',
    ];
    expect(verdict(sets, 'n src,dst', { source: '192.0.2.1', destination: '198.51.100.7' })).toBe('accept');
    expect(verdict(sets, 'n src,dst', { source: '192.0.2.200', destination: '198.51.100.7' })).toBe('drop');
  });
});
