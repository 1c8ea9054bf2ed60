import type { Clock } from '../../model/system.js';

/** Hop limits that operating systems start with; an answer arrives with one of these less the length of the way. */
const startValues = [64, 128, 255];
const longestWay = 30;
/** From one rung to the next of the first, coarse ladder. */
const rung = 5;
/** After the first answer the others are on their way: a burst of packets keeps together. One that comes later costs a round. */
const settleMs = 1;
const mostRounds = 8;

/** Asks whether an answer with at least that hop limit comes, of whatever kind. False after a time of silence. */
export type Ask = (leastHopLimit: number) => Promise<boolean>;

/**
 * The hop limit with which answers arrive, or null when it cannot be found surely. Silence is waited for only once: the
 * ladder's answers tell at once in which gap the value lies, and the whole gap is asked while the rungs above it are
 * still silent. At the end the value is asked again, which must be answered, so that a limit on the rate of answers is
 * not taken for distance; and the one above it too, so that one lost packet is not.
 */
export async function findHopLimit(ask: Ask, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<number | null> {
  const asked = new Map<number, Promise<boolean>>();
  let highest = 0;
  let wakeFirst = (): void => {};
  const send = (value: number): Promise<boolean> => {
    const answer = ask(value).then((through) => {
      if (!through) return false;
      highest = Math.max(highest, value);
      wakeFirst();
      return true;
    });
    asked.set(value, answer);
    return answer;
  };
  /** Until the first answer, and a moment more; or until all are silent. */
  const sendAndSettle = async (values: readonly number[]): Promise<void> => {
    const first = new Promise<void>((resolve) => (wakeFirst = resolve));
    await Promise.race([first.then(() => clock.sleep(settleMs, signal)), Promise.all(values.map(send))]);
  };

  let ladder = [...startValues.map((start) => start - longestWay), ...rungsOf(64)];
  for (; ladder.length > 0; ladder = rungsOf(startOf(highest)).filter((value) => !asked.has(value))) {
    await sendAndSettle(ladder);
    if (highest === 0) return null;
  }
  for (let round = 0; round < mostRounds && !signal.aborted; round++) {
    const gap = gapAbove(highest, asked);
    if (gap.length > 0) await sendAndSettle([...gap.toReversed(), highest]);
    const top = highest;
    const above = [...asked].flatMap(([value, answer]) => (value > top ? [answer] : []));
    const once = top < startOf(top) ? send(top + 1) : null;
    const control = ask(top);
    await Promise.all([...above, once]);
    if (!(await control)) return null;
    if (highest === top && gapAbove(top, asked).length === 0) return signal.aborted ? null : top;
  }
  return null;
}

/** Every fifth value of a class, its start the last. */
function rungsOf(start: number): number[] {
  return Array.from({ length: longestWay / rung }, (_, index) => start - longestWay + (index + 1) * rung);
}

function startOf(value: number): number {
  return startValues.find((start) => value <= start) ?? 255;
}

/** What was not asked yet between a value and the next greater one of its class that was. */
function gapAbove(value: number, asked: ReadonlyMap<number, unknown>): number[] {
  const gap: number[] = [];
  for (let at = value + 1; at <= startOf(value) && !asked.has(at); at++) gap.push(at);
  return gap;
}
