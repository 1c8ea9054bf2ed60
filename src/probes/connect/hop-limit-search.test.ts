import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../test/virtual-clock.js';
import { findHopLimit } from './hop-limit-search.js';

const signal = new AbortController().signal;

/** A host whose answers arrive with that hop limit after that time. `lost` takes some of the questions away. */
function host(hopLimit: number, answerMs = 1, lost: (nth: number) => boolean = () => false) {
  const clock = virtualClock();
  const asked: number[] = [];
  const ask = async (least: number): Promise<boolean> => {
    const nth = asked.push(least) - 1;
    const through = least <= hopLimit && !lost(nth);
    await clock.sleep(through ? answerMs : 25);
    return through;
  };
  return { clock, asked, find: () => findHopLimit(ask, clock, signal) };
}

describe('the hop limit of an answer', () => {
  it.each([34, 35, 44, 57, 60, 63, 64, 112, 127, 128, 243, 255])('%i is found', async (hopLimit) => {
    const { find, asked, clock } = host(hopLimit);
    expect(await find()).toBe(hopLimit);
    expect(asked.length).toBeLessThanOrEqual(24);
    expect(clock.now()).toBeLessThanOrEqual(40); // silence is waited for once
  });
  it.each([98, 225])('%i, the end of the longest way, is found', async (hopLimit) => {
    expect(await host(hopLimit).find()).toBe(hopLimit);
  });
  it('is not known of a silent host', async () => {
    expect(await host(0).find()).toBeNull();
  });
  it('is found from answers that come one by one', async () => {
    const clock = virtualClock();
    const ask = async (least: number): Promise<boolean> => {
      await clock.sleep(least <= 61 ? 1 + (least % 7) * 3 : 25);
      return least <= 61;
    };
    expect(await findHopLimit(ask, clock, signal)).toBe(61);
  });
  it('is known surely or not at all where only so many answers are given', async () => {
    for (let answers = 1; answers < 15; answers++) {
      const { find } = host(62, 1, (nth) => nth >= answers);
      expect([null, 62]).toContain(await find());
    }
  });
  it('is never said to be more than it is, and rarely less, when packets are lost', async () => {
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 40, max: 64 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 49 })),
        async (hopLimit, dice) => {
          const found = await host(hopLimit, 1, () => dice.next().value === 0).find();
          if (found === null) return;
          expect(found).toBeLessThanOrEqual(hopLimit);
          if (found < hopLimit) wrong++;
        },
      ),
      { numRuns: 300, seed: 1 },
    );
    expect(wrong).toBeLessThanOrEqual(1);
  });
});
