import { canonical, scopeOf } from '../../../model/address.js';
import { fact, type Facts, type ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { ImpostorTry, NearTry } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import { classify, isReadable } from '../../dns/classify.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { decodeMessage } from '../../dns/message.js';
import { encodeQuery } from '../../dns/query.js';
import { TYPE } from '../../dns/registry.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { isLoopback, noName, ownResolvers, toldReferences } from './asked-resolvers.js';

const mostHosts = 2;
const mostResolvers = 2;
/** Hop limits that are tried: whoever answers for others is near, in the home router or with the provider. */
const limits = [1, 2, 3, 4, 5, 6];
const silenceMs = 450;
/** Nobody listens there (the first port of traceroute); what matters is how far a packet gets. */
const controlPort = 33_434;

/**
 * Whether somebody answers in the name of others. Nobody answers DNS at the web servers of the references (or at the
 * addresses that the settings name for this), so that whoever does is another; and a resolver that answers a question which
 * cannot have come as far as its address is another one too.
 */
export const impostorNames: Gatherer<'name.impostor'> = {
  fact: 'name.impostor',
  needs: ['name.config', 'name.reference', 'references'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  hedge: { fact: 'connect', afterMs: 1_400 },
  whenLate: { afterMs: 1_000 },
  reference: true,
  when: (facts) =>
    noName(facts) ??
    (fact(facts, 'name.reference') ? null : 'the name was told to nobody outside, and is not told now'),
  async gather(facts, context) {
    const name = facts.target.host;
    const far = [
      ...ownResolvers(facts).filter(({ address }) => isFar(address, facts)),
      ...toldReferences(facts, context),
    ];
    const type = typeAsked(facts, context);
    const [hosts, near] = await Promise.all([
      Promise.all(hostsWithoutDns(facts, context).map((host) => askHost(host, name, type, context))),
      context.system.identity.sockets === 'ffi'
        ? Promise.all(far.slice(0, mostResolvers).map((server) => askNear(server, name, type, context)))
        : [],
    ]);
    const tried = hosts.flatMap((one) => one ?? []);
    const value = { name, hosts: tried, near: near.flatMap((one) => one ?? []) };
    return tried.length + value.near.length > 0 ? known(value, 'DNS') : skipped('no such address is known');
  },
};

/** Behind at least one router: else nobody on the way has a hop of its own. */
function isFar(address: string, facts: Facts): boolean {
  const gateways = fact(facts, 'device.routes')?.defaults.map(({ via }) => via) ?? [];
  return !isLoopback(address) && scopeOf(address) !== 'link-local' && !gateways.includes(address);
}

/** The type for which something was said, so that the answers can be compared. */
function typeAsked(facts: Facts, { options }: Context): ResolverAnswer['type'] {
  if (options.family !== 0) return options.family === 4 ? 'A' : 'AAAA';
  const said = fact(facts, 'name.direct')?.answers.find(({ failure }) => !failure);
  return said?.type ?? 'A';
}

interface Host {
  readonly address: string;
  readonly host: string;
}

/** By the settings, else the reference hosts and portal checks that were reached under an address of their own. */
export function hostsWithoutDns(facts: Facts, { options }: Pick<Context, 'options'>): Host[] {
  const { noDns = [], resolvers } = options.settings.references;
  const set = noDns.map((address) => ({ address: canonical(address), host: address }));
  const found = (fact(facts, 'references') ?? []).flatMap(({ kind, name, address }) =>
    address !== null && (kind === 'host' || kind === 'portal') ? [{ address, host: name }] : [],
  );
  const known = [...resolvers, ...ownResolvers(facts).map(({ address }) => address)].map(canonical);
  const candidates = (set.length > 0 ? set : found).filter(
    ({ address }) => !known.includes(canonical(address)) && (set.length > 0 || scopeOf(address) === 'public'),
  );
  return [...new Map(candidates.map((one) => [one.address, one])).values()].slice(0, mostHosts);
}

async function askHost(
  { address, host }: Host,
  name: string,
  type: ResolverAnswer['type'],
  { system, options, signal }: Context,
): Promise<ImpostorTry | null> {
  const exchange = resolverExchange(system, options.interface);
  const settings = { udpTimeoutsMs: [silenceMs], tcpTimeoutMs: 400, randomId: () => queryId(system), signal };
  const [result] = await askResolver({ address, port: 53 }, name, [TYPE[type]], exchange.io, settings);
  const answer = result ? resolverAnswer(result, type, exchange) : null;
  if (!answer) return null;
  // Whole answers only: a server that refuses everybody is no resolver, but it answers.
  return answer.rcode !== undefined || !answer.failure
    ? { address, host, answer }
    : { address, host, failure: answer.failure };
}

/** The same question with small hop limits, and beside each a packet to another port with the same limit. */
async function askNear(
  server: Endpoint,
  name: string,
  type: ResolverAnswer['type'],
  { system, options, signal }: Context,
): Promise<NearTry | null> {
  const base = { address: server.address, timeoutMs: silenceMs, interface: options.interface };
  const tries = await Promise.all(
    limits.map(async (ttl) => {
      const asked = { id: queryId(system), name, type: TYPE[type] };
      const query = encodeQuery({ ...asked, edns: null });
      if (!query.ok) return null;
      const isAnswer = (bytes: Uint8Array): boolean => isReadable(classify(asked, decodeMessage(bytes)));
      const [answer, control] = await Promise.all([
        system.sockets.datagram({ ...base, port: server.port, payload: query.bytes, ttl, accept: isAnswer }, signal),
        system.sockets.datagram({ ...base, port: controlPort, payload: new Uint8Array(1), ttl }, signal),
      ]);
      const exceeded = (control.icmp ?? []).find(
        ({ origin, type: kind }) => (origin === 'icmp' && kind === 11) || (origin === 'icmp6' && kind === 3),
      );
      return { ttl, answered: answer.outcome === 'reply', expiredFrom: exceeded?.from ?? null };
    }),
  );
  if (signal.aborted) return null;
  const first = tries.find((one) => one?.answered === true);
  return { resolver: server.address, answeredAt: first?.ttl ?? null, expiredFrom: first?.expiredFrom ?? null };
}
