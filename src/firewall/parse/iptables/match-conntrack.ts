import type { Match } from '../../ruleset.js';
import { type Intervals, range, single } from '../../values/intervals.js';
import { protocols } from '../../values/symbols.js';
import { addressMatch } from './addresses.js';
import { type MatchModule, opaque, type Option, optionText, type RuleContext } from './module.js';
import { compare, masked, number, numberRange, portRange, valueAndMask } from './numbers.js';

const states: Readonly<Record<string, number>> = { INVALID: 1, ESTABLISHED: 2, RELATED: 4, NEW: 8, UNTRACKED: 64 };
const natStates: Readonly<Record<string, number>> = { SNAT: 0x10, DNAT: 0x20 };
const statuses: Readonly<Record<string, number>> = { NONE: 0, EXPECTED: 1, SEEN_REPLY: 2, ASSURED: 4, CONFIRMED: 8 };

function bits(text: string | undefined, table: Readonly<Record<string, number>>): number | undefined {
  let found = 0;
  for (const name of (text ?? '').split(',')) {
    const bit = Object.hasOwn(table, name.toUpperCase()) ? table[name.toUpperCase()] : undefined;
    if (bit === undefined) return undefined;
    found |= bit;
  }
  return found;
}

/** Some bit of the mask is set. */
function anyBit(field: string, mask: number, negated: boolean, whenAbsent?: boolean): Match {
  return masked(field, mask, 0, !negated, whenAbsent);
}

/** SNAT and DNAT stand among the states here, but are marks of the connection. */
function stateMatch(option: Option): Match | undefined {
  const all = bits(option.args[0], { ...states, SNAT: 0x10000, DNAT: 0x20000 });
  if (all === undefined) return undefined;
  const nat = ((all & 0x10000) === 0 ? 0 : (natStates.SNAT ?? 0)) | ((all & 0x20000) === 0 ? 0 : (natStates.DNAT ?? 0));
  const state = all & 0xffff;
  if (nat === 0) return anyBit('ct state', state, option.negated);
  return {
    kind: 'any',
    of: [anyBit('ct state', state, false), anyBit('ct status', nat, false)],
    negated: option.negated,
  };
}

/**
 * What xt_conntrack asks of a connection. A packet without one passes all of these when the rule asks for its state
 * too (which then must be INVALID or UNTRACKED), and none when it does not: conntrack_mt returns before looking.
 */
function connection(option: Option, context: RuleContext, whenAbsent: boolean): Match | undefined {
  const value = option.args[0] ?? '';
  const withAbsent = (match: Match | undefined): Match | undefined =>
    match?.kind === 'compare' ? { ...match, whenAbsent } : match;
  switch (option.name) {
    case 'ctproto': {
      const protocol = number(value, 255) ?? protocols[value];
      return protocol === undefined
        ? undefined
        : compare('ct original protocol', single(protocol), option.negated, whenAbsent);
    }
    case 'ctstatus': {
      const mask = bits(value, statuses);
      return mask === undefined ? undefined : anyBit('ct status', mask, option.negated, whenAbsent);
    }
    case 'ctdir': {
      const direction = value.toUpperCase() === 'ORIGINAL' ? 0 : value.toUpperCase() === 'REPLY' ? 1 : undefined;
      return direction === undefined
        ? undefined
        : compare('ct direction', single(direction), option.negated, whenAbsent);
    }
    case 'ctorigsrc':
    case 'ctorigdst':
    case 'ctreplsrc':
    case 'ctrepldst': {
      const side = option.name.endsWith('src') ? 'saddr' : 'daddr';
      const direction = option.name.startsWith('ctorig') ? 'original' : 'reply';
      return withAbsent(
        addressMatch(side, value, context.family, option.negated, `ct ${direction} ${context.family} ${side}`),
      );
    }
    case 'ctorigsrcport':
    case 'ctorigdstport':
    case 'ctreplsrcport':
    case 'ctrepldstport': {
      const found = portRange(value);
      const direction = option.name.startsWith('ctorig') ? 'original' : 'reply';
      const field = `ct ${direction} proto-${option.name.endsWith('srcport') ? 'src' : 'dst'}`;
      return found === undefined ? undefined : compare(field, range(found[0], found[1]), option.negated, whenAbsent);
    }
    case 'ctexpire': {
      const found: Intervals | undefined = numberRange(value);
      return found === undefined ? undefined : compare('ct expiration', found, option.negated, whenAbsent);
    }
    default:
      return undefined;
  }
}

const conntrack: MatchModule = {
  options: {
    ctstate: 1,
    ctproto: 1,
    ctorigsrc: 1,
    ctorigdst: 1,
    ctreplsrc: 1,
    ctrepldst: 1,
    ctorigsrcport: 1,
    ctorigdstport: 1,
    ctreplsrcport: 1,
    ctrepldstport: 1,
    ctstatus: 1,
    ctexpire: 1,
    ctdir: 1,
    state: 1,
  },
  build: (options, context) => {
    const asksState = options.some((option) => option.name === 'ctstate' || option.name === 'state');
    const matches: Match[] = [];
    for (const option of options) {
      const isState = option.name === 'ctstate' || option.name === 'state';
      const match = isState ? stateMatch(option) : connection(option, context, asksState);
      if (match === undefined) return undefined;
      matches.push(match);
    }
    return matches;
  },
};

const markOf = (field: string): MatchModule => ({
  options: { mark: 1 },
  build: (options) => {
    const matches: Match[] = [];
    for (const option of options) {
      const found = valueAndMask(option.args[0]);
      if (found === undefined) return undefined;
      matches.push(masked(field, found[1], found[0], option.negated));
    }
    return matches;
  },
});

/** A connection without a master has no helper to compare: xt_helper then answers with the negation alone. */
const helper: MatchModule = {
  options: { helper: 1 },
  build: (options) =>
    options.map((option) => {
      const name = option.args[0] ?? '';
      if (name === '') return opaque(`-m helper ${optionText(option)}`, 'asks for any helper');
      return { kind: 'name', field: 'helper', patterns: [name], negated: option.negated, whenAbsent: option.negated };
    }),
};

export const conntrackModules: Readonly<Record<string, MatchModule>> = {
  conntrack,
  state: conntrack,
  mark: markOf('meta mark'),
  connmark: markOf('ct mark'),
  helper,
};
