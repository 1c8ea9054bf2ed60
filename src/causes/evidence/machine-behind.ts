import { familyOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { afterNeighbourSearch, saidAtOnceElsewhere, sendersOf, triesOf } from './connection-evidence.js';

/**
 * Who has the target's own address says "host unreachable" of it: words that a router has for a machine that it looked for. A
 * router or balancer that leads what comes to its address on to a machine behind it says so of that one, in its own name
 * (docs/kernel-facts.md); a firewall of the server's own may be told to use the same words, and needs no time for that.
 * Null: that is not what was said.
 */
export function saysOfMachineBehind(attempt: FailedAttempt, scene: Scene): 'after-search' | 'at-once' | null {
  const tries = triesOf(attempt, scene);
  const unreachable = familyOf(attempt.address ?? '') === 6 ? { type: 1, code: 3 } : { type: 3, code: 1 };
  const said = sendersOf(tries).target.some(({ type, code }) => type === unreachable.type && code === unreachable.code);
  if (!said) return null;
  return afterNeighbourSearch(tries) && !saidAtOnceElsewhere(attempt, scene) ? 'after-search' : 'at-once';
}
