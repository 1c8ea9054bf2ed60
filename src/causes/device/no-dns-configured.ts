import { scopeOf } from '../../model/address.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts, type NameConfig } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { directOpinions, lacksZone, notYet } from '../names/answers.js';
import { optionBreaks } from '../names/option-breaks.js';
import { ledBySearchFirst } from '../names/search-domain.js';
import { symptomsOfAddress } from '../names/wrong-address.js';

/** Services of nsswitch.conf that know names of this device only. */
const localServices: ReadonlySet<string> = new Set(['files', 'myhostname', 'mymachines', 'db', 'compat']);

/**
 * This device is set to ask nobody: no resolver is named, or DNS is left out of the ways to look a name up. Or to ask for
 * other names first than the one that is meant, or in a way that nobody answers.
 */
export const cause: Cause = {
  id: 'no-dns-configured',
  side: 'this-device',
  stage: 'name',
  title: 'This computer is not set to ask any name server',
  symptoms: [
    ...symptoms('resolve', 'no-resolver', 'temporary-failure', 'not-found', 'failed', 'timed-out'),
    ...symptoms('exchange', 'refused', 'timed-out', 'failed'),
    ...symptomsOfAddress,
  ],
  misleads: true,
  falsifies: true,
  needs: ['name.config', 'name.direct', 'name.hosts', 'name.places', 'name.options', 'device.listeners'],
  remedies: ['renew-lease'],
  yieldsTo: ['network-down'],
  judge(attempt, { facts }): Finding {
    if (attempt.stage !== 'name') return ledBySearchFirst(attempt, facts);
    const config = fact(facts, 'name.config');
    if (!config) return { says: 'unknown', missing: notYet(facts, 'name.config') };
    if (config.order.length > 0 && config.order.every((service) => localServices.has(service)))
      return dnsLeftOut(config, facts);
    const broken = optionBreaks(attempt, facts);
    if (broken) return broken;
    const named = config.resolvers.find(({ address }) => address === attempt.address);
    if (named && attempt.protocol === 'dns' && lacksZone(attempt.outcome)) return withoutZone(named, facts);
    const [only] = config.resolvers;
    if (!only || /:\d+$/.test(only.location))
      return {
        says: 'ruledOut',
        because: `${only?.location ?? config.file.path} names a resolver`,
        facts: ['name.config'],
      };
    if (config.order.includes('resolve'))
      return { says: 'unknown', missing: [], because: 'systemd-resolved is asked, and has settings of its own' };
    if (attempt.protocol === 'dns' && attempt.address !== only.address)
      return { says: 'unknown', missing: [], because: 'another resolver' };
    return nobodyNamed(config, only.address, facts);
  },
};

/** An IPv6 address that counts on one link alone (fe80::), and no word of which: nothing can be sent to it. */
function withoutZone({ address, location }: NameConfig['resolvers'][number], facts: Facts): Finding {
  return {
    says: 'fits',
    weight: 0.95,
    stage: 'name',
    culprit: { kind: 'file', name: `nameserver ${address}`, location },
    summary: `This computer cannot ask the name server ${address}: such an address counts on one cable or Wi-Fi only, and ${location} does not say on which.`,
    advice: `write the interface behind it, such as: nameserver ${address.replace(/%.*$/, '')}%${linkName(facts)}`,
    evidence: [{ fact: 'name.direct', says: 'nothing was sent: the call was refused at once (EINVAL)' }],
  };
}

function linkName(facts: Facts): string {
  const up = fact(facts, 'device.interfaces')?.find(({ name, up: on }) => on && name !== 'lo');
  return up?.name ?? 'eth0';
}

function dnsLeftOut(config: NameConfig, facts: Facts): Finding {
  const order = config.order.join(' ');
  const knows = directOpinions(facts).find(({ word }) => word === 'addresses');
  const evidence: Evidence[] = [{ fact: 'name.config', says: `/etc/nsswitch.conf looks names up in "${order}" only` }];
  if (knows) evidence.push({ fact: 'name.direct', says: `${knows.resolver} knows the name, asked directly` });
  const common = {
    stage: 'name',
    culprit: { kind: 'file', name: `hosts: ${order}`, location: '/etc/nsswitch.conf' },
    summary: 'This computer does not ask name servers at all: its settings leave DNS out.',
    advice: 'add "dns" to the line "hosts:" in /etc/nsswitch.conf',
    evidence,
  } as const;
  // The same resolver, asked past that setting, gives what the system does not find.
  if (knows && facts['name.system']?.state === 'failed') return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.8, missing: notYet(facts, 'name.direct'), ...common };
}

function nobodyNamed(config: NameConfig, fallback: string, facts: Facts): Finding {
  const { path } = config.file;
  const answering = directOpinions(facts).find(({ word }) => word !== 'unheard');
  if (answering)
    return {
      says: 'ruledOut',
      because: `a resolver answers on this computer (${answering.resolver})`,
      facts: ['name.direct'],
    };
  const listeners = fact(facts, 'device.listeners')?.listeners;
  const listening = listeners?.find(
    ({ port, protocol, address }) =>
      port === 53 && protocol === 'udp' && (address === fallback || scopeOf(address) === 'unspecified'),
  );
  if (listening)
    return {
      says: 'ruledOut',
      because: `a resolver listens on this computer (${listening.process ?? listening.address})`,
      facts: ['device.listeners'],
    };
  const { what, advice } = whyNobody(config.file, fallback);
  const evidence: Evidence[] = [{ fact: 'name.config', says: what }];
  if (listeners)
    evidence.push({
      fact: 'device.listeners',
      says: `and nothing listens on ${fallback}, port 53, which is asked then`,
    });
  const refused = fact(facts, 'name.direct')?.answers.find(
    ({ resolver, failure }) => resolver === fallback && failure?.code === 'refused',
  );
  if (refused) evidence.push({ fact: 'name.direct', says: `${fallback} refuses the question` });
  const common = {
    stage: 'name',
    culprit: { kind: 'file', name: path, location: path },
    summary: `This computer is not set to ask any name server: ${what}.`,
    advice,
    evidence,
  } as const;
  if (listeners && refused && facts['name.system']?.state === 'failed') return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.8, missing: notYet(facts, 'name.direct', 'device.listeners'), ...common };
}

/** What is wrong with the resolver file, and what to do about that. */
function whyNobody(
  { path, exists, link, unreadable, meant }: NameConfig['file'],
  fallback: string,
): { readonly what: string; readonly advice: string } {
  const again = 'connect again, so that the network can tell its name server; or write one into the network settings';
  if (!exists)
    return {
      what: `${path} is missing${link === null ? '' : `: it is a link to ${link}, which is not there`}`,
      advice: again,
    };
  if (unreadable === 'EISDIR')
    return {
      what: `${path} is a directory, so that nobody is asked`,
      advice: `take it away if it is empty: sudo rmdir ${path}; then ${again}`,
    };
  if (unreadable !== undefined)
    return {
      what: `this user may not read ${path} (${unreadable}), so that it asks ${fallback} instead`,
      advice: `let everybody read it: sudo chmod a+r ${path}`,
    };
  if (meant?.fromWindows)
    return {
      what: `${path} names no resolver, for its lines end as those of Windows do (${meant.location})`,
      advice: `take the carriage returns out of it: sudo sed -i 's/\\r$//' ${path}`,
    };
  if (meant)
    return {
      what: `${path} names no resolver: "${meant.text}" (${meant.location}) does not count as one`,
      advice: 'write it as "nameserver" and an address, such as: nameserver 192.0.2.53',
    };
  return { what: `${path} names no resolver`, advice: again };
}
