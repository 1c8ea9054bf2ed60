/** What goes over one link below IP (packet(7)). To be had with CAP_NET_RAW only. */
export interface Links {
  /** Asks the link who has an address, and listens for a while. A text says why it could not be asked. */
  whoHas(question: LinkQuestion, signal: AbortSignal): Promise<readonly LinkAnswer[] | string>;
  /** The first packet of a connection, handed to one device of the link, whatever this device's own tables hold. Null: it could not be sent. */
  knock(request: Knock, signal: AbortSignal): Promise<KnockOutcome | null>;
  /** Listens to what this device hands to the link, until the signal fires. A text says why it cannot be heard. */
  leaving(question: LeavingQuestion, signal: AbortSignal): Promise<LeavingCount | string>;
  /**
   * Listens to what comes in of TCP from one address, on any interface, until the signal fires: the first 256 packets.
   * `ready` is called once it is heard. A text says why it cannot be.
   */
  answers(address: string, signal: AbortSignal, ready: () => void): Promise<readonly AnswerHead[] | string>;
  /**
   * Asks the routers of the link to say who they are (RFC 4861), once, and listens until the first has, or the time is up.
   * A text says why they could not be asked.
   */
  routersSay(question: RouterQuestion, signal: AbortSignal): Promise<readonly RouterWord[] | string>;
}

export interface RouterQuestion {
  /** Index of the interface. */
  readonly index: number;
  /** This device's address of the link; null: none. */
  readonly source: string | null;
  readonly waitMs: number;
}

/** A router advertisement, as far as it is of use here. */
export interface RouterWord {
  readonly from: string;
  /** RFC 8910: where its portal is to be asked. */
  readonly portal: string | null;
}

/** What a packet's headers say of who made it. */
export interface AnswerHead {
  /** The sender's port, and this device's. */
  readonly port: number;
  readonly localPort: number;
  readonly kind: 'accepts' | 'reset' | 'other';
  /** TTL, or hop limit. */
  readonly ttl: number;
  /** IP id and DF bit; null for IPv6, which has none. */
  readonly id: number | null;
  readonly whole: boolean | null;
  readonly window: number;
  readonly optionBytes: number;
}

export interface LeavingQuestion {
  readonly index: number;
  readonly address: string;
  readonly port: number;
}

export interface LeavingCount {
  /** Frames of this device, whatever is in them: that it was heard at all. */
  readonly frames: number;
  /** First packets of TCP connections to that address and port. */
  readonly opening: number;
  /** What came from there in answer to them: an acceptance or a refusal, as the link delivered it. */
  readonly answers: number;
}

export interface LinkQuestion {
  readonly address: string;
  /** Index of the interface. */
  readonly index: number;
  /** Who asks; null: nobody yet, as a device does that wants the address for itself. */
  readonly source: string | null;
  readonly times: number;
  readonly waitMs: number;
}

export interface LinkAnswer {
  readonly mac: string;
  readonly ms: number;
  /** The answer to a question without a source. */
  readonly toProbe: boolean;
  /** IPv6: it speaks for itself. Who answers for another one must not say so (RFC 4861, 7.2.8). */
  readonly override: boolean | null;
}

export interface Knock {
  readonly address: string;
  readonly port: number;
  readonly source: string;
  readonly index: number;
  readonly mac: string;
  readonly timeoutMs: number;
}

export type KnockOutcome = 'open' | 'refused' | 'none';
