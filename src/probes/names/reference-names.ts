import { scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { askResolvers } from './ask-resolvers.js';
import { isPublicName } from '../../model/public-name.js';
import { referenceResolvers } from './reference-resolvers.js';

/** They answer everybody in the world all the time: what is silent for so long is out of reach. */
const patienceMs = [500, 1000];

/** What resolvers that have nothing to do with this network say about the target's name. */
export const referenceNames: Gatherer<'name.reference'> = {
  fact: 'name.reference',
  needs: ['name.config'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  whenLate: { afterMs: 1_000 },
  reference: true,
  // As with the other references: a second of silence is a packet that was sent twice for nothing.
  hedge: { fact: 'connect', afterMs: 1_150 },
  when: (facts, { options }) => {
    const { literal, host } = facts.target;
    if (literal !== 0) return 'the target is an address';
    if (!isPublicName(host)) return 'a private name is told to nobody outside';
    if (hasPrivateAddresses(facts)) return 'the name has private addresses only, and is told to nobody outside';
    return referenceResolvers(options.settings).length === 0 ? 'no reference resolver is set' : null;
  },
  async gather({ target }, context) {
    const resolvers = referenceResolvers(context.options.settings);
    const inVain = new AbortController();
    void context.settled('references').then(() => areSilent(context.latest()) && inVain.abort());
    const signal = AbortSignal.any([context.signal, inVain.signal]);
    const reference = await askResolvers(target.host, resolvers, { ...context, signal }, { patienceMs });
    if (inVain.signal.aborted) return skipped('no reference resolver answers');
    return reference.answers.length > 0 ? known(reference, 'DNS') : skipped('no question could be asked to the end');
  },
};

/** They were asked for another name beside this one, as patiently, and none has said anything. */
function areSilent(facts: Facts): boolean {
  const tries = (fact(facts, 'references') ?? []).filter(({ kind }) => kind === 'resolver');
  return tries.length > 0 && tries.every(({ failure }) => failure?.raw === 'timed-out');
}

/** Names of an intranet look like any other; their addresses tell. Those that a hosts file gives do not count. */
function hasPrivateAddresses(facts: Facts): boolean {
  const fromDns = fact(facts, 'name.direct')?.answers.flatMap(({ addresses }) => addresses) ?? [];
  const hosts = fact(facts, 'name.hosts');
  const fromSystem = hosts && hosts.length > 0 ? [] : (fact(facts, 'name.system')?.addresses ?? []);
  const addresses = fromDns.length > 0 ? fromDns : fromSystem;
  return (
    addresses.length > 0 && addresses.every((address) => ['private', 'link-local', 'shared'].includes(scopeOf(address)))
  );
}
