import { fieldValue, type Match } from '../../ruleset.js';
import { allOnes6 } from '../../values/addresses.js';
import { fromRanges, type Intervals, range, single } from '../../values/intervals.js';
import { addressTypes } from '../../values/symbols.js';
import { addressRange } from './addresses.js';
import { type MatchModule, type Option, optionText } from './module.js';
import { compare } from './numbers.js';

function typesOf(text: string): number[] | undefined {
  const found: number[] = [];
  for (const name of text.toLowerCase().split(',')) {
    const type = Object.hasOwn(addressTypes, name) ? addressTypes[name] : undefined;
    if (type === undefined) return undefined;
    found.push(type);
  }
  return found;
}

const { unspec = 0, unicast = 1, local = 2, anycast = 4, multicast = 5, unreachable = 7 } = addressTypes;
const multicast6: Intervals = [0xffn << 120n, allOnes6];
/** What is neither unicast nor multicast by its form: `::` and IPv4-mapped addresses. */
const noUnicast6: Intervals = [0n, 0n, 0xffff00000000n, 0xffffffffffffn, ...multicast6];

/**
 * For IPv6 the kernel asks three of the types of the address alone, and all that are named; of the others, which take
 * a look at the routes, one is enough (match_type6 of xt_addrtype).
 */
function ofIPv6(side: 'saddr' | 'daddr', field: string, types: readonly number[], negated: boolean): Match | undefined {
  const of: Match[] = [];
  const form = (within: Intervals, outside: boolean): void => {
    of.push({ kind: 'compare', left: fieldValue(`ip6 ${side}`), within, negated: outside });
  };
  if (types.includes(multicast)) form(multicast6, false);
  if (types.includes(unicast)) form(noUnicast6, true);
  if (types.includes(unspec)) form([0n, 0n], false);
  const routed = types.filter((type) => type === local || type === anycast || type === unreachable);
  if (routed.length > 0) of.push(compare(field, fromRanges(routed.map((type) => [type, type])), false));
  const known = [unspec, unicast, local, anycast, multicast, unreachable];
  return types.every((type) => known.includes(type)) ? { kind: 'all', of, negated } : undefined;
}

/** `LOCAL,BROADCAST`: one of these types. Limited to an interface it is another question to the routing table. */
const addrtype: MatchModule = {
  options: { 'src-type': 1, 'dst-type': 1, 'limit-iface-in': 0, 'limit-iface-out': 0 },
  build: (options, context) => {
    const has = (name: string): boolean => options.some((option) => option.name === name);
    const limit = has('limit-iface-in') ? ' iif' : has('limit-iface-out') ? ' oif' : '';
    const matches: Match[] = [];
    for (const option of options) {
      if (option.args.length === 0) continue;
      const types = typesOf(option.args[0] ?? '');
      if (types === undefined) return undefined;
      const side = option.name === 'src-type' ? 'saddr' : 'daddr';
      const field = `fib ${side}${limit} type`;
      const match =
        context.family === 'ip'
          ? compare(field, fromRanges(types.map((type) => [type, type])), option.negated)
          : ofIPv6(side, field, types, option.negated);
      if (match === undefined) return undefined;
      matches.push(match);
    }
    return matches;
  },
};

const iprange: MatchModule = {
  options: { 'src-range': 1, 'dst-range': 1 },
  build: (options, context) => {
    const matches: Match[] = [];
    for (const option of options) {
      const found = addressRange(option.args[0] ?? '', context.family);
      if (found === undefined) return undefined;
      matches.push(
        compare(
          `${context.family} ${option.name === 'src-range' ? 'saddr' : 'daddr'}`,
          range(found[0], found[1]),
          option.negated,
        ),
      );
    }
    return matches;
  },
};

/** Options that make membership hang on counters or on the element's history. */
const unsureOptions = ['return-nomatch', 'packets-eq', 'packets-lt', 'packets-gt', 'bytes-eq', 'bytes-lt', 'bytes-gt'];

const set: MatchModule = {
  options: {
    'match-set': 2,
    'update-counters': 0,
    'update-subcounters': 0,
    'return-nomatch': 0,
    'packets-eq': 1,
    'packets-lt': 1,
    'packets-gt': 1,
    'bytes-eq': 1,
    'bytes-lt': 1,
    'bytes-gt': 1,
  },
  build: (options) => {
    const asked = options.find((option) => option.name === 'match-set');
    const [name, directions] = asked?.args ?? [];
    if (asked === undefined || name === undefined || directions === undefined) return undefined;
    const sides = directions.split(',');
    if (!sides.every((side) => side === 'src' || side === 'dst')) return undefined;
    const unsure = options.find((option) => unsureOptions.includes(option.name));
    return [
      {
        kind: 'ipset',
        set: name,
        directions: sides,
        negated: asked.negated,
        ...(unsure === undefined ? {} : { unsure: `${optionText(unsure)} of set ${name}` }),
      },
    ];
  },
};

/** Whether the way back to the sender leads through the interface that the packet came from. */
const rpfilter: MatchModule = {
  options: { loose: 0, validmark: 0, 'accept-local': 0, invert: 0 },
  build: (options: readonly Option[]) => {
    const has = (name: string): boolean => options.some((option) => option.name === name);
    const field = has('loose') ? 'fib saddr oif exists' : 'fib saddr iif oif exists';
    return [compare(field, single(1), has('invert'))];
  },
};

export const addressModules: Readonly<Record<string, MatchModule>> = { addrtype, iprange, set, rpfilter };
