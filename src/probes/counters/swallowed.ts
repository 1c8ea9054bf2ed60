import { fact } from '../../model/facts.js';
import type { FailureCode } from '../../model/failure.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { Passed, SwallowedPair } from '../../model/swallowed.js';
import { passedBetween, standing } from './passed-files.js';
import { noisy, type Place, silentPlace, tryOnce } from './silent-place.js';

const codes: readonly FailureCode[] = ['timed-out', 'not-permitted', 'no-buffers', 'host-unreachable'];
const each = 2;
const mostPairs = 4;
/** As long as most of the world's answers take on their way here. */
const windowMs = 120;

/**
 * What becomes, on this very device, of packets that are sent to a place that keeps silent, and of what comes back: whether a
 * queue of an interface or IPsec throws them away, and whether packets come in that are never handed on. By counters that
 * every user may read; a quiet time before each tells what others' packets do.
 */
export const swallowed: Gatherer<'device.swallowed'> = {
  fact: 'device.swallowed',
  needs: ['connect', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => (silentPlace(facts, codes) === undefined ? 'nothing stayed silent' : null),
  async gather(facts, context) {
    const place = silentPlace(facts, codes);
    if (!place) return skipped('nothing stayed silent');
    await Promise.all(noisy.map((key) => context.settled(key)));
    const routes = fact(context.latest(), 'device.routes');
    const device =
      routes?.choices.find(({ address }) => address === place.address)?.device ?? routes?.defaults[0]?.device ?? null;
    const pairs: SwallowedPair[] = [];
    while (pairs.length < mostPairs && !context.signal.aborted) {
      const pair = await pairFor(place, device, context);
      if (!pair) return skipped('the counters of the kernel cannot be read');
      pairs.push(pair);
      if (nothingMissing(pair)) break;
    }
    return known([{ ...place, device, each, pairs }], '/proc/net');
  },
};

/** Then more of the same would show no more. */
function nothingMissing({ busy }: SwallowedPair): boolean {
  const late = busy.received > busy.heard || busy.taken > busy.delivered;
  return !late && busy.queues.length === 0 && busy.ipsec.length === 0 && busy.sent > 0;
}

async function pairFor(place: Place, device: string | null, context: Context): Promise<SwallowedPair | null> {
  const { clock } = context.system;
  const waitMs = Math.max(30, Math.min(windowMs, context.remaining() / (3 * mostPairs)));
  const start = await standing(context);
  await clock.sleep(waitMs, context.signal);
  const between = await standing(context);
  const busyFrom = clock.now();
  const answers = await Promise.all(Array.from({ length: each }, () => tryOnce(place, waitMs, context)));
  await clock.sleep(Math.max(0, waitMs - (clock.now() - busyFrom)), context.signal);
  const end = await standing(context);
  if (!start || !between || !end) return null;
  const quiet: Passed = passedBetween(start, between, device);
  return { quiet, busy: passedBetween(between, end, device), answered: answers.filter((one) => one).length };
}
