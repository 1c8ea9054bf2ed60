import { familyOf } from '../../model/address.js';
import {
  fact,
  type ConnectTry,
  type Facts,
  type IcmpError,
  type LossCount,
  type LossSeries,
} from '../../model/facts.js';
import { saidOnTheWay } from '../../model/icmp.js';
import { loginPorts } from '../../model/login-ports.js';
import { triedInVain } from '../../model/tried-in-vain.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { DialResult } from '../../model/system.js';
import { addressesToTry } from './connect.js';

/** One SYN each: the kernel sends it again only after a second (RFC 6298). */
const silenceMs = 900;
const tries = 10;
/** Where it opened, each costs three packets and not one, and what came after it needs its share of them. */
const triesWhereItOpens = 8;
const nearTries = 5; // a router answers about six in a row, and then one a second (icmp(7), icmp_ratelimit)
/** The same of those behind it: a loss of half of all packets is overlooked in one of 128 cases. */
const hopTries = 7;
const hopLimits = [2, 3, 4, 5, 6];
const everyMs = 30;
const mostPlaces = 2;

/**
 * How many of a few connections in a row get an answer in time, where one was silent: that tells packets that get lost from
 * a block, which lets none through. Also where the named program got no answer and we did. Where some do, the first router and another server are tried the same way, to tell
 * where they get lost.
 */
export const series: Gatherer<'connect.series'> = {
  fact: 'connect.series',
  needs: ['name.system'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  whenLate: { afterMs: 2_000, greets: true },
  // After a second it is known whether packets leave at all; ended as soon as a silent connection beside a live one is.
  hedge: { fact: 'connect', afterMs: 1_100 },
  when: (facts, context) => (silentAt(facts, context).length === 0 ? 'no connection was silent' : null),
  async gather(facts, context) {
    const places = silentAt(facts, context).filter(
      (one, i, all) => all.findIndex(({ address, port }) => address === one.address && port === one.port) === i,
    );
    const all = await Promise.all(places.slice(0, mostPlaces).map((one) => seriesAt(one, context)));
    return context.signal.aborted ? skipped('ended before all were tried') : known(all, 'connect()');
  },
};

async function seriesAt({ address, port }: Place, context: Context): Promise<LossSeries> {
  const open = opens(context.latest(), address);
  const near = context.system.identity.sockets === 'ffi' ? count(address, port, nearTries, 1, context) : null;
  // What is asked at the same time about an open connection comes first: it says more for the same packets.
  if (open) {
    await context.system.clock.sleep(1, context.signal);
    await Promise.all([context.settled('interference'), context.settled('tls.variations')]);
  }
  const [own, nearest] = await Promise.all([
    count(address, port, open ? triesWhereItOpens : tries, undefined, context),
    near,
  ]);
  const partly = own.told === undefined && own.answered > 0 && own.answered < own.sent;
  if (!partly) return { ...own, address, port, nearest, reference: null };
  // Where they get lost takes many packets more: whether it is the loss that stops what is said comes before.
  await Promise.all([context.settled('interference'), context.settled('tls.variations')]);
  const [reference, hops] = await Promise.all([referenceCount(context), hopCounts(address, port, context)]);
  return { ...own, address, port, nearest, ...(hops.length > 0 && { hops }), reference };
}

function opens(facts: Facts, address: string): boolean {
  const probe = fact(facts, 'connect')?.find((one) => one.address === address);
  return probe !== undefined && !probe.first.failure && (probe.first.tcp?.totalRetransmitted ?? 0) === 0;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Where a connection, or what came after it, met silence; while connections are still being opened, where it may. */
function silentAt(facts: Facts, context: Context): Place[] {
  const { port } = facts.target;
  // Where a login is asked, connections are counted by others too.
  if (port === 0 || loginPorts.has(port)) return [];
  const late = context.lateStep?.();
  if (late && facts[late.step] === undefined) return [late];
  if (!facts.connect) return addressesToTry(facts, context).map((address) => ({ address, port }));
  const probes = (fact(facts, 'connect') ?? []).filter(({ first, repeats }) => [first, ...repeats].some(wasSilent));
  const above = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  const silent = [...probes, ...above.filter(({ failure }) => failure?.code === 'timed-out')];
  return [...silent, ...triedInVain(facts)].map((one) => ({
    address: one.address,
    port: one.port,
  }));
}

/** For a second at least: until the kernel tried again, or to the end. */
function wasSilent(one: ConnectTry): boolean {
  if (one.failure) return one.failure.code === 'timed-out' && one.ms >= silenceMs;
  return (one.tcp?.totalRetransmitted ?? 0) > 0;
}

async function count(
  address: string,
  port: number,
  most: number,
  ttl: number | undefined,
  { system, options, signal, remaining }: Context,
): Promise<LossCount & Pick<LossSeries, 'told' | 'turnedAway'>> {
  const timeoutMs = Math.max(50, Math.min(silenceMs, remaining() - 200));
  const dials: Promise<DialResult>[] = [];
  for (let i = 0; i < most && !signal.aborted; i++) {
    const request = {
      address,
      port,
      timeoutMs,
      discard: true,
      interface: options.interface,
      ...(ttl !== undefined && { ttl }),
    };
    dials.push(system.sockets.dial(request, signal).done);
    await system.clock.sleep(everyMs, signal);
  }
  const results = await Promise.all(dials);
  // What was not tried at all (the pacer's bound) says nothing.
  const sent = results.filter(({ failure }) => failure === undefined || failure.code !== 'failed');
  const answered = sent.filter((result) => isAnswer(result, address));
  const by = answered.flatMap(({ icmp }) => icmp?.at(-1)?.from ?? [])[0];
  const away = ttl === undefined ? answered.filter((result) => turnedAway(result, address).length > 0) : [];
  const told = away.flatMap((result) => turnedAway(result, address))[0];
  return {
    address: ttl === undefined ? address : (by ?? null),
    sent: sent.length,
    answered: answered.length,
    ...(told && { told, turnedAway: away.length }),
  };
}

/** Anything that came back, from whomever: the packet went there and an answer found its way here. */
function isAnswer({ failure, icmp, localAddress }: DialResult, address: string): boolean {
  if (!failure) return true;
  const exceeded = familyOf(address) === 6 ? 3 : 11;
  if (icmp?.some((one) => one.origin !== 'local' && (one.from !== localAddress || one.type === exceeded))) return true;
  return failure.code === 'refused' || failure.code === 'reset';
}

/** "Destination unreachable" (RFC 792, 4443), in whatever words, of somebody on the way. */
function turnedAway(result: DialResult, address: string): IcmpError[] {
  const unreachable = familyOf(address) === 6 ? 1 : 3;
  return saidOnTheWay(result, address).filter(({ type }) => type === unreachable);
}

/** As far as each of the next routers; those that never answer are left out, and so is the target. */
async function hopCounts(address: string, port: number, context: Context): Promise<NonNullable<LossSeries['hops']>> {
  if (context.system.identity.sockets !== 'ffi') return [];
  const counts = await Promise.all(hopLimits.map((ttl) => count(address, port, hopTries, ttl, context)));
  return counts.flatMap((one, i) =>
    one.answered > 0 && one.address !== null && one.address !== address ? [{ ...one, ttl: hopLimits[i] ?? 0 }] : [],
  );
}

/** A reference that has answered before. */
async function referenceCount(context: Context): Promise<LossSeries['reference']> {
  await context.settled('references');
  const other = fact(context.latest(), 'references')?.find(
    ({ kind, ok, address, port }) =>
      kind !== 'gateway' && kind !== 'resolver' && ok && address !== null && port !== null,
  );
  if (!other || other.address === null || other.port === null) return null;
  return { name: other.name, ...(await count(other.address, other.port, tries, undefined, context)) };
}
