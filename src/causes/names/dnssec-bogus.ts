import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { bogusErrors, notYet, opinionsFor, opinionsIn } from './answers.js';

/** The owner of the name has signed it, and the signatures do not hold: resolvers that check them refuse to give it. */
export const cause: Cause = {
  id: 'dnssec-bogus',
  side: 'server',
  stage: 'name',
  title: 'The signatures that protect the name (DNSSEC) are wrong, so the name is not given out',
  symptoms: [...symptoms('exchange', 'server-failure'), ...symptoms('resolve', 'temporary-failure', 'failed')],
  needs: ['name.direct', 'name.reference'],
  judge(attempt, { facts }): Finding {
    if (attempt.hop > 0)
      return {
        says: 'unknown',
        missing: [],
        because: 'resolvers were not asked for the name that a redirect leads to',
      };
    if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const own = opinionsFor(attempt, facts);
    const said = own.flatMap((opinion) => bogusErrors(opinion).map((error) => ({ resolver: opinion.resolver, error })));
    const reference = opinionsIn(fact(facts, 'name.reference'));
    const elsewhere = reference.flatMap((opinion) =>
      bogusErrors(opinion).map((error) => ({ resolver: opinion.resolver, error })),
    );
    const giving = reference.find(({ word }) => word === 'addresses');
    if (said.length === 0 && giving) {
      return {
        says: 'ruledOut',
        because: `nobody complains of signatures, and ${giving.resolver} gives the name`,
        facts: ['name.direct', 'name.reference'],
      };
    }
    if (said.length === 0 && own.length > 0 && own.every(({ word }) => word === 'unheard')) {
      return { says: 'ruledOut', because: 'no resolver answers at all', facts: ['name.direct'] };
    }
    const [first] = said;
    if (!first)
      return {
        says: 'unknown',
        missing: notYet(facts, 'name.reference'),
        because: 'the resolver does not say why it fails',
      };
    const evidence: Evidence[] = [{ fact: 'name.direct', says: `${first.resolver} says so: ${first.error}` }];
    if (elsewhere[0])
      evidence.push({
        fact: 'name.reference',
        says: `${elsewhere[0].resolver}, which has nothing to do with this network, says so too`,
      });
    const zone =
      own.flatMap(({ answers }) => answers).find((answer) => answer.zone !== undefined)?.zone ?? attempt.host;
    return {
      says: 'fits',
      weight: elsewhere.length > 0 ? 0.9 : 0.6,
      stage: 'name',
      culprit: { kind: 'zone', name: zone },
      summary: `The signatures that protect the name ${attempt.host} (DNSSEC) are wrong, so name servers refuse to give it out.`,
      advice: 'only the owner of the name can mend that; if the clock of your name server is wrong, mend that',
      evidence,
      missing: notYet(facts, 'name.reference'),
    };
  },
};
