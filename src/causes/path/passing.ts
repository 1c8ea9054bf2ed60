import type { Attempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import type { FactKey } from '../../model/facts.js';
import type { PassFlow } from '../../model/way-facts.js';
import { circleTwice } from './circle.js';
import { pastOf } from './past-of.js';

/** Fewer than that can be chance, or a router that answers so many a second. */
const enough = 4;

/** Our port ends between two routers, and something else gets past that place. */
export interface Difference {
  /** The last router that our packets come to. */
  readonly last: string;
  readonly lastTtl: number;
  /** The router behind it, which answered the other ones alone. */
  readonly next: string;
  readonly other: PassFlow;
  readonly sent: number;
  readonly passed: number;
}

/**
 * A router on the way answers, in turns, to another port (or protocol) and never to this one, while the one before it
 * answers to both: what is missing never came to the server. Null where nothing shows that.
 */
export function differenceOf(attempt: Attempt, scene: Scene): Difference | null {
  const { own, other } = pastOf(attempt, scene) ?? {};
  const beyond = own?.hops.at(-1);
  const passed = other?.hops.at(-1);
  const end = own?.hops.find((hop) => hop.ttl < (beyond?.ttl ?? 0));
  if (!other || !beyond || !passed || !end?.address || end.answered === 0 || passed.address === null) return null;
  if (passed.address === attempt.address || beyond.ttl !== passed.ttl) return null;
  if (beyond.answered > 0 || beyond.sent < enough || passed.answered < enough) return null;
  return {
    last: end.address,
    lastTtl: end.ttl,
    next: passed.address,
    other,
    sent: beyond.sent,
    passed: passed.answered,
  };
}

export function differenceEvidence({ last, lastTtl, next, other, sent, passed }: Difference, port: number): Evidence {
  const name = nameOfFlow(other);
  return {
    fact: 'path.past',
    says: `${last} (hop ${lastTtl}) answers what is sent to port ${port}; ${next}, the next router that answers, did so for ${name} ${passed} times and for port ${port} not once in ${sent}`,
  };
}

/**
 * For what would have to happen at the server, or to its answer: the packets do not come so far. Where only another
 * protocol gets past, the router behind may make a difference of its own when it answers: that rules nothing out.
 */
export function endsBefore(
  attempt: Attempt,
  scene: Scene,
): (Finding & { readonly says: 'ruledOut' | 'unknown' }) | null {
  const circle = circleTwice(attempt, scene);
  if (circle)
    return {
      says: 'unknown',
      missing: [],
      because: `the packets go round in a circle, by ${circle.routers.join(' and ')}: none comes to the server`,
    };
  const difference = differenceOf(attempt, scene);
  if (!difference) return null;
  const because = `the packets end before ${difference.next}, a router on the way, which lets ${nameOfFlow(difference.other)} past`;
  return difference.other.protocol === 'tcp'
    ? { says: 'ruledOut', because, facts: ['path.past'] }
    : { says: 'unknown', missing: [], because };
}

/** Asked for where silence may end on the way. */
export function pastMissing({ facts }: Scene): readonly FactKey[] {
  return facts['path.past'] === undefined ? ['path.past'] : [];
}

export function nameOfFlow({ protocol, port }: Pick<PassFlow, 'protocol' | 'port'>): string {
  if (protocol === 'icmp') return 'ping';
  return protocol === 'udp' ? 'UDP' : `port ${port ?? 0}`;
}
