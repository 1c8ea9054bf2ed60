// What the hunt's own client is asked and what it answers, as JSON. It knows nothing of the command under test.

export interface Wish {
  readonly host: string;
  readonly port: number;
  readonly scheme: 'https' | 'http' | 'tcp';
  /** The proxy that the environment sets for it. */
  readonly proxy?: Control;
}

export interface Control {
  readonly address: string;
  readonly port: number;
}

export interface Question {
  readonly resolver: string;
  readonly name: string;
}

export type Request =
  | { readonly ask: 'target'; readonly wish: Wish }
  | {
      readonly ask: 'controls';
      readonly connect: readonly Control[];
      readonly names: readonly Question[];
      /** The same port, spoken to in the other way. */
      readonly otherWay: (Control & Wish) | null;
    };

/** What came of one connection: an errno name, 'ok', or 'timed-out'. */
export interface Tried extends Control {
  /** Fixed before it is dialled, so that its packets are known whatever becomes of it. */
  readonly localPort: number;
  readonly connect: string;
  readonly ms: number;
  /** What the proxy said, where one was asked: 'ok', or why there is no answer. */
  readonly proxy?: { readonly outcome: string; readonly status: number };
  readonly tls?: {
    /** 'ok' when the handshake ended well, whatever the certificate. */
    readonly outcome: string;
    /** What verification says of the certificate: OpenSSL's word. */
    readonly certificate: string | null;
  };
  readonly http?: { readonly outcome: string; readonly status: number; readonly location: string | null };
  /** First bytes on a plain port, or why there are none. */
  readonly greeting?: string;
}

export interface TargetAnswer {
  readonly addresses: readonly string[];
  readonly lookup: string;
  readonly tried: readonly Tried[];
}

export interface ControlsAnswer {
  readonly otherWay: Tried | null;
  readonly connect: readonly Tried[];
  readonly names: readonly (Question & { readonly outcome: string; readonly addresses: readonly string[] })[];
}
