import type { Facts, ResolverAnswer } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { ZoneServer } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { askResolver } from '../../dns/exchange.js';
import { TYPE } from '../../dns/registry.js';
import { resolverAnswer } from '../resolver-answer.js';
import { queryId, resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers, toldReferences, typesFor } from './asked-resolvers.js';
import { type Delegation, Delegations } from './delegations.js';
import { askMessage } from './message-exchange.js';

const mostServers = 4;
const mostSteps = 4;
const waitMs = [500, 500];

/**
 * What the servers of the name's own zone say. They are found from the parent zone's delegation, with the resolvers of the
 * references (or, where these say nothing, this device's own) only for where to begin; every step is bounded.
 */
export const authorityNames: Gatherer<'name.authority'> = {
  fact: 'name.authority',
  needs: ['name.config', 'name.direct', 'name.reference'],
  base: false,
  cost: 'heavy',
  platforms: 'any',
  privilege: 'none',
  apart: true,
  reference: true,
  when: (facts, context) =>
    noName(facts) ??
    (toldReferences(facts, context).length === 0 ? 'the name was told to nobody outside, and is not told now' : null),
  async gather(facts, context) {
    const { host } = facts.target;
    const delegations = new Delegations([...toldReferences(facts, context), ...ownResolvers(facts)], context);
    const above = await delegations.zonesAbove(host);
    // From the parent, where it can be had: only it shows servers that do not serve what was given to them.
    let current = above[1] ?? above[0];
    if (!current) return skipped('no name server of a zone above the name could be found');
    for (let step = 0; step < mostSteps && context.remaining() > 1_500; step++) {
      const next: Delegation | null = await delegations.below(current, host);
      if (!next) break;
      current = next;
    }
    const [deepest] = above;
    // The parent's servers did not answer: what a resolver knows of the zone is better than nothing.
    if (deepest && current.zone !== deepest.zone && current === above[1]) current = deepest;
    const { zone, delegatedBy } = current;
    const { servers, addressless } = await delegations.addressesOf(current);
    const asked = await Promise.all(
      servers.slice(0, mostServers).map((server) => askServer(server, zone, facts, context)),
    );
    if (context.signal.aborted) return skipped('ended before the servers were asked');
    return known({ name: host, zone, delegatedBy, servers: asked, addressless }, 'DNS');
  },
};

async function askServer(
  server: { readonly name: string; readonly address: string },
  zone: string,
  { target }: Facts,
  context: Context,
): Promise<ZoneServer> {
  const { system, options, signal } = context;
  const types = typesFor(context);
  const exchange = resolverExchange(system, options.interface);
  const settings = {
    udpTimeoutsMs: waitMs,
    tcpTimeoutMs: 600,
    randomId: () => queryId(system),
    signal,
    recursionDesired: false,
  };
  const at: Endpoint = { address: server.address, port: 53 };
  const [results, soa] = await Promise.all([
    askResolver(
      at,
      target.host,
      types.map((type) => TYPE[type]),
      exchange.io,
      settings,
    ),
    askMessage(at, { name: zone, type: TYPE.SOA, recursionDesired: false, timeoutMs: 700 }, exchange, context),
  ]);
  const answers = results.flatMap((result, index) => resolverAnswer(result, types[index] ?? 'A', exchange) ?? []);
  const lame = lameness(answers, zone);
  const records = 'message' in soa ? soa.message.answers : [];
  const [serial] = records.flatMap(({ data }) => (data.kind === 'SOA' ? [data.serial] : []));
  return { ...server, answers, ...(serial !== undefined && { serial }), ...(lame !== null && { lame }) };
}

/** A server of a zone answers with authority (RFC 1034 4.2.1, RFC 1912 2.8); one word of it is enough. */
function lameness(answers: readonly ResolverAnswer[], zone: string): string | null {
  if (
    answers.some(({ authoritative, rcode }) => authoritative === true && (rcode === 'NOERROR' || rcode === 'NXDOMAIN'))
  )
    return null;
  const [first] = answers;
  if (!first) return null;
  if (first.rcode === 'NOERROR' || first.rcode === 'NXDOMAIN') {
    return first.failure?.code === 'declined' ? first.failure.raw : `answers without authority for ${zone}`;
  }
  return first.failure?.raw ?? first.rcode ?? null;
}
