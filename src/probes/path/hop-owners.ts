import { bytesOf, familyOf, scopeOf } from '../../model/address.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { type HopOwner, lastToAnswer } from '../../model/way-facts.js';
import { askResolver } from '../dns/exchange.js';
import { TYPE } from '../dns/registry.js';
import { resolverExchange } from '../names/resolver-exchange.js';
import { networkReader } from './network-file.js';

const mostAsked = 8;
/** A name is only worth a moment. */
const waitMs = 400;
const longestName = 100;

/**
 * Whose the routers are between which a way ends, by what they are called (their reverse names, asked of this device's own
 * resolvers) and by a table of networks, where the user has one.
 */
export const hopOwners: Gatherer<'path.owners'> = {
  fact: 'path.owners',
  needs: ['path', 'path.past', 'name.config', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts) => (addressesOf(facts).length === 0 ? 'no router outside this network answers' : null),
  async gather(facts, context) {
    const networkOf = await networkReader(context);
    const owners = await Promise.all(
      addressesOf(facts).map(async (address): Promise<HopOwner> => {
        return { address, name: await reverseName(address, facts, context), network: networkOf(address) };
      }),
    );
    return context.signal.aborted ? skipped('ended before all were asked') : known(owners, 'DNS');
  },
};

/** The first router outside, those at the end, and the target itself: nobody else is spoken of. */
function addressesOf(facts: Facts): string[] {
  const ways = fact(facts, 'path') ?? [];
  const ends = fact(facts, 'path.past') ?? [];
  const outside = ways.flatMap(({ hops }) => hops.flatMap((hop) => hop.address ?? []).filter(isPublic));
  if (outside.length === 0) return [];
  const firsts = ways.flatMap(
    ({ hops }) => hops.find((hop) => hop.address !== null && isPublic(hop.address))?.address ?? [],
  );
  const lasts = ways.flatMap(({ hops }) => lastToAnswer(hops)?.address ?? []);
  const beyond = ends
    .flatMap(({ oneFlow, other }) => [lastToAnswer(oneFlow.hops), other?.hops.at(-1)])
    .flatMap((hop) => hop?.address ?? []);
  const all = [...firsts, ...lasts, ...beyond, ...ways.map(({ address }) => address)];
  return [...new Set(all)].filter(isPublic).slice(0, mostAsked);
}

function isPublic(address: string): boolean {
  return scopeOf(address) === 'public';
}

async function reverseName(
  address: string,
  facts: Facts,
  { system, options, signal }: Context,
): Promise<string | null> {
  const [resolver] = fact(facts, 'name.config')?.resolvers ?? [];
  const question = reverseQuestion(address);
  if (!resolver || question === null) return null;
  const { io } = resolverExchange(system, options.interface);
  const [result] = await askResolver(resolver, question, [TYPE.PTR], io, {
    udpTimeoutsMs: [waitMs],
    tcpTimeoutMs: waitMs,
    signal,
  });
  const data = result?.answers.find((record) => record.data.kind === 'PTR')?.data;
  const name = data?.kind === 'PTR' ? data.target : '';
  return name === '' ? null : name.slice(0, longestName);
}

/** RFC 1035, 3.5, and RFC 3596, 2.5. */
export function reverseQuestion(address: string): string | null {
  const bytes = bytesOf(address);
  if (!bytes) return null;
  if (familyOf(address) === 4) return `${bytes.toReversed().join('.')}.in-addr.arpa`;
  const digits = [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
  return `${digits
    .toReversed()
    .map((digit) => digit.toString(16))
    .join('.')}.ip6.arpa`;
}
