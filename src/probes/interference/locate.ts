import type { Context } from '../../model/gatherer.js';
import type { InterferenceTrial } from '../../model/interference.js';
import type { RunTrial } from './interference.js';
import type { Subject } from './subject.js';
import { reaches, type TrialRequest } from './trial.js';

/** Hop limits that are tried, in two steps: the whole of the second only where the first shows nothing. */
const ladders = [
  [1, 2, 3, 4, 5, 6, 7, 8],
  [9, 10, 11, 12, 13, 14],
];
const leastSilenceOfAnswer = 120;
/** What is answered at all is answered within about this of the first answer. */
const leastTogetherMs = 25;
/** The first copy is sent again after 200 ms (TCP_RTO_MIN); an error that came while it was being sent shows only then. */
const leastSilenceMs = 320;
/** Routers that say nothing may stand in between. */
const mostOthers = 3;
const silentLadders = [
  [1, 2, 3, 4, 5, 6],
  [7, 8, 9, 10],
];

function waitFor(ms: number, least: number): number {
  return Math.min(1000, Math.max(least, 3 * ms));
}

/**
 * From how far away somebody answers: the same bytes with growing hop limits. Where a packet that cannot reach the server
 * is answered, the server did not do it. The controls, with the very same hop limit: another name, or nothing at all; and
 * the opening packet itself, which only what is so near can answer.
 */
export async function locateAnswer(
  blocked: InterferenceTrial,
  depends: boolean,
  ms: number,
  subject: Subject,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  const waitMs = waitFor(ms, leastSilenceOfAnswer);
  const controls = async (nearest: number): Promise<InterferenceTrial[]> => {
    const asked = depends ? (['same', 'other', 'other'] as const) : (['same', 'quiet', 'quiet'] as const);
    const opens = [nearest, nearest, ...(nearest > 1 ? [nearest - 1] : [])];
    const said = asked.map((one) => ({ asked: one, hopLimit: nearest, waitMs }));
    // These few packets get their share of the bound first.
    const opened = opens.map((one) => reaches(one, subject, waitMs, context));
    return (await Promise.all([untilAnswered(said, run, context), Promise.all(opened)])).flat();
  };
  const found: InterferenceTrial[] = [];
  for (const ladder of ladders) {
    const begun = new Map<number, Promise<InterferenceTrial[]>>();
    const climbed = await untilAnswered(
      ladder.map((hopLimit) => ({ asked: 'same', hopLimit, waitMs })),
      run,
      context,
      // While the silence of the others is waited for: it seldom ends otherwise.
      (answered) => {
        const likely = nearestOf(answered, blocked);
        if (likely !== undefined) begun.set(likely, controls(likely));
      },
    );
    found.push(...climbed, ...(await Promise.all(begun.values())).flat());
    const nearest = nearestOf(climbed, blocked);
    if (nearest !== undefined && !begun.has(nearest)) found.push(...(await controls(nearest)));
    if (climbed.some((one) => one.ending !== 'silent')) break;
  }
  return found;
}

/**
 * All at once. Whoever answers from so near does it as soon to each: once one is answered, the silence of the others needs
 * no more time than three times that, and some for a busy device. `onAnswers` is told what was answered at about that time.
 */
async function untilAnswered(
  requests: readonly TrialRequest[],
  run: RunTrial,
  { system, signal }: Context,
  onAnswers?: (answered: readonly InterferenceTrial[]) => void,
): Promise<InterferenceTrial[]> {
  const enough = new AbortController();
  const answered: InterferenceTrial[] = [];
  const trials = requests.map((request) => run({ ...request, enough: enough.signal }));
  const first = Promise.race(
    trials.map(async (trial) => {
      const one = await trial;
      if (!one || one.ending === 'silent' || one.ending === 'unopened') return new Promise<never>(() => undefined);
      answered.push(one);
      return one.ms;
    }),
  );
  const ended = Promise.all(trials);
  let isTold = false;
  const tell = (): void => {
    if (!isTold) onAnswers?.(answered);
    isTold = true;
  };
  void first.then(async (ms) => {
    const togetherMs = Math.max(leastTogetherMs, ms / 8);
    await system.clock.sleep(togetherMs, signal);
    tell();
    await system.clock.sleep(Math.max(leastSilenceOfAnswer, 2 * ms) - togetherMs, signal);
    enough.abort();
  });
  const all = present(await ended);
  if (answered.length > 0 && !signal.aborted) tell();
  return all;
}

/**
 * Where somebody swallows: routers say of a packet that its hop limit was used up. From where on they say so for the other
 * name only, the one in question no longer comes by.
 */
export async function locateSilence(
  ms: number,
  subject: Subject,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  const waitMs = waitFor(ms, leastSilenceMs);
  const untilTurnedBack = true as const;
  const both = ['other', 'same'] as const;
  const found: InterferenceTrial[] = [];
  for (const ladder of silentLadders) {
    const same = present(
      await Promise.all(ladder.map((hopLimit) => run({ asked: 'same', hopLimit, waitMs, untilTurnedBack }))),
    );
    found.push(...same);
    // The other name only where this one was no longer heard of: each of these costs the server a connection.
    const gone = same.flatMap((one) => (one.turnedBack === true ? [] : (one.hopLimit ?? [])));
    const [first, ...further] = gone.toSorted((x, y) => x - y);
    // And the farthest: where it comes to the server, nothing is to be found farther away.
    const others = further.filter((_, at) => at < mostOthers - 1 || at === further.length - 1);
    for (const limits of [first === undefined ? [] : [first], others]) {
      const asked = limits.map((hopLimit) => run({ asked: 'other', hopLimit, waitMs, untilTurnedBack }));
      found.push(...present(await Promise.all(asked)));
      if (firstDifference(found) !== undefined) break;
    }
    const hopLimit = firstDifference(found);
    if (hopLimit !== undefined) {
      // Twice, apart from the others: routers say such things only so often.
      const oneMore = (): Promise<(InterferenceTrial | null)[]> =>
        Promise.all(both.map((asked) => run({ asked, hopLimit, waitMs, untilTurnedBack })));
      found.push(...present(await oneMore()));
      const opens = [hopLimit, ...(hopLimit > 1 ? [hopLimit - 1] : [])];
      const [more, ...opened] = await Promise.all([
        oneMore(),
        ...opens.map((one) => reaches(one, subject, waitMs, context)),
      ]);
      found.push(...present(more), ...opened);
      break;
    }
    if (found.some((one) => one.asked === 'other' && one.ending !== 'silent')) break;
  }
  return found;
}

function firstDifference(found: readonly InterferenceTrial[]): number | undefined {
  const expired = (asked: string, hopLimit: number | undefined): boolean =>
    found.some((one) => one.asked === asked && one.hopLimit === hopLimit && one.turnedBack === true);
  return found.find(({ hopLimit }) => expired('other', hopLimit) && !expired('same', hopLimit))?.hopLimit;
}

function nearestOf(found: readonly InterferenceTrial[], blocked: InterferenceTrial): number | undefined {
  const limits = found.flatMap((one) =>
    one.asked === 'same' && one.reaction === blocked.reaction && one.hopLimit !== undefined ? [one.hopLimit] : [],
  );
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

/** The position is shown already, and nobody else needs to be asked. */
export function wasLocated(found: readonly InterferenceTrial[], blocked: InterferenceTrial): boolean {
  if (blocked.ending === 'silent') return firstDifference(found) !== undefined;
  const nearest = nearestOf(found, blocked);
  const at = found.filter((one) => one.hopLimit === nearest && one.hopLimit !== undefined);
  const opens = at.filter((one) => one.asked === 'open');
  const same = at.filter((one) => one.asked === 'same');
  // One that never opened, or for which no packet was left, was never said.
  const others = at.filter((one) => (one.asked === 'other' || one.asked === 'quiet') && one.ending !== 'unopened');
  return (
    Math.min(opens.length, same.length, others.length) >= 2 &&
    opens.every((one) => one.ending === 'silent') &&
    same.every((one) => one.reaction === blocked.reaction) &&
    others.every((one) => one.reaction !== blocked.reaction)
  );
}

function present(trials: readonly (InterferenceTrial | null)[]): InterferenceTrial[] {
  return trials.filter((one) => one !== null);
}
