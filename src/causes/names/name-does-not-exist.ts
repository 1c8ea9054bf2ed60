import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { fact, type Facts, type InterfaceFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { directOpinions, notYet, type Opinion, questionFor, referenceWord } from './answers.js';
import { containerWithoutName } from '../evidence/container-without-name.js';
import { provenAbsent } from './chain-evidence.js';
import { ledInsteadOfNo } from './denial-rewritten.js';
import { forgerySigns, heardPast, referencesAreThemselves } from './forgery-signs.js';
import { deniedKnown } from './other-names.js';
import { policySigns } from './policy-signs.js';
import { ledBySearchDomain } from './search-domain.js';
import { knownInTunnel, ofOwnDomain, splitHorizon } from './split-horizon.js';
import { asOfTarget } from './redirect-name.js';

/** Whoever owns the zone has no such name: mistyped, not registered, expired, or removed. */
export const cause: Cause = {
  id: 'name-does-not-exist',
  side: 'server',
  stage: 'name',
  title: 'There is no such name on the internet',
  symptoms: [
    ...symptoms('resolve', 'not-found'),
    ...symptoms('exchange', 'nxdomain'),
    // Where a search domain, or a resolver, has an answer for every name.
    ...symptoms('connect', 'refused', 'timed-out', 'reset', 'host-unreachable', 'network-unreachable', 'prohibited'),
    ...symptoms('tls'),
    ...symptoms('http'),
  ],
  misleads: true,
  needs: [
    'name.hosts',
    'name.direct',
    'name.reference',
    'name.others',
    'name.meant',
    'name.impostor',
    'name.chain',
    'name.redirect',
  ],
  yieldsTo: ['mistyped-name', 'containers-not-connected', 'host-down'],
  judge(attempt, scene: Scene): Finding {
    const { facts } = scene;
    if (attempt.stage !== 'name') return ledInsteadOfNo(attempt, facts) ?? ledBySearchDomain(attempt, facts);
    const unnamed = containerWithoutName(attempt, scene);
    if (unnamed) return unnamed;
    if (attempt.hop > 0) return asOfTarget(attempt, scene, cause.judge);
    if (fact(facts, 'name.system'))
      return { says: 'ruledOut', because: 'this computer finds an address for the name', facts: ['name.system'] };
    const direct = fact(facts, 'name.direct');
    if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const opinions = directOpinions(facts);
    const split = splitHorizon(opinions, attempt.host, facts);
    if (split) return split;
    const inTunnel = ofTunnels(opinions, attempt.host, facts);
    if (inTunnel) return inTunnel;
    const giving = opinions.find(({ word }) => word === 'addresses');
    if (giving) return { says: 'ruledOut', because: `${giving.resolver} knows the name`, facts: ['name.direct'] };
    const exists = opinions.find(({ word }) => word === 'no-data');
    const denying = opinions.filter(
      (opinion) =>
        opinion.word === 'nxdomain' &&
        policySigns(opinion, questionFor(attempt.host, facts)).length === 0 &&
        // Of one that denies what all have nothing follows, unless the owner has signed it.
        (deniedKnown(opinion.resolver, facts).length === 0 || provenAbsent(facts) !== null),
    );
    const reference = referenceWord(facts);
    if (reference?.word === 'addresses' || reference?.word === 'no-data') {
      return {
        says: 'ruledOut',
        because: `other resolvers know the name (${reference.opinions[0]?.resolver})`,
        facts: ['name.reference'],
      };
    }
    const past = heardPast(facts);
    if (past)
      return { says: 'ruledOut', because: `it has an address: ${past.evidence.says}`, facts: [past.evidence.fact] };
    // A "no" names the zone that it comes from (RFC 2308 3). Of one that does not, where others answer, nothing follows.
    const [sign] = forgerySigns(facts);
    if (sign && denying.length > 0 && denying.every(({ zone }) => zone === null))
      return { says: 'unknown', missing: [], because: 'somebody answers for the name servers here, and names no zone' };
    if (denying.length === 0) {
      const denied = opinions.some(({ word }) => word === 'nxdomain');
      if (exists)
        return { says: 'ruledOut', because: `${exists.resolver} says that the name exists`, facts: ['name.direct'] };
      return {
        says: 'unknown',
        missing: notYet(facts, 'name.reference', ...(denied ? (['name.chain'] as const) : [])),
        because: 'no resolver says on its own that the name does not exist',
      };
    }
    const others = reference?.word === 'nxdomain' ? reference.opinions : [];
    return unlessInTunnel(deniedBy(denying, others, attempt, { facts, attempts: [] }), facts);
  },
};

/** Where a tunnel is up, its own name servers are asked before the name is said not to exist. */
function ofTunnels(opinions: readonly Opinion[], host: string, facts: Facts): Finding | null {
  if (!opinions.some(({ word }) => word === 'nxdomain') || !fact(facts, 'device.interfaces')?.some(isTunnel))
    return null;
  if (facts['device.tunnels'] === undefined) return { says: 'unknown', missing: ['device.tunnels'] };
  if (facts['name.inTunnel'] === undefined) return { says: 'unknown', missing: ['name.inTunnel'] };
  return knownInTunnel(host, facts);
}

/** Whether a VPN is up is a look that costs nothing, and its name server may know what nobody else does. */
function unlessInTunnel(finding: Finding, facts: Facts): Finding {
  if (finding.says !== 'fits' && finding.says !== 'proven') return finding;
  const unknown = fact(facts, 'device.tunnels')?.find(
    ({ resolvers, ranges }) => resolvers.length === 0 && !ranges.includes('default'),
  );
  if (unknown && fact(facts, 'device.self')?.root === false) {
    const says = `${unknown.device}, a tunnel of a VPN, is up, and which name server belongs to it only root may read: that may know the name`;
    return { ...finding, evidence: [...finding.evidence, { fact: 'device.tunnels', says }] };
  }
  const isToBeRead = facts['device.interfaces'] === undefined && fact(facts, 'device.self')?.platform === 'linux';
  if (!isToBeRead) return finding;
  return { ...finding, missing: [...(finding.missing ?? []), 'device.interfaces'] };
}

function isTunnel({ name, kind, up }: InterfaceFact): boolean {
  return up && tunnelProduct(name, kind) !== undefined;
}

function deniedBy(
  denying: readonly Opinion[],
  confirming: readonly Opinion[],
  attempt: FailedAttempt,
  { facts }: Scene,
): Finding {
  const name = fact(facts, 'name.direct')?.name ?? attempt.host;
  const alias = denying[0]?.answers.flatMap(({ cnames }) => cnames).at(-1);
  const zone = [...confirming, ...denying].find((opinion) => opinion.zone !== null)?.zone ?? null;
  const evidence: Evidence[] = denying.map(({ resolver }) => ({
    fact: 'name.direct',
    says: `${resolver} says that ${alias ?? name} does not exist (NXDOMAIN)`,
  }));
  evidence.push(
    ...confirming.map(({ resolver }): Evidence => ({
      fact: 'name.reference',
      says: `${resolver}, which has nothing to do with this network, says the same`,
    })),
  );
  const domain = ofOwnDomain(attempt, facts);
  if (domain !== null)
    evidence.push({
      fact: 'name.config',
      says: `the name lies in ${domain}, the domain of this computer's network settings: inside that network it may exist`,
    });
  if (name !== attempt.host)
    evidence.push({
      fact: 'name.config',
      says: `${attempt.host} was looked for as ${name}, by the search domain of the resolver file`,
    });
  const unread = fact(facts, 'name.config')?.hostsUnreadable;
  if (unread !== undefined)
    evidence.unshift({
      fact: 'name.config',
      says: `this user may not read /etc/hosts (${unread}): a line of it may give the name an address`,
    });
  const common = {
    stage: 'name',
    ...(zone !== null && zone !== '.' && { culprit: { kind: 'zone', name: zone } as const }),
    summary:
      alias === undefined
        ? `There is no such name as ${name}.`
        : `The name ${name} stands for ${alias}, and there is no such name.`,
    advice:
      unread === undefined
        ? adviceFor(attempt.host, domain)
        : 'let everybody read the hosts file: sudo chmod a+r /etc/hosts; then check the spelling',
    evidence,
  } as const;
  // Both resolvers ask the owner of the zone, on different ways: an owner's word that nobody here could have changed, where
  // nobody answers for them. That the name was meant is another matter.
  const confirmed = confirming.length > 0 && facts['name.system']?.state === 'failed' && unread === undefined;
  // Whether it is a name of the own domain is known only from the settings.
  const outside = domain === null && fact(facts, 'name.config') !== undefined;
  const stopped = facts['name.system']?.state === 'failed' && unread === undefined;
  // Signed by the owner, nobody between can have made it up, whoever gives it.
  const signed = provenAbsent(facts);
  if (signed) evidence.push(signed);
  if (signed && stopped && outside && nothingNear(facts)) return { says: 'proven', ...common };
  if (confirmed && outside && nothingNear(facts) && referencesAreThemselves(facts, 'nxdomain'))
    return { says: 'proven', ...common };
  const missing = notYet(facts, 'name.reference', 'name.meant', 'name.impostor', 'name.chain');
  // Where the near names could not be looked up, nothing more can be had.
  return {
    says: 'fits',
    weight: 0.7,
    missing,
    ...(fact(facts, 'name.meant') && outside && unread === undefined ? {} : { atMost: 'likely' as const }),
    ...common,
  };
}

/** RFC 6762: what ends so belongs to a device of this network, which answers for itself; no name server need know it. */
const announcedByItself =
  'check the spelling; a name that ends in .local is announced by the device itself: see that it is switched on and in this network, and that this computer asks for such names (avahi-daemon and libnss-mdns, or systemd-resolved)';

function adviceFor(host: string, domain: string | null): string {
  if (domain !== null)
    return `check the spelling; if it is a name of ${domain}'s own network, connect to that (its VPN)`;
  return host.endsWith('.local')
    ? announcedByItself
    : 'check the spelling; if it is right, its owner has removed the name or let it expire';
}

/** It was looked whether a name near this one exists, and none does. */
function nothingNear(facts: Facts): boolean {
  const near = fact(facts, 'name.meant')?.candidates;
  return near !== undefined && near.every(({ failure }) => failure?.code === 'not-found');
}
