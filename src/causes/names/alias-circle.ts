/** A name that is an alias of an alias of itself (RFC 1034 3.6.2 forbids it): nobody who follows it comes to an address. */
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts, type ResolverAnswer } from '../../model/facts.js';
import { directOpinions, notYet, opinionsIn } from './answers.js';
import { authorityOpinions } from './wrong-address.js';

/** Null where nobody gives such aliases. */
export function aliasCircle(attempt: FailedAttempt, facts: Facts): Finding | null {
  const name = fact(facts, 'name.direct')?.name ?? attempt.host;
  const [own] = circlesIn(directOpinions(facts), name);
  const [published] = circlesIn(authorityOpinions(facts), name);
  const others = opinionsIn(fact(facts, 'name.reference'));
  const [other] = circlesIn(others, name);
  // Some resolvers give the aliases as they are, others (Unbound 1.17) fail on them.
  const shown = published ?? own ?? other;
  if (!shown) return null;
  const known = directOpinions(facts).find(({ word }) => word === 'addresses');
  if (known) return { says: 'ruledOut', because: `${known.resolver} gives an address`, facts: ['name.direct'] };
  const giving = others.find(({ word }) => word === 'addresses');
  if (giving)
    return {
      says: 'ruledOut',
      because: `other resolvers give an address (${giving.resolver})`,
      facts: ['name.reference'],
    };
  const way = [name, ...shown.answer.cnames.slice(0, 4)].join(' → ');
  const evidence: Evidence[] = [
    ...(own
      ? [{ fact: 'name.direct' as const, says: `${own.resolver} gives aliases that lead in a circle: ${way}` }]
      : []),
    ...(published
      ? [
          {
            fact: 'name.authority' as const,
            says: `${published.resolver}, a server of the zone, publishes them: ${way}`,
          },
        ]
      : []),
    ...(other
      ? [
          {
            fact: 'name.reference' as const,
            says: `${other.resolver}, which has nothing to do with this network, gives such a circle: ${way}`,
          },
        ]
      : []),
  ];
  const zone = shown.answer.zone;
  return {
    says: 'fits',
    weight: other || published ? 0.85 : 0.6,
    atMost: 'likely',
    stage: 'name',
    ...(zone !== undefined && { culprit: { kind: 'zone', name: zone } as const }),
    summary: `The name ${name} leads in a circle of aliases, and no address belongs to it.`,
    advice: 'only the owner of the name can change that',
    evidence,
    missing: notYet(facts, 'name.reference', 'name.impostor'),
  };
}

interface Circle {
  readonly resolver: string;
  readonly answer: ResolverAnswer;
}

function circlesIn(
  opinions: readonly { readonly resolver: string; readonly answers: readonly ResolverAnswer[] }[],
  name: string,
): Circle[] {
  return opinions.flatMap(({ resolver, answers }) =>
    answers.filter(({ cnames }) => isCircle([name, ...cnames])).map((answer) => ({ resolver, answer })),
  );
}

function isCircle(names: readonly string[]): boolean {
  return new Set(names.map((one) => one.toLowerCase())).size < names.length;
}
