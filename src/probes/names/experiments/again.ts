import { fact, type Facts, type ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { isLoopback, noName, ownResolvers, toldReferences, typesFor } from './asked-resolvers.js';
import { httpsExchange } from './https-exchange.js';
import { tlsExchange } from './tls-exchange.js';

/** A forged answer comes first; the true one takes as long as the resolver needs, which it has just shown. */
const leastLingerMs = 250;
const mostLingerMs = 600;
const tcpMs = 900;

/**
 * The experiment for somebody who answers in a resolver's place: the same question to the same resolver, with patience
 * for a second answer, and over TCP and TLS, where nobody can answer first; over HTTPS where TLS brought nothing. Only the
 * way of asking changes.
 */
export const againNames: Gatherer<'name.again'> = {
  fact: 'name.again',
  needs: ['name.config', 'name.direct', 'name.reference'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  when: noName,
  async gather(facts, context) {
    const config = fact(facts, 'name.config');
    const own = ownResolvers(facts);
    const name = config ? askedName(facts.target.host, config) : facts.target.host;
    const answers = await Promise.all([
      ...own.map((server) => askOne(server, name, facts, context)),
      ...toldReferences(facts, context).map((server) => askOne(server, facts.target.host, facts, context)),
    ]);
    const all = answers.flat();
    return all.length > 0 ? known({ name, answers: all }, 'DNS') : skipped('no question could be asked to the end');
  },
};

async function askOne(server: Endpoint, name: string, facts: Facts, context: Context): Promise<ResolverAnswer[]> {
  const { system, options, signal, remaining } = context;
  const types = typesFor(context);
  const exchange = resolverExchange(system, options.interface);
  const usual = { randomId: () => queryId(system), signal, tcpTimeoutMs: Math.min(tcpMs, remaining() / 2) };
  const lingerMs = Math.min(mostLingerMs, Math.max(leastLingerMs, 4 * usualMs(server, facts)));
  const ask = (settings: Parameters<typeof askResolver>[4], io = exchange.io): ReturnType<typeof askResolver> =>
    askResolver(
      server,
      name,
      types.map((type) => TYPE[type]),
      io,
      { ...usual, ...settings },
    );
  const words = (results: Awaited<ReturnType<typeof ask>>): ResolverAnswer[] =>
    results.flatMap((result, at) => resolverAnswer(result, types[at] ?? 'A', exchange) ?? []);
  const secured = async (transport: 'tls' | 'https'): Promise<ResolverAnswer[]> => {
    const tcp = transport === 'tls' ? tlsExchange(context) : httpsExchange(context);
    return words(await ask({ transport: 'tcp' }, { ...exchange.io, tcp }))
      .filter(({ failure }) => !failure || failure.code === 'nxdomain' || failure.code === 'no-data')
      .map((answer): ResolverAnswer => ({ ...answer, transport }));
  };
  const encrypted = async (): Promise<ResolverAnswer[]> => {
    // Nobody on the way to a resolver of this very device.
    if (isLoopback(server.address)) return [];
    const tls = await secured('tls');
    return tls.length > 0 || remaining() < 2 * tcpMs ? tls : secured('https');
  };
  const [udp, tcp, safe] = await Promise.all([
    ask({ udpTimeoutsMs: [500, 700], lingerMs }),
    ask({ transport: 'tcp' }),
    encrypted(),
  ]);
  return [...words(udp), ...words(tcp), ...safe];
}

/** How long it took to answer before. */
function usualMs({ address }: Endpoint, facts: Facts): number {
  const before = [...(fact(facts, 'name.direct')?.answers ?? []), ...(fact(facts, 'name.reference')?.answers ?? [])];
  return Math.max(0, ...before.filter(({ resolver }) => resolver === address).map(({ ms }) => ms));
}
