import { expect, test } from 'vitest';
import type { RuleCount } from '../../model/firewall-facts.js';
import { parseTarget } from '../../model/parse-target.js';
import { known } from '../../probes/names/context.fixture.js';
import { countOf } from './rule-counts.js';

type Round = RuleCount['rounds'][number];
const rounds = (...all: readonly [tried: number, counted: number][]): Round[] =>
  all.map(([tried, counted]) => ({ tried, counted }));
const at = { family: 'ip', table: 'nat', chain: 'OUTPUT', number: 2 };

function counts(found: readonly Round[], more: Partial<RuleCount> = {}, asked: Partial<typeof at> = {}): boolean {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const towards = { address: '198.51.100.10', port: 443, direction: 'out' } as const;
  const count: RuleCount = { ...towards, ...at, rounds: found, ended: 'refused', ...more };
  const scene = { facts: { target: parsed.target, 'device.ruleCounts': known([count]) } };
  return countOf(towards, { ...at, ...asked }, scene) !== null;
}

const even = rounds([3, 3], [0, 0], [5, 5], [0, 0], [2, 2]);

test('a rule that counts each connection and nothing between is the one', () => {
  expect(counts(even)).toBe(true);
});

test.each([
  ['others are counted too', rounds([3, 3], [0, 0], [5, 6], [0, 0], [2, 2]), {}, {}],
  ['it counts while nothing is tried', rounds([3, 3], [0, 1], [5, 5], [0, 0], [2, 2]), {}, {}],
  ['it counts none of them', rounds([3, 0], [0, 0], [5, 0], [0, 0], [2, 0]), {}, {}],
  ['it counts some of them', rounds([3, 3], [0, 0], [5, 4], [0, 0], [2, 2]), {}, {}],
  ['nothing was looked at between', rounds([3, 3], [5, 5], [2, 2]), {}, {}],
  ['too few were tried', rounds([1, 1], [0, 0], [2, 2]), {}, {}],
  ['not all of them ended alike', even, { ended: null }, {}],
  ['another rule was looked at', even, {}, { number: 3 }],
  ['the other family was looked at', even, {}, { family: 'ip6' }],
  ['the policy is meant', even, {}, { number: undefined as never }],
] as const)('nothing is shown where %s', (_why, found, more, asked) => {
  expect(counts(found, more, asked)).toBe(false);
});
