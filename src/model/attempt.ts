import type { Failure } from './failure.js';
import type { Stage } from './words.js';

/**
 * One thing that was tried. Attempts hang on each other: name → connect → tls → http. Each resolver's and each
 * address's stands on its own.
 */
export interface Attempt {
  /** `name`, `resolver:192.0.2.53`, `connect:198.51.100.10:443`, `tls:…`, `http:…`, `service:…`; `redirect1:…` before those of a redirect, `proxy:…` before steps to a proxy. */
  readonly id: string;
  readonly stage: Stage;
  readonly protocol:
    | 'getaddrinfo'
    | 'dns'
    | 'tcp'
    | 'quic'
    | 'tls'
    | 'http'
    | 'service'
    | 'unix'
    | 'proxy'
    | 'browser'
    | 'program';
  /** The name that this is for. */
  readonly host: string;
  readonly address: string | null;
  readonly port: number | null;
  /** The attempt that this one was made possible by. */
  readonly on: string | null;
  /** 0 for the target itself, 1… for each redirect after it. */
  readonly hop: number;
  /** A step on the way to a proxy, not to the target itself: its host is the proxy's. */
  readonly toProxy?: true;
  /** It was made through a proxy, which then saw it too. */
  readonly throughProxy?: true;
  /** The named program itself did it, not this diagnosis. */
  readonly byProgram?: true;
  /** It was not tried: a rule that was read says what would become of it. */
  readonly foretold?: true;
  readonly outcome: 'ok' | Failure;
  /** Failed at first, then held on a retry. */
  readonly recovered?: { readonly failures: number; readonly tries: number; readonly first: Failure };
}

export interface FailedAttempt extends Attempt {
  readonly outcome: Failure;
}

export function hasFailed(attempt: Attempt): attempt is FailedAttempt {
  return attempt.outcome !== 'ok';
}
