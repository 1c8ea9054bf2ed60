import { expect, it } from 'vitest';
import { fakeSystem } from '../../../test/fake-system.js';
import type { Context } from '../../model/gatherer.js';
import { inTurn } from './in-turn.js';

/** Milliseconds after which each place answers or fails, and whether it is said to be late before. */
type Place = readonly [name: string, ms: number, holds: boolean, late?: true];

async function tried(places: readonly Place[]): Promise<readonly string[]> {
  const { clock } = fakeSystem();
  const context = { signal: new AbortController().signal } as unknown as Context;
  const order: string[] = [];
  await inTurn(places, context, async ([name, ms, holds, late], _at, { signal }, onLate) => {
    order.push(`${name} begun at ${clock.now()}`);
    if (late) void clock.sleep(10).then(onLate);
    await clock.sleep(ms, signal);
    order.push(signal.aborted ? `${name} given up` : `${name} ${holds ? 'held' : 'failed'}`);
    return holds && !signal.aborted;
  });
  return order;
}

it('tries the next one only when the one before has failed', async () => {
  expect(
    await tried([
      ['a', 5, false],
      ['b', 5, true],
      ['c', 5, true],
    ]),
  ).toEqual(['a begun at 0', 'a failed', 'b begun at 5', 'b held']);
});

it('waits for several at once where they are late', async () => {
  expect(
    await tried([
      ['a', 3_000, false, true],
      ['b', 3_000, false, true],
    ]),
  ).toEqual(['a begun at 0', 'b begun at 10', 'a failed', 'b failed']);
});

it('gives up those begun later when an earlier one holds after all', async () => {
  expect(
    await tried([
      ['a', 100, true, true],
      ['b', 3_000, false, true],
    ]),
  ).toEqual(['a begun at 0', 'b begun at 10', 'a held', 'b given up']);
});
