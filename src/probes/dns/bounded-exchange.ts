/** Holds an injected exchange to its word: it ends in time, ends when told to, and fails as data. */
import type { ExchangeOutcome } from './datagram-exchange.js';

/** Given beyond the time-out before an exchange is held to hang. */
const GRACE_MS = 500;

/** Throws only what is no failure of the network: a bug of the exchange. An abort counts as a time-out. */
export async function boundedExchange(
  start: () => Promise<ExchangeOutcome>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ExchangeOutcome> {
  const silence: ExchangeOutcome = { outcome: 'timed-out', ms: timeoutMs };
  if (signal.aborted) return silence;
  let giveUp = (): void => {};
  const over = new Promise<ExchangeOutcome>((resolve) => (giveUp = () => resolve(silence)));
  const timer = setTimeout(giveUp, timeoutMs + GRACE_MS);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([outcomeOf(start, silence), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

async function outcomeOf(start: () => Promise<ExchangeOutcome>, silence: ExchangeOutcome): Promise<ExchangeOutcome> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return silence;
    // System errors should come as outcomes; one that slips through is still the network's.
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
      return { outcome: 'failed', code: error.code, ms: 0 };
    throw error;
  }
}
