import type { Match } from '../../ruleset.js';
import { type Num, fromRanges, range, single } from '../../values/intervals.js';
import { addressTypes } from '../../values/symbols.js';
import { addressRange } from './addresses.js';
import { type MatchModule, type Option, optionText } from './module.js';
import { compare } from './numbers.js';

/** `LOCAL,BROADCAST`: one of these types. Limited to an interface it is another question to the routing table. */
const addrtype: MatchModule = {
  options: { 'src-type': 1, 'dst-type': 1, 'limit-iface-in': 0, 'limit-iface-out': 0 },
  build: (options) => {
    const limit = options.some((option) => option.name === 'limit-iface-in')
      ? ' iif'
      : options.some((option) => option.name === 'limit-iface-out')
        ? ' oif'
        : '';
    const matches: Match[] = [];
    for (const option of options) {
      if (option.args.length === 0) continue;
      const types: [Num, Num][] = [];
      for (const name of (option.args[0] ?? '').toLowerCase().split(',')) {
        const type = Object.hasOwn(addressTypes, name) ? addressTypes[name] : undefined;
        if (type === undefined) return undefined;
        types.push([type, type]);
      }
      const side = option.name === 'src-type' ? 'saddr' : 'daddr';
      matches.push(compare(`fib ${side}${limit} type`, fromRanges(types), option.negated));
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
