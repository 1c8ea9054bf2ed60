import { fact, type Facts } from '../../../model/facts.js';
import type { Failure } from '../../../model/failure.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { ChainLink, NameChain } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import { rootAnchors } from '../../../data/root-anchors.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { type Checked, checkRecords } from '../../dns/dnssec/check-records.js';
import { isDigestOf } from '../../dns/dnssec/keys.js';
import { labelsOf } from '../../dns/dnssec/name-order.js';
import type { ZoneKey } from '../../dns/record-data.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers, toldReferences } from './asked-resolvers.js';
import {
  type Ask,
  digestsIn,
  keysIn,
  keysOf,
  lastLinks,
  linkOf,
  type Records,
  recordsOf,
  type SignedZone,
} from './chain-records.js';
import { askMessage } from './message-exchange.js';

const waitMs = 1_000;
const mostZones = 8;

/**
 * Which link of the chain of signatures is broken: fetched from a resolver that failed, asked to leave the checking to us
 * (CD, RFC 4035 3.2.2), and checked from the root down; the proofs that a zone is not signed, or that there is no such name
 * (NSEC, NSEC3), as well.
 */
export const nameChain: Gatherer<'name.chain'> = {
  fact: 'name.chain',
  needs: ['name.config', 'name.direct', 'name.unchecked'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) =>
    noName(facts) ?? (giving(facts) === null ? 'no resolver gave the name unchecked, or denied it' : null),
  async gather(facts, context) {
    const found = giving(facts);
    if (!found) return skipped('no resolver gave the name unchecked, or denied it');
    const server = [...ownResolvers(facts), ...toldReferences(facts, context)].find(({ address }) => address === found);
    if (!server) return skipped('the resolver may not be asked now');
    const chain = await chainOf(server, nameOf(facts, found), context);
    return chain && !context.signal.aborted ? known(chain, 'DNSSEC') : skipped('the records could not be had');
  },
};

/** Whom to ask: one that failed and gives it unchecked, be it an address or a "no"; else one that says no. */
function giving(facts: Facts): string | null {
  const answers = fact(facts, 'name.unchecked')?.answers ?? [];
  const freed = answers.find(({ answer }) => !answer.failure && answer.addresses.length > 0);
  const denied = [...answers.map(({ answer }) => answer), ...(fact(facts, 'name.direct')?.answers ?? [])];
  return freed?.resolver ?? denied.find(({ failure }) => saysNo(failure))?.resolver ?? null;
}

function saysNo(failure: Failure | undefined): boolean {
  return failure?.code === 'nxdomain' || failure?.code === 'no-data';
}

/** A single word is asked of the own resolvers with the search domain behind it. */
function nameOf(facts: Facts, resolver: string): string {
  const config = fact(facts, 'name.config');
  const own = config?.resolvers.some(({ address }) => address === resolver) ?? false;
  return own && config ? askedName(facts.target.host, config) : facts.target.host;
}

/** `.`, `com`, `example.com`, …: any of them may be a zone of its own. */
function namesAbove(name: string): string[] {
  const labels = name.replace(/\.$/, '').split('.');
  return labels.map((_, at) => labels.slice(labels.length - 1 - at).join('.')).slice(0, mostZones);
}

async function chainOf(server: Endpoint, name: string, context: Context): Promise<NameChain | null> {
  const exchange = resolverExchange(context.system, context.options.interface);
  const ask: Ask = async (owner, type) => {
    const query = { name: owner, type, checkingDisabled: true, dnssecOk: true, timeoutMs: waitMs } as const;
    const reply = await askMessage(server, query, exchange, context);
    return 'message' in reply && [0, 3].includes(reply.message.rcode) ? recordsOf(reply.message, owner, type) : null;
  };
  const names = namesAbove(name);
  const type = context.options.family === 6 ? TYPE.AAAA : TYPE.A;
  const [answer, rootKeys, ...delegations] = await Promise.all([
    ask(name, type),
    ask('.', TYPE.DNSKEY),
    ...names.map((one) => ask(one, TYPE.DS)),
  ]);
  if (!answer) return null;
  const now = context.system.clock.wall();
  const nowS = Math.floor(now.getTime() / 1000);
  const check = (found: Records, zone: string, keys: readonly ZoneKey[]): Checked =>
    checkRecords(found.records, found.signatures, zone, keys, nowS);
  const zones = names.flatMap((zone, at) => {
    const delegation = delegations[at];
    return delegation && delegation.records.length > 0 ? [{ zone, delegation }] : [];
  });
  const published = await Promise.all(zones.map(({ zone }) => ask(zone, TYPE.DNSKEY)));
  const links: ChainLink[] = [];
  const anchors = context.options.settings.rootAnchors ?? rootAnchors;
  const anchored =
    rootKeys !== null && keysIn(rootKeys).some((key) => anchors.some((one) => isDigestOf(one, '.', key) === true));
  let above: SignedZone | null = null;
  if (rootKeys && rootKeys.records.length > 0) {
    above = { zone: '.', keys: keysIn(rootKeys) };
    links.push(linkOf('.', 'keys', keysOf('.', rootKeys, anchored ? anchors : null, check)));
  }
  for (const [at, { zone, delegation }] of zones.entries()) {
    // Where the root cannot be had, the chain begins at the first zone below it.
    if (above) links.push(linkOf(zone, 'delegation', check(delegation, above.zone, above.keys)));
    const own = published[at] ?? null;
    const keys = own ? keysIn(own) : [];
    links.push(linkOf(zone, 'keys', keysOf(zone, own, digestsIn(delegation), check)));
    above = { zone, keys };
  }
  if (!above) return null;
  const { zone } = above;
  const below = names.flatMap((one, at) =>
    labelsOf(one).length > labelsOf(zone).length ? [{ name: one, delegation: delegations[at] ?? null }] : [],
  );
  links.push(...(await lastLinks(answer, { name, type, below, above, nowS, ask })));
  // A root that is not signed here, and nothing below it: this is no chain.
  return links.length > 1 ? { name, resolver: server.address, anchored, links, wallClock: now.toISOString() } : null;
}
