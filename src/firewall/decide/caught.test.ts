import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../decide.js';
import { parsePacket } from '../packet.js';
import { readRuleset } from '../parse/read.js';

function why(ruleset: string, destination: string, more: Record<string, unknown> = {}): string {
  const parsed = parsePacket({ hook: 'output', protocol: 'tcp', source: '192.0.2.1', destination, dport: 443, sport: 40_000, state: 'new', out: 'eth0', mark: 0, uid: 0, ...more }); // prettier-ignore
  if ('error' in parsed) throw new Error(parsed.error);
  return decide(prepare(readRuleset(ruleset, 'auto')), parsed.packet).why;
}

const place = { family: 'ip', table: 't' };
const daddr = { payload: { protocol: 'ip', field: 'daddr' } };
const prefix = (addr: string, len: number) => ({ prefix: { addr, len } });
const match = (op: string, right: unknown) => ({ match: { op, left: daddr, right } });

function nft(expr: readonly unknown[], elem: readonly unknown[], kind: 'set' | 'map' = 'set'): string {
  const set = { ...place, name: 'list', type: 'ipv4_addr', handle: 2, flags: ['interval'], ...(kind === 'map' && { map: 'verdict' }), elem }; // prettier-ignore
  return JSON.stringify({
    nftables: [
      { table: { family: 'ip', name: 't', handle: 1 } },
      { [kind]: set },
      { chain: { ...place, name: 'out', handle: 3, type: 'filter', hook: 'output', prio: 0, policy: 'accept' } },
      { rule: { ...place, chain: 'out', handle: 4, expr } },
    ],
  });
}

describe('the element by which a packet was caught', () => {
  const noted = { elem: { val: prefix('198.51.100.0', 24), timeout: 10_800, expires: 7_300, comment: 'kids' } };

  it('is named with what is written beside it', () => {
    const rules = nft([match('==', '@list'), { drop: null }], [noted, '203.0.113.7', { range: ['203.0.113.9', '203.0.113.11'] }]); // prettier-ignore
    expect(why(rules, '198.51.100.9')).toMatch(/, by 198\.51\.100\.0\/24 in set list \(comment "kids", 2 h left\)$/);
    expect(why(rules, '203.0.113.7')).toMatch(/, by 203\.0\.113\.7 in set list$/);
    expect(why(rules, '203.0.113.10')).toMatch(/, by 203\.0\.113\.9-203\.0\.113\.11 in set list$/);
    expect(why(rules, '203.0.113.12')).not.toMatch(/list/);
  });

  it('is that of a map of verdicts', () => {
    const rules = nft([{ vmap: { key: daddr, data: '@list' } }], [[{ elem: { val: '203.0.113.8', comment: 'spam' } }, { drop: null }]], 'map'); // prettier-ignore
    expect(why(rules, '203.0.113.8')).toMatch(/, by 203\.0\.113\.8 in map list \(comment "spam"\)$/);
  });

  it('is none where being in no set is what matters', () => {
    const rules = nft([match('!=', '@list'), { drop: null }], ['203.0.113.7']);
    expect(why(rules, '198.51.100.9')).toMatch(/^rule 1 of chain out, table ip t$/);
  });

  it('is none where the address is another one by now', () => {
    const rules = nft([match('==', '@list'), { mangle: { key: daddr, value: '198.51.100.9' } }, { drop: null }], ['203.0.113.7', noted]); // prettier-ignore
    expect(why(rules, '203.0.113.7')).not.toMatch(/by /);
  });

  it('is the nearest of an ipset, of one in a list too, and not one that is said to be left out', () => {
    const rules = (of: string) => `create nets hash:net family inet timeout 600 comment
add nets 198.51.100.0/24 timeout 0 comment "wide"
add nets 198.51.100.64/26 timeout 90
add nets 198.51.100.200 nomatch
create all list:set size 8
add all nets
*filter
:OUTPUT ACCEPT [0:0]
-A OUTPUT -m set --match-set ${of} dst -j DROP
COMMIT
`;
    expect(why(rules('nets'), '198.51.100.9')).toMatch(/, by 198\.51\.100\.0\/24 in ipset nets \(comment "wide"\)$/);
    expect(why(rules('all'), '198.51.100.70')).toMatch(/, by 198\.51\.100\.64\/26 in ipset nets \(90 s left\)$/);
    expect(why(rules('nets'), '198.51.100.200')).not.toMatch(/ipset/);
  });
});
