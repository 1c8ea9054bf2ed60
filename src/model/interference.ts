import type { Hostile } from './facts.js';
import type { AnswerHead } from './links.js';

/**
 * One connection of an experiment: the same bytes as the failed step, or bytes that differ in one thing. `same` asks as
 * the failed step did; `other` for a name of the same length that nobody blocks; `none` without a name; `path` for the
 * same site's front page; `quiet` says nothing on the open connection; `open` only opens it.
 */
export interface InterferenceTrial {
  readonly place: 'target' | 'elsewhere';
  readonly address: string;
  readonly port: number;
  readonly asked: 'same' | 'other' | 'none' | 'path' | 'quiet' | 'open';
  readonly name: string | null;
  /** Hop limit of what was sent once the connection was open; of `open`, of all of it. Absent: as usual. */
  readonly hopLimit?: number;
  /** Resets were thrown away before this device's TCP saw them. */
  readonly ignoringResets?: true;
  readonly ending: 'answered' | 'reset' | 'closed' | 'silent' | 'unopened';
  /**
   * What came, in one word, without the name that was asked for: `reset`, `closed`, `silent`, `unopened`, `handshake`,
   * `alert 112`, `HTTP 403 Access denied`. Two equal ones are the same answer.
   */
  readonly reaction: Hostile;
  /** Bytes that came back. */
  readonly bytes: number;
  /** Of an answer of HTTP. */
  readonly status?: number;
  readonly location?: Hostile;
  readonly bodyHead?: Hostile;
  /** Whether the kernel at the other end acknowledged what was sent. */
  readonly acknowledged: boolean | null;
  /** It never left this device. */
  readonly unsent: boolean | null;
  /** Somebody said of what was sent that it came no further: its hop limit was used up there. */
  readonly turnedBack?: true;
  /** Of `open`: who said so. */
  readonly expiredFrom?: string;
  readonly ms: number;
}

/**
 * A TLS hello as large as browsers send one (`same`) and the usual small one (`other`), which differ in nothing but their
 * padding: whether somebody takes the small one alone.
 */
export interface LargeHelloFact extends InterferenceFact {
  /** Bytes of each. */
  readonly sizes: { readonly same: number; readonly other: number };
  /** Both in packets that are smaller than any link must carry. */
  readonly inPieces: readonly InterferenceTrial[];
}

/** Experiments about a step that was cut, swallowed or answered by a page that says no. */
export interface InterferenceFact {
  readonly layer: 'tls' | 'http';
  /** 0 for the target itself, 1… for a step of its redirects. */
  readonly hop: number;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly trials: readonly InterferenceTrial[];
  /** What came from that address meanwhile, packet by packet; where it may be heard (CAP_NET_RAW). */
  readonly heads?: readonly AnswerHead[];
}
