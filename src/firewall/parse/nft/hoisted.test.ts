import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../../decide.js';
import { parsePacket } from '../../packet.js';
import { parseNftJson } from '../nft-json.js';

const table = { family: 'inet', table: 't' };
const fragment = { match: { op: '==', left: { exthdr: { name: 'frag' } }, right: false } };
const version6 = { match: { op: '==', left: { meta: { key: 'nfproto' } }, right: 'ipv6' } };
const setMark = { mangle: { key: { meta: { key: 'mark' } }, value: 5 } };
const marked = { match: { op: '==', left: { meta: { key: 'mark' } }, right: 5 } };

function verdict(first: readonly object[], source: string): string {
  const expr = [first, [marked, { drop: null }]];
  const rules = expr.map((one, i) => ({ rule: { ...table, chain: 'c', handle: 3 + i, expr: one } }));
  const chain = { ...table, name: 'c', handle: 1, type: 'filter', hook: 'input', prio: 0, policy: 'accept' };
  const ruleset = parseNftJson(
    JSON.stringify({ nftables: [{ table: { family: 'inet', name: 't' } }, { chain }, ...rules] }),
  );
  const parsed = parsePacket({ hook: 'input', protocol: 'tcp', source, mark: 0 });
  if (!('packet' in parsed)) throw new Error(parsed.error);
  return decide(prepare(ruleset), parsed.packet).verdict;
}

describe('the protocol of an extension header', () => {
  it('is asked before anything in its rule is done (the bytecode of nft 1.0.6)', () => {
    expect(verdict([setMark, fragment], '192.0.2.1')).toBe('accept');
    expect(verdict([setMark, fragment], '2001:db8::1')).toBe('drop');
  });

  it('is asked where the rule itself asks for it', () => {
    expect(verdict([setMark, version6, fragment], '192.0.2.1')).toBe('drop');
  });
});

describe('the protocol of a reject', () => {
  const http = { match: { op: '==', left: { payload: { protocol: 'udp', field: 'dport' } }, right: 80 } };
  const reject = { reject: { type: 'icmp', expr: 'net-unreachable' } };

  it('is asked for before or after the rest of the rule: the listing does not tell', () => {
    expect(verdict([setMark, reject], '192.0.2.1')).toBe('reject');
    expect(verdict([setMark, reject], '2001:db8::1')).toBe('unknown');
    expect(verdict([setMark, http, reject], '2001:db8::1')).toBe('unknown');
  });

  it('is no question where nothing is done before it, or the rule says it', () => {
    expect(verdict([{ limit: { rate: 1, per: 'hour' } }, reject], '2001:db8::1')).toBe('accept');
    expect(verdict([setMark, version6, { reject: { type: 'icmpv6', expr: 'no-route' } }], '2001:db8::1')).toBe(
      'reject',
    );
  });
});
