/** What asking one resolver for one name and type gives: JSON only, bounded. */
import type { Readable, Unreadable } from './classify.js';
import type { Endpoint, IcmpError } from './datagram-exchange.js';
import type { ResourceRecord } from './message.js';
import type { NameProblem } from './names.js';
import type { TypeName } from './registry.js';

export interface QueryTry {
  transport: 'udp' | 'tcp';
  edns: boolean;
  /** null when it was abandoned because another try was answered, or the caller gave up. */
  ms: number | null;
  outcome: 'replied' | 'failed' | 'timed-out' | 'abandoned';
  /** What the first reply to it was. */
  kind: QueryOutcome['kind'] | null;
  failure: NetworkFailure | null;
}

export interface NetworkFailure {
  code: string;
  icmp: IcmpError | null;
}

/** Datagrams that came and were not the answer: somebody else speaks, or something is broken. */
export interface StrayReplies {
  wrongId: number;
  wrongQuestion: number;
  wrongSource: number;
  malformed: number;
  /** Beyond the number of datagrams that are looked at. */
  unread: number;
  /** The first few senders. */
  from: Endpoint[];
}

export function noStrays(): StrayReplies {
  return { wrongId: 0, wrongQuestion: 0, wrongSource: 0, malformed: 0, unread: 0, from: [] };
}

export function addStrays(one: StrayReplies, other: StrayReplies): StrayReplies {
  return {
    wrongId: one.wrongId + other.wrongId,
    wrongQuestion: one.wrongQuestion + other.wrongQuestion,
    wrongSource: one.wrongSource + other.wrongSource,
    malformed: one.malformed + other.malformed,
    unread: one.unread + other.unread,
    from: [...one.from, ...other.from].slice(0, 4),
  };
}

/** Another good reply to the same query, after the first. */
export interface OtherReply {
  from: Endpoint;
  ms: number;
  /** Which try it answers, as an index into `tries`. */
  try: number;
  kind: Readable['kind'];
  rcodeName: string;
  addresses: string[];
}

export type QueryOutcome =
  | Readable
  | Unreadable
  /** Somebody answered from an address that was not asked, and nobody else did. */
  | { kind: 'wrong-source' }
  | { kind: 'timed-out' }
  | { kind: 'failed'; failure: NetworkFailure }
  | { kind: 'cancelled' }
  /** Not sent: it is no name that DNS can carry. */
  | { kind: 'invalid-name'; problem: NameProblem };

export type QueryResult = QueryOutcome & {
  server: Endpoint;
  name: string;
  type: TypeName;
  /** Over which the outcome came. */
  transport: 'udp' | 'tcp';
  /** Who sent the reply that the outcome is about. */
  from: Endpoint | null;
  /** From the sending of the try that decided to its end; null when none did. */
  ms: number | null;
  /** All tries together. */
  elapsedMs: number;
  tries: QueryTry[];
  strays: StrayReplies;
  others: OtherReply[];
  /** Records of the type asked for, at most 32 of them, and how many there are. */
  answers: ResourceRecord[];
  answerCount: number;
};
