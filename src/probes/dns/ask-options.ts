/** How a resolver is asked, with what holds when nothing is said. */

export interface AskOptions {
  transport?: 'udp' | 'tcp';
  /** Silence after which the next try is sent, and after the last one given up. All tries stay open until then. */
  udpTimeoutsMs?: readonly number[];
  tcpTimeoutMs?: number;
  /** How long a better reply is waited for after one with the right id that is unreadable or about something else. */
  settleMs?: number;
  /** How long a second, different reply is waited for after a good one: two answers to one query mean two speakers. */
  lingerMs?: number;
  recursionDesired?: boolean;
  checkingDisabled?: boolean;
  dnssecOk?: boolean;
  /** 16 random bits; by default from the platform's source for cryptography. */
  randomId?: () => number;
  signal?: AbortSignal;
}

export type AskSettings = Required<AskOptions>;

const MAX_TRIES = 4;

export function settingsOf(options: AskOptions): AskSettings {
  const timeouts = (options.udpTimeoutsMs ?? [1000, 1500]).slice(0, MAX_TRIES);
  return {
    transport: options.transport ?? 'udp',
    udpTimeoutsMs: timeouts.length > 0 ? timeouts : [1000],
    tcpTimeoutMs: options.tcpTimeoutMs ?? 2000,
    settleMs: options.settleMs ?? 250,
    lingerMs: options.lingerMs ?? 0,
    recursionDesired: options.recursionDesired ?? true,
    checkingDisabled: options.checkingDisabled ?? false,
    dnssecOk: options.dnssecOk ?? false,
    randomId: options.randomId ?? randomId,
    signal: options.signal ?? new AbortController().signal,
  };
}

function randomId(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}
