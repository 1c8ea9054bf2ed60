import type { Chain, Rule } from '../ruleset.js';
import type { Station } from './plan.js';
import type { Trail, Way } from './way.js';

export type DecidedVerdict = 'accept' | 'drop' | 'reject' | 'redirect' | 'queue';

export interface Place {
  readonly station: Station;
  readonly chain: Chain;
  readonly rule: Rule;
  readonly through: Trail<Rule> | undefined;
}

/** How one way ends. `impossible`: what was assumed on it contradicts where the packet is known to have come. */
export type Outcome =
  | {
      readonly kind: 'decided';
      readonly verdict: DecidedVerdict;
      readonly way: Way;
      readonly rule?: Place;
      readonly policy?: Station;
      readonly how?: string;
      readonly to?: string;
    }
  | { readonly kind: 'unknown'; readonly why: string; readonly way: Way; readonly rule?: Place }
  | { readonly kind: 'impossible' };

/**
 * Of an accepted packet: the rule that let it through. An explicit accept of the hook in question comes before a
 * policy, and of several chains the one nearest to priority 0, where filtering is done. Chains of other hooks count
 * only when the hook itself has none.
 */
export function accepted(way: Way): Outcome {
  if (way.translation !== undefined) {
    const { station, chain, rule, to } = way.translation;
    return { kind: 'decided', verdict: 'redirect', way, rule: { station, chain, rule, through: undefined }, to };
  }
  let bestRule: Place | undefined;
  let bestPolicy: Station | undefined;
  const main = mainHook(way);
  for (let one = way.passed; one !== undefined; one = one.before) {
    const { station, chain, rule } = one.value;
    if (station.base.type === 'nat') continue;
    if (rule !== undefined) {
      if (bestRule === undefined || nearer(station, bestRule.station, main))
        bestRule = { station, chain, rule, through: undefined };
    } else if (bestPolicy === undefined || nearer(station, bestPolicy, main)) bestPolicy = station;
  }
  const atMain = (station: Station | undefined): boolean => station?.base.hook === main;
  if (bestRule !== undefined && (atMain(bestRule.station) || !atMain(bestPolicy)))
    return { kind: 'decided', verdict: 'accept', way, rule: bestRule };
  return { kind: 'decided', verdict: 'accept', way, ...(bestPolicy === undefined ? {} : { policy: bestPolicy }) };
}

function mainHook(way: Way): string {
  let hook = '';
  for (let one = way.events; one !== undefined; one = one.before) {
    const at = one.value.hook;
    if (at === 'input' || at === 'forward' || at === 'output') hook = at;
  }
  return hook;
}

function nearer(one: Station, other: Station, main: string): boolean {
  const isMain = one.base.hook === main;
  if (isMain !== (other.base.hook === main)) return isMain;
  return Math.abs(one.priority) < Math.abs(other.priority);
}
