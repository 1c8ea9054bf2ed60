// Why the name gave no address, or a useless one.
import type { Machine } from '../../world/topology.js';
import type { Observation } from '../observe/observation.js';
import type { QuestionFate } from '../observe/questions.js';
import type { Draft } from '../world/draft.js';
import { addressesOf, type Network } from '../world/network.js';
import { intoTunnel } from './connecting.js';
import { ownRule, stopping, wordsFor } from './rules.js';
import { addressIn, explain, together, type Explanation } from './truth.js';

const useless = (address: string): boolean => address === '0.0.0.0' || address === '::';

export function resolversOf(draft: Draft): string[] {
  return [...(draft.files.resolvConf ?? '').matchAll(/^nameserver (\S+)/gm)].map(([, address]) => address ?? '');
}

/** The answer came from no resolver: no question left the device, and the line is there. */
function lineOfHosts({ files, aim }: Draft, addresses: readonly string[]): number | null {
  const lines = (files.hosts ?? '').split('\n');
  const at = lines.findIndex((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return names.includes(aim.host) && addresses.includes(address);
  });
  return at < 0 ? null : at + 1;
}

export function whyHosts(draft: Draft, seen: Observation): Explanation | null {
  const { addresses } = seen.answer;
  const zone = [draft.network.server[4], draft.network.server[6]];
  if (addresses.every((address) => zone.includes(address))) return null;
  const line = lineOfHosts(draft, addresses);
  if (line === null) return null;
  return explain('hosts-file-override', `line ${line} of the hosts file gave ${addresses.join()}`, {
    culprit: (culprit) =>
      culprit?.location === undefined || culprit.location.endsWith(`:${line}`) ? null : `not line ${line}`,
  });
}

function outside({ controls }: Observation, network: Network): boolean {
  const reference = addressesOf(network, 'reference');
  return controls.seen.some(
    ({ tried, fate }) =>
      reference.includes(tried.address) && fate.replies.some(({ arrived, kind }) => arrived && kind !== 'icmp'),
  );
}

function unasked(resolvers: readonly string[], seen: Observation): Explanation {
  const own = stopping(seen.rules, 'device');
  if (own.length > 0) return ownRule(own);
  if (seen.device.linkDown) return explain('network-down', 'no interface of the device is up', { also: ['no-route'] });
  const looked = seen.unanswered.filter(({ machine }) => machine === 'device').map(({ address }) => address);
  if (looked.some((address) => resolvers.includes(address)))
    return explain('resolver-unreachable', `nobody on the link has ${looked.join()}`, {
      also: ['gateway-unreachable'],
    });
  if (looked.length > 0)
    return explain('gateway-unreachable', `nobody on the device's link answers for ${looked.join()}`, {
      culprit: addressIn(looked),
    });
  if (resolvers.every((address) => address.startsWith('127.')))
    return explain('resolver-unreachable', `nothing on the device answers at ${resolvers.join()}`, {
      also: ['resolver-failing'],
    });
  const has = seen.device.families.length > 0;
  return explain(has ? 'no-route' : 'network-down', 'no question left the device', {
    also: ['no-route', 'network-down'],
  });
}

function unansweredOf(fate: QuestionFate, seen: Observation, network: Network, reaches: boolean): Explanation {
  const { resolver, endedIn, answers, errors } = fate;
  const culprit = addressIn([resolver]);
  const also = reaches ? [] : ['internet-down'];
  const arrived = answers.find((answer) => answer.arrived);
  if (answers.length > 0 && !arrived) {
    return explain('resolver-unreachable', `the answer of ${resolver} was lost`, { culprit, also });
  }
  const [error] = errors.filter((one) => one.arrived);
  if (error) {
    const what = error.madeBy === network.resolverOn ? 'says that nothing listens' : 'refuses';
    return explain(
      'resolver-unreachable',
      `${error.madeBy} (${error.source}) ${what}: ICMP ${error.type}/${error.code}`,
      {
        culprit,
        also: [
          ...also,
          ...(error.madeBy === network.resolverOn ? [] : ['rejected-by-hop', 'unreachable-by-hop', 'host-down']),
        ],
      },
    );
  }
  const [rule] = endedIn.flatMap((machine) => stopping(seen.rules, machine));
  return explain(
    'resolver-unreachable',
    rule ? wordsFor(rule) : `the question to ${resolver} ended in ${endedIn.join()}`,
    {
      culprit,
      also: [...also, 'resolver-failing'],
    },
  );
}

function ownerOf(network: Network, address: string): Machine | undefined {
  return network.topology.machines.find((machine) => addressesOf(network, machine).includes(address));
}

function answered(draft: Draft, seen: Observation, resolver: string, rcode: number): Explanation {
  const { network, aim } = draft;
  const culprit = addressIn([resolver]);
  const { names } = seen.controls;
  const references = names.filter(
    (one) => one.resolver === network.referenceResolver[4] || one.resolver === network.referenceResolver[6],
  );
  const elsewhere = references.filter(({ name }) => name === aim.host);
  const known = elsewhere.some(({ outcome }) => outcome === 'ok');
  const denied = elsewhere.some(({ outcome }) => outcome === 'ENOTFOUND' || outcome === 'ENODATA');
  const gave = `${resolver} answered with code ${rcode}${seen.answer.addresses.length > 0 ? ` and ${seen.answer.addresses.join()}` : ''}`;
  const others = names.filter((one) => one.resolver === resolver && one.name !== aim.host);
  const answersOthers = others.some(({ outcome }) => outcome === 'ok');
  if (rcode === 0 || rcode === 3) {
    const missing = rcode === 3 ? 'name-does-not-exist' : 'name-has-no-address';
    if (known)
      return explain('name-filtered', `${gave}; the reference knows the name`, {
        culprit,
        also: answersOthers ? [] : ['resolver-failing'],
      });
    if (denied) return explain(missing, `${gave}; the reference says the same`, { also: ['mistyped-name'] });
    return explain(missing, `${gave}; no reference answers`, { alike: ['name-filtered'] });
  }
  if (rcode === 5 && answersOthers)
    return explain('name-filtered', `${gave} to this name, and answers for others`, {
      culprit,
      alike: ['resolver-failing'],
    });
  return explain('resolver-failing', gave, { culprit, alike: answersOthers ? ['name-filtered', 'dnssec-bogus'] : [] });
}

/**
 * Whoever answers for one answers for the references as well, with the same: from here an owner's word that he passes on
 * and his own are the same packets. Controls have no way past him either.
 */
function passesForTruth({ network, aim }: Draft, { answer, controls }: Observation): boolean {
  const asked = controls.names.filter(
    ({ resolver, name }) => name === aim.host && Object.values(network.referenceResolver).includes(resolver),
  );
  if (asked.length === 0) return false;
  return answer.addresses.length > 0
    ? asked.every(({ addresses }) => addresses.some((address) => answer.addresses.includes(address)))
    : asked.every(({ outcome }) => outcome === answer.lookup);
}

/** What it would be, were the false answer the owner's. */
function asIfTrue(rcode: number): readonly string[] {
  return rcode === 3 ? ['name-does-not-exist', 'mistyped-name'] : ['name-has-no-address'];
}

export function whyNoAddress(draft: Draft, seen: Observation): Explanation | null {
  const { network } = draft;
  const { answer, questions } = seen;
  // By way of a proxy nobody here asks for the name.
  const asked = answer.addresses.length > 0 || answer.tried.length === 0;
  if (answer.lookup === 'ok' && (!asked || !answer.addresses.every(useless))) return null;
  const resolvers = resolversOf(draft);
  if (resolvers.length === 0) return explain('no-dns-configured', 'no resolver is configured');
  if (questions.length === 0) return unasked(resolvers, seen);
  const reaches = outside(seen, network);
  const own = stopping(seen.rules, 'device');
  const explained = questions.map((fate) => {
    const [given] = fate.answers.filter((one) => one.arrived);
    const tunnel = seen.device.others[fate.leftBy];
    if (tunnel !== undefined) return intoTunnel(tunnel);
    if (given && answer.lookup === 'timed-out' && own.length > 0) return ownRule(own);
    if (given && given.madeBy !== ownerOf(network, fate.resolver)) {
      return explain('dns-answer-forged', `${given.madeBy} answered for ${fate.resolver}`, {
        culprit: addressIn([...addressesOf(network, given.madeBy), fate.resolver]),
        alike: passesForTruth(draft, seen) ? asIfTrue(given.rcode) : [],
      });
    }
    return given ? answered(draft, seen, fate.resolver, given.rcode) : unansweredOf(fate, seen, network, reaches);
  });
  // Those that gave an answer come first: silence of another is not why the name has no address.
  const weight = ({ primary }: Explanation): number => (primary === 'resolver-unreachable' ? 1 : 0);
  return together(explained.toSorted((a, b) => weight(a) - weight(b)));
}

/**
 * An address that is not the name's, by somebody who is not the resolver that was asked. `otherwise`: what it would be if
 * the name had that address.
 */
export function forgedAddress(draft: Draft, seen: Observation, otherwise: () => Explanation[]): Explanation | null {
  const { network } = draft;
  const { answer, questions } = seen;
  const own = [network.server[4], network.server[6]];
  if (answer.addresses.length === 0 || answer.addresses.every((address) => own.includes(address))) return null;
  const liar = questions.flatMap(({ resolver, answers }) =>
    answers.flatMap(({ madeBy, arrived }) =>
      arrived && madeBy !== ownerOf(network, resolver) ? [{ madeBy, resolver }] : [],
    ),
  )[0];
  if (!liar) return null;
  return explain('dns-answer-forged', `${liar.madeBy} answered for ${liar.resolver}: ${answer.addresses.join()}`, {
    culprit: addressIn([...addressesOf(network, liar.madeBy), liar.resolver]),
    alike: passesForTruth(draft, seen)
      ? otherwise().flatMap(({ right, alike }) => [...right.map(({ cause }) => cause), ...alike])
      : [],
  });
}
