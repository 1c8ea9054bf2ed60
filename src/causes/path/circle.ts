import type { Attempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact, type HopFact } from '../../model/facts.js';
import { pastOf } from './past-of.js';

/** Routers that come at least three times, not next to each other: one that answers twice in a row is no circle. */
const often = 3;
/** Of one alone as many, since in between are those that do not say that a packet ended there. */
const oftenAlone = 5;

export interface Circle {
  /** Those of its routers that say who they are. */
  readonly routers: readonly string[];
  /** One alone, that comes again after the same number of hops each time: one that answers by chance does not. */
  readonly alone: boolean;
  /** It was seen on one and the same flow too. */
  readonly onOneFlow: boolean;
}

/** Ways of several flows that are mixed may show one router several times: one flow decides. Null: no circle. */
export function circleOf(attempt: Attempt, scene: Scene): Circle | 'only-mixed' | null {
  const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  const seen = way ? circleIn(way.hops) : null;
  if (!seen) return null;
  const flow = pastOf(attempt, scene)?.oneFlow;
  const onOneFlow = flow ? circleIn(flow.hops) : null;
  const routers = flow && flow.hops.length > 0 ? onOneFlow : seen;
  if (!routers) return 'only-mixed';
  return { routers, alone: routers.length === 1, onOneFlow: onOneFlow !== null };
}

/** Seen twice: of packets that were sent all at once, and of one flow one after the other. */
export function circleTwice(attempt: Attempt, scene: Scene): Circle | null {
  const circle = circleOf(attempt, scene);
  return circle !== null && circle !== 'only-mixed' && circle.onOneFlow ? circle : null;
}

export function circleIn(hops: readonly HopFact[]): string[] | null {
  const addresses = [...new Set(hops.flatMap(({ address }) => address ?? []))];
  const repeated = addresses.filter((address) => times(address, hops) >= often);
  if (repeated.length >= 2) return repeated;
  const [one] = repeated;
  return one !== undefined && times(one, hops) >= oftenAlone && isRegular(one, hops) ? repeated : null;
}

function limitsOf(router: string, hops: readonly HopFact[]): number[] {
  return hops.filter(({ address }) => address === router).map(({ ttl }) => ttl);
}

function times(router: string, hops: readonly HopFact[]): number {
  const ttls = limitsOf(router, hops);
  return ttls.filter((ttl, index) => index === 0 || ttl - (ttls[index - 1] ?? 0) > 1).length;
}

/** Each time a whole number of rounds later; an answer may be lost, and then it is two rounds. */
function isRegular(router: string, hops: readonly HopFact[]): boolean {
  const ttls = limitsOf(router, hops);
  const gaps = ttls.slice(1).map((ttl, i) => ttl - (ttls[i] ?? ttl));
  const round = Math.min(...gaps);
  const whole = gaps.every((gap) => gap % round === 0);
  return round > 1 && whole && gaps.filter((gap) => gap === round).length * 2 > gaps.length;
}
