import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { InterferenceTrial } from '../../model/interference.js';
import type { IcmpError } from '../../model/facts.js';
import type { Sockets } from '../../model/system.js';
import { type Asked, byName, type Said } from './payloads.js';
import { reactionOf } from './reaction.js';
import type { Subject } from './subject.js';

export interface TrialRequest {
  readonly asked: Asked;
  readonly place?: InterferenceTrial['place'];
  /** Where not the subject's own. */
  readonly address?: string;
  readonly port?: number;
  readonly hopLimit?: number;
  readonly ignoringResets?: true;
  /** What is said goes out in packets that hold no more of it. */
  readonly pieceBytes?: number;
  readonly waitMs: number;
  /** That a router turned it back is all that is to be known. */
  readonly untilTurnedBack?: true;
  /** Ends the waiting as silence. */
  readonly enough?: AbortSignal;
}

const longestConnectMs = 1500;

export async function trial(
  request: TrialRequest,
  subject: Subject,
  converse: NonNullable<Sockets['converse']>,
  context: Context,
  said: Said = byName,
): Promise<InterferenceTrial | null> {
  const { asked, place = 'target', hopLimit, ignoringResets, waitMs, enough, untilTurnedBack, pieceBytes } = request;
  const address = request.address ?? subject.address;
  const port = request.port ?? subject.port;
  const name = said.name(asked, subject);
  const result = await converse(
    {
      address,
      port,
      payload: await said.payload(asked, subject),
      ...(pieceBytes !== undefined && { pieceBytes }),
      timeoutMs: Math.max(1, Math.min(longestConnectMs, context.remaining() / 2)),
      waitMs: Math.max(1, Math.min(waitMs, context.remaining() / 2)),
      interface: context.options.interface,
      ...(enough && { enough }),
      ...(untilTurnedBack && { untilTurnedBack }),
      ...(hopLimit !== undefined && { ttl: hopLimit }),
      ...(ignoringResets && { ignoreResets: true }),
    },
    context.signal,
  );
  // Ended from outside: that is nobody's answer.
  if (context.signal.aborted) return null;
  return {
    place,
    address,
    port,
    asked,
    name,
    ...(hopLimit !== undefined && { hopLimit }),
    ...(ignoringResets && { ignoringResets }),
    ending: result.ending,
    ...reactionOf(result, name),
    bytes: result.total,
    acknowledged: result.acknowledged,
    unsent: result.unsent,
    ...(result.turnedBack && { turnedBack: true }),
    ms: Math.round(result.ms * 10) / 10,
  };
}

/** Whether a connection opens with that hop limit: then its packets reach the server. */
export async function reaches(
  hopLimit: number,
  subject: Subject,
  waitMs: number,
  context: Context,
): Promise<InterferenceTrial> {
  const { address, port } = subject;
  const { failure, icmp, ms } = await context.system.sockets.dial(
    {
      address,
      port,
      timeoutMs: waitMs,
      ttl: hopLimit,
      discard: true,
      patient: true,
      interface: context.options.interface,
    },
    context.signal,
  ).done;
  const expiredFrom = expiredBy(icmp ?? [], address);
  const ending = !failure ? 'answered' : expiredFrom !== null || failure.code === 'timed-out' ? 'silent' : 'unopened';
  return {
    place: 'target',
    address,
    port,
    asked: 'open',
    name: null,
    hopLimit,
    ending,
    reaction: failure ? ending : 'opened',
    bytes: 0,
    acknowledged: null,
    unsent: null,
    ...(expiredFrom !== null && { expiredFrom }),
    ms: Math.round(ms * 10) / 10,
  };
}

/** "Time exceeded" (RFC 792, 4443). */
function expiredBy(icmp: readonly IcmpError[], address: string): string | null {
  return icmp.find((one) => one.type === (familyOf(address) === 6 ? 3 : 11))?.from ?? null;
}
