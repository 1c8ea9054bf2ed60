import { describe, expect, it } from 'vitest';
import { decide, prepare } from '../decide.js';
import { parsePacket } from '../packet.js';
import { parseNftJson } from '../parse/nft-json.js';

const table = { family: 'ip', table: 't' };
const chain = { ...table, name: 'c', handle: 1, type: 'filter', hook: 'forward', prio: 0, policy: 'drop' };
const dport = { payload: { protocol: 'tcp', field: 'dport' } };
const vmap = {
  vmap: {
    key: dport,
    data: {
      set: [
        [22, { return: null }],
        [8080, { accept: null }],
      ],
    },
  },
};
const reset = [
  { match: { op: '==', left: { meta: { key: 'l4proto' } }, right: 'tcp' } },
  { reject: { type: 'tcp reset' } },
];

function decided(port: number): { readonly verdict: string; readonly why: string } {
  const rules = [[vmap], reset].map((expr, i) => ({ rule: { ...table, chain: 'c', handle: 2 + i, expr } }));
  const nftables = [{ table: { family: 'ip', name: 't' } }, { chain }, ...rules];
  const parsed = parsePacket({ hook: 'forward', source: '192.0.2.1', destination: '198.51.100.7', dport: port });
  if (!('packet' in parsed)) throw new Error(parsed.error);
  return decide(prepare(parseNftJson(JSON.stringify({ nftables }))), parsed.packet);
}

describe('what is assumed of a packet that is known in part', () => {
  it('is not another protocol because a map has no element for its port', () => {
    // TCP is rejected, all else dropped: found by the comparison with the kernel.
    expect(decided(53)).toMatchObject({ verdict: 'unknown' });
    expect(decided(53).why).toContain('protocol not given');
    expect(decided(8080)).toMatchObject({ verdict: 'unknown' });
  });
});
