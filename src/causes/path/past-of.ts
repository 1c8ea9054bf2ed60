import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { WayPast } from '../../model/way-facts.js';

/** What was measured of what gets past the end of this connection's way. */
export function pastOf(attempt: Attempt, { facts }: Scene): WayPast | undefined {
  return fact(facts, 'path.past')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}
