/** What a DNS query needs of the network: injected, so that tests and other platforms bring their own. */

export interface Endpoint {
  address: string;
  port: number;
}

export interface IcmpError {
  type: number;
  code: number;
  /** Who sent it. */
  from: string | null;
}

export interface Reply {
  outcome: 'reply';
  from: Endpoint;
  bytes: Uint8Array;
  ms: number;
}

export type ExchangeOutcome =
  | Reply
  /** `code` is an errno name; `icmp` says which error made it, where the system tells. */
  | { outcome: 'failed'; code: string; ms: number; icmp?: IcmpError }
  | { outcome: 'timed-out'; ms: number };

export interface DatagramExchange {
  /**
   * Sends one datagram from a fresh socket and waits for a reply. With `accept`, every datagram that arrives, from
   * anybody, is shown to it, and the wait goes on until it says true: only so can a forged reply be told from the
   * real one behind it. Without support for it, the first reply ends the wait.
   */
  udp(
    server: Endpoint,
    payload: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal,
    accept?: (reply: Reply) => boolean,
  ): Promise<ExchangeOutcome>;
  /** `payload` and `bytes` are bare messages: the length before them on the wire is its own affair (`tcp-frame.ts`). */
  tcp(server: Endpoint, payload: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<ExchangeOutcome>;
}
