import { describe, expect, it } from 'vitest';
import { checkOperation } from '../all.js';
import { wordsOf } from './iptables-remove.js';

const line = String.raw`-A INPUT -p tcp -m comment --comment "no \"web\" here" -j DROP`;
const iptables = {
  kind: 'iptables-remove',
  backend: 'nft',
  family: 4,
  table: 'filter',
  chain: 'INPUT',
  rules: [{ position: 2, text: line }],
};
const nft = { kind: 'nft-remove', family: 'inet', table: 't', chain: 'c', rules: [{ handle: 5, text: 'drop' }] };

describe('rules that are taken out', () => {
  it('come back by their words, quotes as iptables-save puts them', () =>
    expect(wordsOf(line, 'INPUT')).toEqual(['-p', 'tcp', '-m', 'comment', '--comment', 'no "web" here', '-j', 'DROP']));

  it.each([iptables, nft])('are named by place and text: $kind', (operation) =>
    expect(checkOperation(operation)).toEqual(operation),
  );

  it.each([
    { ...iptables, rules: [{ position: 1, text: '-A OUTPUT -j DROP' }] },
    { ...iptables, rules: [{ position: 1, text: '-A INPUT -t nat -F' }] },
    { ...iptables, rules: [{ position: 1, text: '-A INPUT ' }] },
    { ...iptables, rules: [{ position: 0, text: line }] },
    { ...iptables, chain: '-F' },
    { ...nft, rules: [] },
    { ...nft, table: 't; flush ruleset' },
    { ...nft, rules: [{ handle: 5, text: 'drop', expr: [] }] },
  ])('are refused: %j', (operation) =>
    expect(() => checkOperation(operation)).toThrow(/not valid|no rule has|none of/),
  );
});
