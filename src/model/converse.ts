import type { IcmpError, TcpCounters } from './facts.js';
import type { Failure } from './failure.js';

/** A connection on which bytes are sent as soon as it is open, and what comes back within a time. */
export interface ConverseRequest {
  readonly address: string;
  readonly port: number;
  readonly payload: Uint8Array;
  /** The payload goes out in packets of no more than so many bytes of it. */
  readonly pieceBytes?: number;
  /** Bound on the opening. */
  readonly timeoutMs: number;
  /** Bound on the silence after the payload was sent. */
  readonly waitMs: number;
  readonly interface?: string | null;
  /** Ends the waiting for an answer: what has not come by then counts as silence. */
  readonly enough?: AbortSignal;
  /** An ICMP error ends the waiting too, as silence. */
  readonly untilTurnedBack?: true;
  /** Hop limit of what is sent once it is open. */
  readonly ttl?: number;
  /** Once it is open the kernel ignores what comes with a lower hop limit. */
  readonly minTtl?: number;
  /** Resets are thrown away before TCP sees them, from the first packet on. Needs root (CAP_NET_RAW). */
  readonly ignoreResets?: boolean;
}

export interface ConverseResult {
  /** Absent when it was opened. */
  readonly failure?: Failure;
  /**
   * What came first after the payload: bytes, a reset, the end, nothing. `unopened` when there was no connection to send
   * on. ICMP errors are told beside it and end nothing.
   */
  readonly ending: 'answered' | 'reset' | 'closed' | 'silent' | 'unopened';
  /** The first bytes that came, at most 4 KiB. */
  readonly bytes: Uint8Array;
  readonly total: number;
  /** Of the opening. */
  readonly icmp: readonly IcmpError[];
  /**
   * An ICMP error came back for what was said. Whose it was the kernel does not tell of an open connection, and it tells
   * only after it has sent a copy where the error came while it was still sending (measured: on links without delay).
   */
  readonly turnedBack: boolean;
  /** Whether the other side's kernel acknowledged the payload; null where that was not seen. */
  readonly acknowledged: boolean | null;
  /** It never left this device; null where that was not seen. */
  readonly unsent: boolean | null;
  readonly tcp: TcpCounters | null;
  readonly localPort: number | null;
  /** From the payload to the first reaction, or to the end of the waiting. */
  readonly ms: number;
}
