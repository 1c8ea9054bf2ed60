/** There is no such name; a search domain that answers to every name gives an address all the same. */
import { canonical } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { directOpinions, notYet, referenceWord } from './answers.js';

export function ledBySearchDomain(attempt: FailedAttempt, facts: Facts): Finding {
  const { target } = facts;
  if (attempt.hop === 0 && target.literal !== 0)
    return { says: 'ruledOut', because: 'an address was typed, no name', facts: [] };
  if (attempt.hop > 0 || attempt.host !== target.host || attempt.address === null)
    return {
      says: 'unknown',
      missing: [],
      because: 'resolvers were not asked for the name that a redirect or a proxy leads to',
    };
  const config = fact(facts, 'name.config');
  if (config && config.search.length === 0)
    return { says: 'ruledOut', because: 'no search domain is set', facts: ['name.config'] };
  const direct = fact(facts, 'name.direct');
  if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const opinions = directOpinions(facts);
  const giving = opinions.find(({ word }) => word === 'addresses' || word === 'useless');
  if (giving) return { says: 'ruledOut', because: `${giving.resolver} knows the name`, facts: ['name.direct'] };
  const address = canonical(attempt.address);
  const found = direct.searched?.find(({ addresses }) => addresses.map(canonical).includes(address));
  const denying = opinions.find(({ word }) => word === 'nxdomain');
  if (!found || !denying) return { says: 'unknown', missing: [], because: 'it is not known who gave that address' };
  const reference = referenceWord(facts);
  if (reference?.word === 'addresses')
    return {
      says: 'ruledOut',
      because: `other resolvers know the name (${reference.opinions[0]?.resolver})`,
      facts: ['name.reference'],
    };
  const evidence: Evidence[] = [
    { fact: 'name.direct', says: `${denying.resolver} says that there is no ${target.host}` },
    {
      fact: 'name.direct',
      says: `it gives ${address} for ${target.host}.${found.domain}, which this computer asks for next`,
    },
  ];
  if (reference?.word === 'nxdomain')
    evidence.push({
      fact: 'name.reference',
      says: `${reference.opinions[0]?.resolver}, which has nothing to do with this network, knows no such name either`,
    });
  return {
    says: 'fits',
    weight: 0.8,
    side: 'target',
    stage: 'name',
    culprit: { kind: 'setting', name: `search ${found.domain}`, location: config?.file.path ?? '/etc/resolv.conf' },
    summary: `There is no such name as ${target.host}; the search domain ${found.domain}, which has an answer for every name, leads this computer to ${address}.`,
    advice: 'check the spelling; a dot at the end of the name leaves the search domain out',
    evidence,
    missing: notYet(facts, 'name.reference'),
  };
}
