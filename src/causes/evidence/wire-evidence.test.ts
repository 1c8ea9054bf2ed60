import { expect, test } from 'vitest';
import { known } from '../../probes/names/context.fixture.js';
import { parseTarget } from '../../model/parse-target.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { WireRound, WireTry } from '../../model/facts.js';
import { refusalPlace } from './wire-evidence.js';

const attempt = {
  stage: 'connect',
  address: '198.51.100.10',
  port: 443,
  outcome: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
} as unknown as FailedAttempt;
const round = (more: Partial<WireRound> = {}): WireRound => ({
  refused: true,
  sent: 0,
  sentElsewhere: 0,
  quiet: 0,
  control: 4,
  ...more,
});

function place(rounds: readonly WireRound[], bound: WireTry['bound']) {
  const parsed = parseTarget('https://198.51.100.10/');
  if (!parsed.ok) throw new Error(parsed.why);
  const found = { address: '198.51.100.10', port: 443, device: 'eth0', times: 4, rounds, bound };
  return refusalPlace(attempt, { facts: { target: parsed.target, 'connect.wire': known([found]) } } as never);
}

const out = round({ sent: 4 });

test('what never leaves is refused here', () => {
  expect(place([round(), round(), round()], 'refused')).toBe('here');
  expect(place([round(), round(), round()], 'silent')).toBe('led-here');
  expect(place([round({ sent: 40 }), round(), round({ sent: 2 })], 'silent')).toBe('led-here');
});

test('what is counted each time leaves', () => {
  expect(place([out, out, out], 'refused')).toBe('out');
  expect(place([out, round({ sent: 2, quiet: 30 }), round({ sent: 5 })], 'refused')).toBe('out');
});

test.each([
  ['others send all the while', [round({ sent: 90, quiet: 80 }), round({ sent: 70, quiet: 90 })], 'refused'],
  ['the counter is late, and has both at once', [round({ control: 8 }), round({ control: 9 }), round()], 'refused'],
  ['the counters stand still', [round({ control: 0 }), round({ control: 1 })], 'refused'],
  [
    'it leaves by another interface, a container’s',
    [round({ sentElsewhere: 4 }), round({ sentElsewhere: 4 })],
    'refused',
  ],
  ['not each was refused again', [round(), round({ refused: false })], 'refused'],
  ['once it left and once it did not', [round(), out, out], 'refused'],
  ['it leaves, and bound it is silent', [out, out, out], 'silent'],
  ['a single round', [round()], 'silent'],
] as const)('nothing is told where %s', (_why, rounds, bound) => {
  expect(place(rounds, bound)).toBeNull();
});
