/**
 * A search domain that answers to every name leads elsewhere what does not exist, and with `ndots` what does exist as well
 * (resolv.conf(5)): then it is asked before the name itself.
 */
import { canonical } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts, type NameConfig } from '../../model/facts.js';
import { directOpinions, notYet, referenceWord } from './answers.js';
import { isWell } from './wrong-address.js';

/** Why no search domain has a part in it, or what is to be measured first; null where one may. */
function unlessSearched(attempt: FailedAttempt, facts: Facts): Finding | null {
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
  return fact(facts, 'name.direct') ? null : { says: 'unknown', missing: notYet(facts, 'name.direct') };
}

/** The name gives nothing by itself. */
export function ledBySearchDomain(attempt: FailedAttempt, facts: Facts): Finding {
  const { target } = facts;
  const innocent = unlessSearched(attempt, facts);
  if (innocent) return innocent;
  const config = fact(facts, 'name.config');
  const opinions = directOpinions(facts);
  const giving = opinions.find(({ word }) => word === 'addresses' || word === 'useless');
  if (giving) return { says: 'ruledOut', because: `${giving.resolver} knows the name`, facts: ['name.direct'] };
  const address = canonical(attempt.address ?? '');
  const found = searchedTo(address, facts);
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
    culprit: { kind: 'setting', name: `search ${found.domain}`, location: settingOf(config) },
    summary: `There is no such name as ${target.host}; the search domain ${found.domain}, which has an answer for every name, leads this computer to ${address}.`,
    advice: 'check the spelling; a dot at the end of the name leaves the search domain out',
    evidence,
    missing: notYet(facts, 'name.reference'),
  };
}

function searchedTo(address: string, facts: Facts): { readonly domain: string } | undefined {
  return fact(facts, 'name.direct')?.searched?.find(({ addresses }) => addresses.map(canonical).includes(address));
}

function settingOf(config: NameConfig | undefined): string {
  return config?.searchAt ?? config?.file.path ?? '/etc/resolv.conf';
}

function dotsOf(config: NameConfig | undefined): string {
  return config?.ndotsAt === undefined ? 'ndots' : `ndots in ${config.ndotsAt}`;
}

/** The name has addresses of its own, and the search domain was asked before it. */
export function ledBySearchFirst(attempt: FailedAttempt, facts: Facts): Finding {
  const config = fact(facts, 'name.config');
  if (config && attempt.host.split('.').length > (config.ndots ?? 1))
    return { says: 'ruledOut', because: 'the name is asked for before any search domain', facts: ['name.config'] };
  const innocent = unlessSearched(attempt, facts);
  if (innocent) return innocent;
  const { host } = facts.target;
  const address = canonical(attempt.address ?? '');
  const found = searchedTo(address, facts);
  if (!found)
    return { says: 'ruledOut', because: 'no search domain gives that address', facts: ['name.config', 'name.direct'] };
  const hosts = fact(facts, 'name.hosts');
  if (!hosts) return { says: 'unknown', missing: notYet(facts, 'name.hosts') };
  const line = hosts.find((one) => canonical(one.address) === address);
  if (line)
    return { says: 'ruledOut', because: `${line.location} gives the address, no resolver`, facts: ['name.hosts'] };
  const own = directOpinions(facts).find(({ word }) => word === 'addresses');
  if (!own) return { says: 'ruledOut', because: 'the name by itself gives no address', facts: ['name.direct'] };
  if (directOpinions(facts).some(({ addresses }) => addresses.includes(address)))
    return { says: 'ruledOut', because: 'the name by itself gives that address too', facts: ['name.direct'] };
  const evidence: Evidence[] = [
    {
      fact: 'name.config',
      says: `names with fewer than ${config?.ndots ?? 1} dots are looked for in ${found.domain} first (${dotsOf(config)})`,
    },
    { fact: 'name.direct', says: `${own.resolver} gives ${address} for ${host}.${found.domain}` },
    { fact: 'name.direct', says: `for ${host} itself it gives ${own.addresses.slice(0, 3).join(', ')}` },
  ];
  const common = {
    stage: 'name',
    culprit: { kind: 'setting', name: `search ${found.domain}`, location: settingOf(config) },
    summary: `This computer looks for ${host} in the search domain ${found.domain} first (${settingOf(config)}, ndots:${config?.ndots ?? 1}${config?.ndotsAt === undefined ? '' : ` by ${config.ndotsAt}`}), which has an answer for every name and leads it to ${address}.`,
    advice: `take that search domain out, or "ndots" (${settingOf(config)}); a dot at the end of the name leaves the search domain out`,
    evidence,
  } as const;
  const places = fact(facts, 'name.places');
  const place = places?.find((one) => own.addresses.includes(canonical(one.address)) && isWell(one));
  if (place) {
    evidence.push({ fact: 'name.places', says: `there (${place.address}) the target works` });
    return { says: 'proven', ...common };
  }
  if (places) return { says: 'unknown', missing: [], because: 'the addresses of the name itself do not work either' };
  return { says: 'fits', weight: 0.8, missing: notYet(facts, 'name.places'), atMost: 'likely', ...common };
}
