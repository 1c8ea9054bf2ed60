import type { FactKey } from '../model/facts.js';
import type { LateStep, LateWait } from '../model/gatherer.js';

/** One wait for a late answer, and what was begun because of it. */
export interface LateEntry {
  /** Null where it is the name that nobody answers for. */
  readonly step: LateStep | null;
  readonly begun: Set<FactKey>;
  /** Fires when it was answered after all, or failed otherwise than by silence: what it began is of no use. */
  readonly over: AbortSignal;
  readonly explained: AbortSignal;
}

/** What is said on the open connection, and what hangs on it: an experiment about a late answer does not wait for it. */
const steps: ReadonlySet<FactKey> = new Set<FactKey>(['tls', 'http', 'greeting', 'redirects']);
const names: ReadonlySet<FactKey> = new Set<FactKey>(['name.system']);

export function withoutSteps(needs: readonly FactKey[], { step }: Pick<LateEntry, 'step'>): FactKey[] {
  const late = step === null ? names : steps;
  return needs.filter((key) => !late.has(key));
}

/**
 * The steps of one diagnosis whose answer is late. The experiments are about the first of them: another address of the
 * same target that is silent too is waited for alone.
 */
export class LateSteps {
  readonly #begin: (entry: LateEntry) => void;
  readonly #forget: (entry: LateEntry) => void;
  readonly #waits: { readonly step: LateStep; readonly explained: AbortController }[] = [];
  #first: LateEntry | null = null;

  constructor(begin: (entry: LateEntry) => void, forget: (entry: LateEntry) => void) {
    this.#begin = begin;
    this.#forget = forget;
  }

  /** The step that the experiments are about. */
  get step(): LateStep | null {
    return this.#first?.step ?? null;
  }

  /** What the wait for the first of them has begun at the target. */
  get begun(): ReadonlySet<FactKey> {
    return this.step === null ? new Set() : (this.#first?.begun ?? new Set());
  }

  add(step: LateStep | null): LateWait {
    const explained = new AbortController();
    if (step) this.#waits.push({ step, explained });
    if (this.#first) return { explained: explained.signal, end: () => undefined };
    const over = new AbortController();
    const entry = { step, begun: new Set<FactKey>(), over: over.signal, explained: explained.signal };
    this.#first = entry;
    this.#begin(entry);
    return {
      explained: explained.signal,
      end: (stayedSilent) => {
        if (stayedSilent || over.signal.aborted) return;
        over.abort();
        this.#first = null;
        this.#forget(entry);
      },
    };
  }

  explain({ address, port, step }: Pick<LateStep, 'address' | 'port' | 'step'>): void {
    for (const one of this.#waits)
      if (one.step.address === address && one.step.port === port && one.step.step === step) one.explained.abort();
  }
}
