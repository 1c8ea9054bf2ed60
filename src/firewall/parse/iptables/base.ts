import type { Match } from '../../ruleset.js';
import { single } from '../../values/intervals.js';
import { protocols } from '../../values/symbols.js';
import { addressMatch, interfacePattern } from './addresses.js';
import { opaque } from './module.js';
import { compare, number } from './numbers.js';

/** Options of the rule itself, as iptables-save writes them. */
export function isBase(word: string): boolean {
  return (
    word.length === 2 &&
    (word === '-s' || word === '-d' || word === '-p' || word === '-i' || word === '-o' || word === '-f')
  );
}

export function protocolOf(text: string): number | undefined {
  const lower = text.toLowerCase();
  return Object.hasOwn(protocols, lower) ? protocols[lower] : number(text, 255);
}

const always: Match = { kind: 'all', of: [], negated: false };

export function baseMatch(word: string, value: string, negated: boolean, family: 'ip' | 'ip6'): Match {
  const text = `${negated ? '! ' : ''}${word} ${value}`;
  switch (word) {
    case '-p': {
      if (value === 'all' || value === '0') return negated ? opaque(text, 'no packet is of no protocol') : always;
      const found = protocolOf(value);
      return found === undefined
        ? opaque(text, 'the protocol is not known')
        : compare('meta l4proto', single(found), negated);
    }
    case '-s':
      return addressMatch('saddr', value, family, negated) ?? opaque(text, 'the address is not understood');
    case '-d':
      return addressMatch('daddr', value, family, negated) ?? opaque(text, 'the address is not understood');
    case '-i':
      return { kind: 'name', field: 'iifname', patterns: [interfacePattern(value)], negated };
    case '-o':
      return { kind: 'name', field: 'oifname', patterns: [interfacePattern(value)], negated };
    default:
      // -f: second and later fragments of an IPv4 packet.
      return {
        kind: 'compare',
        left: { field: 'ip frag-off', bits: [{ operation: '&', operand: 0x1fff }] },
        within: single(0),
        negated: !negated,
      };
  }
}
