import { familyOf } from './address.js';
import { fact, type Facts, type HttpTry } from './facts.js';

/** Bytes that come without any answer: right after a handshake a server hands out tickets (RFC 8446 4.6.1), two of some 250. */
export const unaskedBytes = 1_000;

/** Something of the answer came, far too slowly. */
export function trickled({ failure, receivedBytes = 0 }: HttpTry): boolean {
  return failure?.code === 'timed-out' && receivedBytes > unaskedBytes;
}

/** A handshake is over in two round trips and what a server computes: one that took as much more was held up by something. */
const slowHandshake = { ms: 350, roundTrips: 4 };

/** TLS was opened there, in a time that neither the way nor a server's work explains. */
export function openedSlowly(
  facts: Facts,
  { address, port }: { readonly address: string; readonly port: number },
): boolean {
  const isThere = (one: { readonly address: string; readonly port: number }): boolean =>
    one.address === address && one.port === port;
  const shake = fact(facts, 'tls')?.find((one) => isThere(one) && !one.failure);
  const reached = fact(facts, 'connect')?.find(isThere);
  const opened = reached && [reached.first, ...reached.repeats].find((one) => !one.failure);
  return !!shake && shake.ms >= slowHandshake.ms + slowHandshake.roundTrips * (opened?.ms ?? 0);
}

/** A page by TLS in a name: another name can be asked for beside it. */
export function hasNameToCompare({ transport, protocol, host }: Facts['target']): boolean {
  return transport === 'tls' && protocol === 'http' && familyOf(host) === 0;
}

/** How fast something comes on one connection: a handshake in a name and the same request behind it, whatever it leads to. */
export interface PaceTry {
  readonly asked: 'same' | 'other';
  readonly name: string;
  /** Bytes that came in on the connection, encrypted as they are. */
  readonly bytes: number;
  /** Since it was opened. */
  readonly ms: number;
  /** What of it the handshake took; null where it was not done by the end. */
  readonly handshakeMs?: number | null;
  /** Nothing more was to come. */
  readonly whole: boolean;
}

/** The same and another name at the same address, side by side, again and again. */
export interface Pace {
  readonly address: string;
  readonly port: number;
  readonly rounds: readonly Round[];
}

interface Round {
  readonly same: PaceTry;
  readonly other: PaceTry;
}

/** More than a handshake and an error page: what comes then is the page that was asked for. */
const leastBytes = 8_000;
const times = 3;

/** In less time several times as much came for the other name. */
export function isSlowed({ same, other }: Round): boolean {
  return !same.whole && other.bytes >= leastBytes && other.bytes >= times * same.bytes && other.ms <= same.ms;
}

/** More than one copy of a lost packet takes on a short way (TCP_RTO_MIN, 200 ms). */
const muchLaterMs = 300;

/** TLS was opened in the other name, and not in this one in several times that time. */
export function isHeldUp({ same, other }: Round): boolean {
  const { handshakeMs } = other;
  if (typeof handshakeMs !== 'number' || same.handshakeMs === undefined) return false;
  return (same.handshakeMs ?? same.ms) >= times * handshakeMs + muchLaterMs;
}

/** Once is chance; a handshake is a few packets, of which one may have been lost each time: more of them are needed. */
const enough = { slowed: 2, heldUp: 3 };

/** Whether the comparison shows that the name makes the difference; `false` once it cannot any more. */
export function dependsOnName(rounds: Pace['rounds']): boolean | null {
  if (!rounds.every((round) => isSlowed(round) || isHeldUp(round))) return false;
  if (rounds.length >= enough.slowed && rounds.every(isSlowed)) return true;
  return rounds.length >= enough.heldUp ? true : null;
}
