import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../decide.js';
import { parsePacket } from '../packet.js';
import { parseNftJson } from '../parse/nft-json.js';

const table = { family: 'inet', table: 't' };
const chain = { ...table, name: 'c', handle: 2, type: 'filter', hook: 'forward', prio: 0, policy: 'drop' };
const flowtable = { ...table, name: 'f', handle: 1, hook: 'ingress', prio: 0, dev: ['eth0', 'eth1'] };
const add = { flow: { op: 'add', flowtable: '@f' } };

function verdict(state: string, ...rules: readonly object[][]): string {
  const objects = rules.map((expr, i) => ({ rule: { ...table, chain: 'c', handle: 3 + i, expr } }));
  const nftables = [{ table: { family: 'inet', name: 't' } }, { flowtable }, { chain }, ...objects];
  const parsed = parsePacket({
    hook: 'forward',
    protocol: 'tcp',
    source: '192.0.2.1',
    destination: '198.51.100.7',
    state,
  });
  if (!('packet' in parsed)) throw new Error(parsed.error);
  return decide(prepare(parseNftJson(JSON.stringify({ nftables }))), parsed.packet).verdict;
}

describe('a flowtable', () => {
  it('may pass on packets of known connections that the rules would drop, and no others', () => {
    expect(verdict('new', [add])).toBe('drop');
    expect(verdict('established', [add])).toBe('unknown');
  });

  it('ends a rule for what it cannot take', () => {
    expect(verdict('new', [add, { accept: null }])).toBe('unknown');
    expect(verdict('established', [add], [{ accept: null }])).toBe('accept');
  });
});
