import { fact, type Facts } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { ChainLink, NameChain } from '../../../model/name-facts.js';
import { known, skipped } from '../../../model/observed.js';
import { rootAnchors } from '../../../data/root-anchors.js';
import type { Endpoint } from '../../dns/datagram-exchange.js';
import { type Checked, checkRecords } from '../../dns/dnssec/check-records.js';
import { isDigestOf, keyTagOf } from '../../dns/dnssec/keys.js';
import type { Message, ResourceRecord } from '../../dns/message.js';
import { sameName } from '../../dns/names.js';
import type { KeyDigest, Signature, ZoneKey } from '../../dns/record-data.js';
import { TYPE } from '../../dns/registry.js';
import { askedName } from '../direct-names.js';
import { resolverExchange } from '../resolver-exchange.js';
import { noName, ownResolvers, toldReferences } from './asked-resolvers.js';
import { askMessage } from './message-exchange.js';

const waitMs = 1_000;
const mostZones = 8;

/**
 * Which link of the chain of signatures is broken: fetched from a resolver that failed, asked to leave the checking to us
 * (CD, RFC 4035 3.2.2), and checked from the root down. That a zone is not signed is taken from its parent's silence: the
 * proofs of it (NSEC, NSEC3) are not checked.
 */
export const nameChain: Gatherer<'name.chain'> = {
  fact: 'name.chain',
  needs: ['name.config', 'name.unchecked'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => noName(facts) ?? (giving(facts) === null ? 'no resolver gave the name unchecked' : null),
  async gather(facts, context) {
    const found = giving(facts);
    if (!found) return skipped('no resolver gave the name unchecked');
    const server = [...ownResolvers(facts), ...toldReferences(facts, context)].find(({ address }) => address === found);
    if (!server) return skipped('the resolver may not be asked now');
    const chain = await chainOf(server, nameOf(facts, found), context);
    return chain && !context.signal.aborted ? known(chain, 'DNSSEC') : skipped('the records could not be had');
  },
};

function giving(facts: Facts): string | null {
  const answers = fact(facts, 'name.unchecked')?.answers ?? [];
  return answers.find(({ answer }) => !answer.failure && answer.addresses.length > 0)?.resolver ?? null;
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

interface Records {
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly Signature[];
}

async function chainOf(server: Endpoint, name: string, context: Context): Promise<NameChain | null> {
  const exchange = resolverExchange(context.system, context.options.interface);
  const ask = async (owner: string, type: number): Promise<Records | null> => {
    const query = { name: owner, type, checkingDisabled: true, dnssecOk: true, timeoutMs: waitMs } as const;
    const reply = await askMessage(server, query, exchange, context);
    return 'message' in reply && reply.message.rcode === 0 ? recordsOf(reply.message, owner, type) : null;
  };
  const names = namesAbove(name);
  const type = context.options.family === 6 ? TYPE.AAAA : TYPE.A;
  const [answer, rootKeys, ...delegations] = await Promise.all([
    ask(name, type),
    ask('.', TYPE.DNSKEY),
    ...names.map((one) => ask(one, TYPE.DS)),
  ]);
  if (!answer || answer.records.length === 0) return null;
  const now = context.system.clock.wall();
  const check = (found: Records, zone: string, keys: readonly ZoneKey[]): Checked =>
    checkRecords(found.records, found.signatures, zone, keys, Math.floor(now.getTime() / 1000));
  const zones = names.flatMap((zone, at) => {
    const delegation = delegations[at];
    return delegation && delegation.records.length > 0 ? [{ zone, delegation }] : [];
  });
  const published = await Promise.all(zones.map(({ zone }) => ask(zone, TYPE.DNSKEY)));
  const links: ChainLink[] = [];
  const anchored =
    rootKeys !== null && keysIn(rootKeys).some((key) => rootAnchors.some((one) => isDigestOf(one, '.', key)));
  let above: { zone: string; keys: readonly ZoneKey[] } | null = null;
  if (rootKeys && rootKeys.records.length > 0) {
    above = { zone: '.', keys: keysIn(rootKeys) };
    links.push(linkOf('.', 'keys', check(rootKeys, '.', above.keys)));
  }
  for (const [at, { zone, delegation }] of zones.entries()) {
    // Where the root cannot be had, the chain begins at the first zone below it.
    if (above) links.push(linkOf(zone, 'delegation', check(delegation, above.zone, above.keys)));
    const own = published[at] ?? null;
    const keys = own ? keysIn(own) : [];
    links.push(linkOf(zone, 'keys', keysOf(zone, own, digestsIn(delegation), check)));
    above = { zone, keys };
  }
  if (!above || above.zone === '.') return null;
  const last = check(answer, above.zone, above.keys);
  const zone = above.zone;
  const below = names.filter((one) => one.length > zone.length);
  // A zone of its own below that is not signed needs none.
  const unsigned =
    last.flaw === 'signature-missing' &&
    (await Promise.all(below.map((one) => ask(one, TYPE.NS)))).some((one) => (one?.records.length ?? 0) > 0);
  if (!unsigned) links.push(linkOf(zone, 'answer', last));
  return { name, resolver: server.address, anchored, links, wallClock: now.toISOString() };
}

/** The keys that a zone publishes must be signed by one that its parent names (RFC 4035 5.2). */
function keysOf(
  zone: string,
  own: Records | null,
  digests: readonly KeyDigest[],
  check: (found: Records, zone: string, keys: readonly ZoneKey[]) => Checked,
): Checked {
  if (!own || own.records.length === 0) return { flaw: 'keys-missing' };
  const matches = keysIn(own).map((key) => ({ key, fits: digests.map((one) => isDigestOf(one, zone, key)) }));
  const named = matches.filter(({ fits }) => fits.includes(true)).map(({ key }) => key);
  const [digest] = digests;
  if (named.length > 0) return check(own, zone, named);
  return matches.some(({ fits }) => fits.includes(null)) || !digest
    ? { flaw: 'not-checked' }
    : { flaw: 'delegation-mismatch', keyTag: digest.keyTag };
}

function linkOf(zone: string, of: ChainLink['of'], { flaw, from, until, keyTag }: Checked): ChainLink {
  return {
    zone,
    of,
    ...(flaw !== undefined && { flaw }),
    ...(from !== undefined && { from: dateOf(from) }),
    ...(until !== undefined && { until: dateOf(until) }),
    ...(keyTag !== undefined && { keyTag }),
  };
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Those of the very name: of the type that was asked for, or the alias that stands in its place. */
function recordsOf({ answers }: Message, owner: string, type: number): Records {
  const own = answers.filter(({ name }) => sameName(name, owner));
  const ofType = own.filter((one) => one.type === type);
  return {
    records:
      ofType.length > 0
        ? ofType
        : own.filter((one) => one.type === TYPE.CNAME && type !== TYPE.DS && type !== TYPE.DNSKEY),
    signatures: own.flatMap(({ data }) => (data.kind === 'RRSIG' ? [data] : [])),
  };
}

function keysIn({ records }: Records): ZoneKey[] {
  const keys = records.flatMap(({ data }) => (data.kind === 'DNSKEY' ? [data] : []));
  return keys.toSorted((a, b) => keyTagOf(a) - keyTagOf(b)).slice(0, 16);
}

function digestsIn({ records }: Records): KeyDigest[] {
  return records.flatMap(({ data }) => (data.kind === 'DS' ? [data] : [])).slice(0, 16);
}
