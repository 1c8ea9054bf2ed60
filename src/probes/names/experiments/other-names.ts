import { familyOf } from '../../../model/address.js';
import { fact, type Facts, type ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { OtherName } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { TYPE } from '../../dns/registry.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers } from './asked-resolvers.js';

/**
 * Where names are made up: beneath a domain that has none (RFC 6761 6.4), and, as some answer that one by themselves,
 * beneath one in which everybody registers. Beneath the target's own domain somebody may have a name for everything.
 */
const below = ['invalid', 'com'] as const;
const mostKnown = 2;
/** They have just answered. */
const patienceMs = [500, 900];

/**
 * The experiment for a resolver that has one answer for everything: it is asked for names that nobody can have, and for
 * names that surely have addresses. Only the name changes.
 */
export const otherNames: Gatherer<'name.others'> = {
  fact: 'name.others',
  needs: ['name.config', 'name.direct'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  when: noName,
  async gather(facts, context) {
    const before = fact(facts, 'name.direct')?.answers ?? [];
    const asked = await Promise.all(
      ownResolvers(facts)
        .filter(({ address }) => before.some(({ resolver, rcode }) => resolver === address && rcode !== undefined))
        .flatMap((server) => questionsFor(server, facts, context).map((one) => ask(server, one, context))),
    );
    const heard = asked.flatMap((one) => one ?? []);
    return heard.length > 0 ? known(heard, 'DNS') : skipped('no question could be asked to the end');
  },
};

type Question = Pick<OtherName, 'about' | 'name'> & { readonly full: string; readonly type: ResolverAnswer['type'] };

/** Of the kind of address that it gave for the target, and in the same form: some make up names that begin so alone. */
function questionsFor({ address }: Endpoint, facts: Facts, { system, options }: Context): Question[] {
  const { host } = facts.target;
  const given = (fact(facts, 'name.direct')?.answers ?? []).filter(({ resolver }) => resolver === address);
  const type = given.find(({ addresses }) => addresses.length > 0)?.type ?? (options.family === 6 ? 'AAAA' : 'A');
  const prefix = /^www\./i.test(host) ? 'www.' : '';
  const madeUp = below.map((name): Question => {
    const label = [...system.random(14)].map((byte) => (byte % 36).toString(36)).join('');
    return { about: 'made-up', name, full: `${prefix}w${label}.${name}`, type };
  });
  const sure = options.references ? options.settings.references.hosts : [];
  const hosts = sure
    .map((one) => one.replace(/:\d+$/, ''))
    .filter((name) => name.includes('.') && familyOf(name) === 0 && !name.startsWith('[') && name !== host);
  return [
    ...madeUp,
    ...[...new Set(hosts)]
      .slice(0, mostKnown)
      .map((name): Question => ({ about: 'known', name, full: name, type: options.family === 6 ? 'AAAA' : 'A' })),
  ];
}

async function ask(
  server: Endpoint,
  { about, name, full, type }: Question,
  { system, options, signal }: Context,
): Promise<OtherName | null> {
  const exchange = resolverExchange(system, options.interface);
  const settings = { udpTimeoutsMs: patienceMs, tcpTimeoutMs: 900, randomId: () => queryId(system), signal };
  const [result] = await askResolver(server, full, [TYPE[type]], exchange.io, settings);
  const answer = result ? resolverAnswer(result, type, exchange) : null;
  return answer && { about, name, answer: about === 'made-up' ? { ...answer, cnames: [] } : answer };
}
