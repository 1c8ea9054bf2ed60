import type { Evidence, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { ModelDecision, RuleCount } from '../../model/firewall-facts.js';
import type { RuleReference } from '../../model/words.js';

/** Enough that nobody else's packets would come in just these numbers. */
const fewest = 8;

type Towards = Pick<ModelDecision, 'address' | 'port' | 'direction'>;
type At = Pick<RuleReference, 'family' | 'table' | 'chain'> & { readonly number?: number | undefined };

/** The rule (without a number: the policy) counted each of our connections, one packet for each, and nothing between. */
export function countOf(towards: Towards, at: At, { facts }: Pick<Scene, 'facts'>): RuleCount | null {
  const found = fact(facts, 'device.ruleCounts')?.find(
    (one) =>
      one.address === towards.address &&
      one.port === towards.port &&
      one.direction === towards.direction &&
      one.family === at.family &&
      one.table === at.table &&
      one.chain === at.chain &&
      one.number === (at.number ?? null),
  );
  if (!found || found.ended === null) return null;
  const { rounds } = found;
  const isExact = rounds.every(({ tried, counted }) => tried === counted);
  return isExact && rounds.some(({ tried }) => tried === 0) && tries(found) >= fewest ? found : null;
}

function tries({ rounds }: RuleCount): number {
  return rounds.reduce((sum, { tried }) => sum + tried, 0);
}

export function countEvidence(found: RuleCount): Evidence {
  const what = found.number === null ? 'the counter of that policy' : "that rule's own counter";
  return {
    fact: 'device.ruleCounts',
    says: `${what} rose by one for each of ${tries(found)} connections that were tried, and stood still between`,
  };
}
