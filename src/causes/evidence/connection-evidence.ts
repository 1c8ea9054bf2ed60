import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { neighbourSearchMs, saidOnTheWay, saysHostUnreachable } from '../../model/icmp.js';
import { probesOf } from '../../model/probed.js';
import type { ToldError } from '../../model/system.js';
import {
  fact,
  type ConnectTry,
  type FlowTrace,
  type IcmpError,
  type LossSeries,
  type PortControl,
  type ResetDistance,
} from '../../model/facts.js';
import { startValues } from './start-values.js';

/** Every try of this connection, the first and its repeats. Empty for an attempt that is no connection. */
export function triesOf(attempt: Attempt, { facts }: Scene): readonly ConnectTry[] {
  if (attempt.address === null || attempt.port === null) return [];
  const probe = probesOf(facts).find((one) => one.address === attempt.address && one.port === attempt.port);
  return probe ? [probe.first, ...probe.repeats.filter(wasTried)] : [];
}

/** A repetition that the bound on packets for one address forbade says nothing of the network (engine/pacer.ts). */
function wasTried({ failure }: ConnectTry): boolean {
  return !(failure?.code === 'failed' && failure.raw.startsWith('not tried'));
}

/** Who sent the errors that ended it: this device's own stack, the target itself, or somebody on the way. */
export function sendersOf(tries: readonly ConnectTry[]): {
  self: IcmpError[];
  target: IcmpError[];
  hops: (IcmpError & { from: string })[];
} {
  const self: IcmpError[] = [];
  const target: IcmpError[] = [];
  const hops: (IcmpError & { from: string })[] = [];
  for (const one of tries) {
    for (const icmp of one.icmp ?? []) {
      if (icmp.origin === 'local' || icmp.from === null || icmp.from === one.localAddress) self.push(icmp);
      else if (icmp.from === one.address) target.push(icmp);
    }
    hops.push(...saidOnTheWay(one, one.address));
  }
  return { self, target, hops };
}

/** Refused by a TCP reset, not by an ICMP error. Undefined where the platform does not show which. */
export function refusedByReset(tries: readonly ConnectTry[]): boolean | undefined {
  const refused = tries.filter((one) => one.failure?.code === 'refused' || one.failure?.code === 'reset');
  if (refused.length === 0) return false;
  if (refused.some((one) => one.icmp === null)) return undefined;
  return refused.every((one) => !one.synchronous && one.icmp?.length === 0);
}

/**
 * The packet was retransmitted, and no copy of it ever left: the kernel counts a copy as sent only when the layers below
 * took it. True also for a single silent try; false when any copy left.
 */
export function neverLeft(tries: readonly ConnectTry[]): boolean {
  const counted = tries.flatMap((one) => (one.failure?.code === 'timed-out' && one.tcp ? [one.tcp] : []));
  const telling = counted.filter((tcp) => tcp.totalRetransmitted > 0);
  return (
    telling.length > 0 &&
    telling.every((tcp) => tcp.retransmitted === 0) &&
    counted.every((tcp) => tcp.segmentsIn === 0)
  );
}

/** At least one copy of the packet was handed to the network below. That it arrived anywhere does not follow. */
export function handedDown(tries: readonly ConnectTry[]): boolean {
  return tries.some((one) => (one.tcp?.retransmitted ?? 0) > 0);
}

/**
 * An error that came only after a search for a neighbour, not at once; or one that came once, when somebody else's packet had
 * begun the search, and then silence. A router that has no way says so at once, but only so often: later tries, when it
 * may speak again, are answered at once by that one and silent with a new search (probe-addresses.ts).
 */
export function afterNeighbourSearch(tries: readonly ConnectTry[]): boolean {
  const told = tries.filter((one) => (one.icmp?.length ?? 0) > 0);
  const silent = tries.filter((one) => one.failure?.code === 'timed-out' && one.icmp?.length === 0);
  return told.some((one) => one.ms >= neighbourSearchMs) || (told.length === 1 && silent.length >= 3);
}

/**
 * Other packets to the same address met that error as well, and at once: nobody was looked for. Where they took the one error
 * a second, the repeats of the connection itself met silence. What ends a search for a neighbour goes to all that wait for it,
 * soon after they were sent to the last of them: so moments are compared where they are known.
 */
export function saidAtOnceElsewhere(attempt: Attempt, { facts }: Scene): boolean {
  const { address, port } = attempt;
  const words = fact(facts, 'connect.told')?.filter((one) => one.address === address);
  const says = (icmp: Pick<IcmpError, 'type' | 'code'>): boolean => saysHostUnreachable(icmp, address ?? '');
  const onWay = fact(facts, 'path')?.some(
    (way) =>
      way.address === address &&
      way.hops.some((hop) => hop.icmp !== null && says(hop.icmp) && (hop.ms ?? Infinity) < neighbourSearchMs),
  );
  const inRow = fact(facts, 'connect.series')?.some(
    (one) => one.address === address && one.port === port && one.answered > 0,
  );
  const atPorts = fact(facts, 'connect.ports')?.some(
    (one) =>
      one.address === address &&
      one.ports.some(
        ({ icmp, ms }) => ms < neighbourSearchMs && icmp?.some((sent) => sent.origin !== 'local' && says(sent)),
      ),
  );
  const soon = words && soonWords(words);
  const elsewhere = onWay === true || inRow === true || atPorts === true;
  return (elsewhere && soon?.length !== 0) || saidAtTwoMoments(soon ?? []);
}

/** Somebody's words at one moment may go to all that wait for the end of one search; the next search takes as long again. */
const sameMomentMs = 200;
const nextSearchMs = 2_500;

/** Those soon after something was sent, but for what was sent shortly before a search ended that another packet had begun. */
function soonWords(words: readonly ToldError[]): readonly ToldError[] {
  const ends = words.filter(({ ms }) => ms >= neighbourSearchMs);
  return words.filter(
    (one) =>
      one.ms < neighbourSearchMs &&
      !ends.some(({ from, at }) => from === one.from && Math.abs(at - one.at) <= sameMomentMs),
  );
}

/** Twice, and sooner after each other than a search takes. */
function saidAtTwoMoments(soon: readonly ToldError[]): boolean {
  return soon.some((one, i) =>
    soon.slice(i + 1).some((other) => {
      const apart = Math.abs(other.at - one.at);
      return other.from === one.from && apart > sameMomentMs && apart < nextSearchMs;
    }),
  );
}

/** What nobody has asked for yet, and would tell whether somebody was looked for. */
export function toldElsewhere({ facts }: Scene): readonly 'connect.told'[] {
  return facts['connect.told'] === undefined ? ['connect.told'] : [];
}

/** Somebody who is not this device answered: so the packet left it. */
export function answeredFromOutside(attempt: FailedAttempt, scene: Scene): boolean {
  const tries = triesOf(attempt, scene);
  const { target, hops } = sendersOf(tries);
  if (hops.length > 0) return true;
  if (target.length > 0 && !isOwnAddress(attempt.address, scene)) return true;
  return refusedByReset(tries) === true && resetOf(attempt, scene)?.refusedAtTtl1 === false;
}

/**
 * How far a refusal came. Refused although it may pass no router, the packet was stopped here, or the target is the next
 * router itself, under another of its addresses: then it was not.
 */
export function resetOf(attempt: Attempt, scene: Scene): ResetDistance | undefined {
  const measured = fact(scene.facts, 'connect.reset')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  const found = measured && isFromFartherThanTheOpenPort(measured) ? { ...measured, hostTtl: null } : measured;
  if (found?.refusedAtTtl1 !== true) return found;
  // The first router leads such packets to itself before it looks at their hop limit, and refuses them in the server's name.
  if (wentPastAllRules(attempt, scene)) return { ...found, refusedAtTtl1: false };
  // A port of it that answers from farther away: it is not the next router (a rule of iptables-legacy is not traced).
  const isFar = (found.hostTtl !== null && found.hostTtl !== found.resetTtl) || found.fartherPort !== undefined;
  return !isFar && isNextRouter(attempt, scene) ? { ...found, refusedAtTtl1: false } : found;
}

/**
 * Nobody refuses in the name of a server that is nearer than he is: who answers at the open port is then not the server, but
 * somebody in front of it, such as a web shield of this very computer or a proxy at the router. It tells nothing of its distance.
 */
function isFromFartherThanTheOpenPort({ resetTtl, hostTtl }: ResetDistance): boolean {
  if (resetTtl === null || hostTtl === null) return false;
  const startOf = (left: number): number | undefined => startValues.find((value) => value >= left);
  return resetTtl < hostTtl && startOf(resetTtl) === startOf(hostTtl);
}

/**
 * The kernel saw the packet go and the refusal come, and the rules of all backends, read as they stand, stop neither: one of
 * iptables-legacy, which is not traced, would be among them.
 */
function wentPastAllRules(attempt: Attempt, scene: Scene): boolean {
  if (!wasSeenBothWays(traceOf(attempt, scene))) return false;
  const read = fact(scene.facts, 'device.firewall');
  if (!read || read.problems.length > 0) return false;
  const decided = read.decisions.filter(
    (one) => one.protocol === 'tcp' && one.address === attempt.address && one.port === attempt.port,
  );
  return (['out', 'in'] as const).every((way) =>
    decided.some(({ direction, verdict }) => direction === way && verdict === 'accept'),
  );
}

function wasSeenBothWays(traced: FlowTrace | undefined): boolean {
  return traced !== undefined && traced.stoppedBy === null && traced.seenOut && traced.seenIn;
}

/** The kernel saw the packet go and the refusal come; the router says so itself; or it answered a datagram that came no further. */
function isNextRouter(attempt: Attempt, scene: Scene): boolean {
  const { facts } = scene;
  if (wasSeenBothWays(traceOf(attempt, scene))) return true;
  if (fact(facts, 'router')?.outside === attempt.address) return true;
  return (
    fact(facts, 'connect.egress')?.some((one) => one.address === attempt.address && one.atFirstHop === true) ?? false
  );
}

export function controlsOf(attempt: Attempt, { facts }: Scene): PortControl | undefined {
  return fact(facts, 'connect.ports')?.find((one) => one.address === attempt.address);
}

export function seriesOf(attempt: Attempt, { facts }: Scene): LossSeries | undefined {
  return fact(facts, 'connect.series')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}

/**
 * What was said on an open connection goes on by itself: it was sent five times before it counts as unanswered (after 200,
 * 400, 800 and 1600 ms). Where one exchange of four is lost, one in a thousand ends so.
 */
export const littleLoss = 0.25;

/** So many that chance may keep one and the same from being answered, time after time. */
export function losesMuch(attempt: Attempt, scene: Scene): boolean {
  const series = seriesOf(attempt, scene);
  return series !== undefined && series.answered > 0 && (series.sent - series.answered) / series.sent > littleLoss;
}

/** Ports of the same host that answered in its own name, open or closed. */
export function answeringPorts(attempt: Attempt, scene: Scene): readonly ConnectTry[] {
  return (controlsOf(attempt, scene)?.ports ?? []).filter((one) => {
    if (!one.failure) return true;
    return refusedByReset([one]) === true;
  });
}

/**
 * What shows that packets to that address, or to others too, get lost: what was sent again and then answered, or a row of
 * which some were answered. In words; null where nothing does.
 */
export function seenLost(attempt: Attempt, scene: Scene): string | null {
  const wasSentAgain = ({ tcp }: ConnectTry): boolean => (tcp?.totalRetransmitted ?? 0) > 0;
  if (triesOf(attempt, scene).some((one) => !one.failure && wasSentAgain(one)))
    return 'the connection opened only after its first packet was sent again';
  const late = answeringPorts(attempt, scene).find(wasSentAgain);
  if (late) return `its port ${late.port} answered only what was sent again`;
  const series = seriesOf(attempt, scene);
  const row = [series, series?.reference].find((one) => one && one.answered > 0 && one.answered < one.sent);
  return row
    ? `of ${row.sent} connections in a row to ${row.address ?? 'another server'} ${row.answered} were answered`
    : null;
}

export function openPorts(attempt: Attempt, scene: Scene): readonly number[] {
  return (controlsOf(attempt, scene)?.ports ?? []).filter((one) => !one.failure).map((one) => one.port);
}

/** The kernel's trace of a probe like this attempt. */
export function traceOf(attempt: Attempt, { facts }: Scene): FlowTrace | undefined {
  const protocol = attempt.protocol === 'dns' ? 'udp' : 'tcp';
  return fact(facts, 'kernel.trace')?.flows.find(
    (flow) => flow.protocol === protocol && flow.address === attempt.address && flow.port === attempt.port,
  );
}

/** The kernel saw an answer from outside come in to a traced probe, and no rule of nf_tables end it, that met silence all the same. */
export function answerVanishedHere(attempt: Attempt, scene: Scene): boolean {
  const traced = traceOf(attempt, scene);
  if (!traced || attempt.stage !== 'connect' || traced.protocol !== 'tcp' || isOwnAddress(attempt.address, scene))
    return false;
  const silent = attempt.outcome !== 'ok' && attempt.outcome.code === 'timed-out';
  const outcome = traced.outcome === 'connected' || traced.outcome === 'answered' ? null : traced.outcome;
  return silent && outcome?.code === 'timed-out' && traced.seenIn && traced.stoppedBy === null;
}

/** Loopback, or an address of one of this device's interfaces. False as well when the interfaces are not known. */
export function isOwnAddress(address: string | null, { facts }: Scene): boolean {
  if (address === null) return false;
  // connect() to the unspecified address goes to this device (tcp_v4_connect, tcp_v6_connect).
  if (address.startsWith('127.') || ['::1', '0.0.0.0', '::'].includes(address)) return true;
  const own = [
    ...(fact(facts, 'device.listeners')?.own ?? []),
    ...(fact(facts, 'device.interfaces') ?? []).flatMap((one) => one.addresses.map((entry) => entry.address)),
  ];
  return own.includes(address);
}

/** Whether it is known at all which addresses are this device's own. */
export function ownAddressesKnown({ facts }: Scene): boolean {
  return fact(facts, 'device.listeners') !== undefined || fact(facts, 'device.interfaces') !== undefined;
}

/** The kernel's route for this address, when it is known. */
export function routeOf(attempt: Attempt, { facts }: Scene) {
  return fact(facts, 'device.routes')?.choices.find((choice) => choice.address === attempt.address);
}

/** On the same link as this device: no router is asked. Undefined when the route is not known. */
export function isOnLink(attempt: Attempt, scene: Scene): boolean | undefined {
  const route = routeOf(attempt, scene);
  return route ? route.type !== 'none' && route.error === null && route.via === null : undefined;
}
