import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import type { CounterName, CountersFact } from '../../model/device-state.js';
import { fact } from '../../model/facts.js';

/** The kernel's counters around connections like this attempt. */
export function countersOf(attempt: FailedAttempt, { facts }: Scene): CountersFact | undefined {
  return fact(facts, 'device.counters')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}

/**
 * How a counter went: `ours` when it rose with our connections and stood still without them, each time but one; `rises`
 * when it rises anyhow.
 */
export function courseOf(
  counters: CountersFact | undefined,
  name: CounterName,
): 'ours' | 'rises' | 'still' | undefined {
  const rise = counters?.counters.find((one) => one.name === name);
  if (!counters || !rise) return undefined;
  if (rise.busy <= 0) return 'still';
  return counters.pairs >= 3 && rise.withOurs >= counters.pairs - 1 ? 'ours' : 'rises';
}

export function riseText(counters: CountersFact, name: CounterName): string {
  const rise = counters.counters.find((one) => one.name === name);
  return `the kernel's counter ${name} rose by ${rise?.busy ?? 0} while ${counters.tries} connections were tried, and by ${rise?.quiet ?? 0} in as long without`;
}
