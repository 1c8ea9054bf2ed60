import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type Facts, type RedirectName } from '../../model/facts.js';
import type { Observed } from '../../model/observed.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/** What holds for any name of this device alike. */
const common = ['name.config', 'device.self', 'device.interfaces', 'device.routes', 'references'] as const;

export const redirectNotAsked: Finding & { readonly says: 'unknown' } = {
  says: 'unknown',
  missing: [],
  because: 'resolvers were not asked for the name that a redirect leads to',
};

/**
 * A name that a redirect leads to, judged as if it had been the target's: by what the resolvers say of it. The experiments
 * that are made for a target's own name are not made for it, so it is likely at most.
 */
export function asOfTarget(
  attempt: FailedAttempt,
  scene: Scene,
  judge: Cause['judge'],
  about: 'name' | 'resolver' = 'name',
): Finding {
  const asked = fact(scene.facts, 'name.redirect');
  if (attempt.stage !== 'name' || (asked !== undefined && asked.name !== attempt.host)) return redirectNotAsked;
  if (!asked) return { ...redirectNotAsked, missing: notYetAsked(scene, 'name.redirect') };
  const own = about === 'name' ? { ...attempt, id: 'name', hop: 0 } : ofResolver(attempt, asked);
  const found = judge(own, { ...scene, facts: factsOf(asked, attempt, scene.facts) });
  switch (found.says) {
    case 'unknown':
      return { ...found, missing: [] };
    case 'ruledOut':
      return { ...found, facts: ['name.redirect'] };
    default: {
      const { says: _says, missing: _missing, ...rest } = found;
      const evidence = found.evidence.map((one) => ({ ...one, fact: 'name.redirect' as const }));
      return { weight: 0.5, ...rest, says: 'fits', atMost: 'likely', evidence };
    }
  }
}

/** Each resolver is judged by itself: the first that failed, which the system asked first as well. */
function ofResolver(attempt: FailedAttempt, { direct }: RedirectName): FailedAttempt {
  const failing = direct.answers.find(({ failure }) => failure !== undefined);
  if (!failing?.failure) return { ...attempt, id: 'name', hop: 0 };
  const { resolver: address, port, failure: outcome } = failing;
  return { ...attempt, id: `resolver:${address}`, protocol: 'dns', address, port, hop: 0, outcome };
}

function factsOf(asked: RedirectName, attempt: FailedAttempt, facts: Facts): Facts {
  const known = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: 'redirect' });
  const kept = Object.fromEntries(common.flatMap((key: FactKey) => (facts[key] ? [[key, facts[key]]] : [])));
  return {
    ...kept,
    target: { ...facts.target, host: attempt.host, literal: 0 },
    'name.system': { state: 'failed', failure: attempt.outcome, at: 0, ms: 0, source: 'redirect' },
    // Else the system would have found it there.
    'name.hosts': known([]),
    'name.direct': known(asked.direct),
    'name.reference': asked.reference ? known(asked.reference) : { state: 'skipped', why: 'not asked' },
  };
}
