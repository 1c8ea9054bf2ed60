import type { ConnectTry, FactKey, Facts, FactValues } from './facts.js';
import type { Measured } from './observed.js';
import type { Options } from './settings.js';
import type { System } from './system.js';
import type { Duplex } from 'node:stream';

/** How dear a measurement is: nothing but this device's own state, a few packets, or many or to third parties. */
export type Cost = 'local' | 'light' | 'heavy';

/** A step on an open connection whose answer is late: it is waited for still. */
export interface LateStep {
  readonly address: string;
  readonly port: number;
  readonly step: 'tls' | 'http' | 'greeting';
  /** Whether the other side's kernel has acknowledged what was said; null where that is not seen. */
  readonly taken: boolean | null;
  /** Whether something of the answer has come by now, or what came before it took long: it is slow, not silent. */
  isSlow(): boolean;
}

export interface LateWait {
  /** Fires when an experiment has shown why: longer waiting would show nothing new. */
  readonly explained: AbortSignal;
  /** The wait is over. What was measured because of it is forgotten unless it stayed silent to the end. */
  end(stayedSilent: boolean): void;
}

export interface Context {
  readonly system: System;
  readonly options: Options;
  /** Fires when the diagnosis is over or given up. A gatherer returns soon after with what it has. */
  readonly signal: AbortSignal;
  /** Connections that stay open for the next step, by attempt id. Never in facts. */
  readonly streams: Map<string, Duplex>;
  /** Milliseconds left for the whole diagnosis. */
  remaining(): number;
  /** A fact that may still be on its way; resolves with the facts once it is there (or will never be). */
  settled(key: FactKey): Promise<void>;
  /** Tells of a connection that failed: what is needed then is begun while the others, and its repeats, go on. */
  readonly troubled?: (failed: ConnectTry) => void;
  /** Those that were told of so far. */
  readonly troubles?: () => readonly ConnectTry[];
  /** Tells of a step that is late: the experiments that tell why are begun while it is waited for. */
  readonly late?: (step: LateStep) => LateWait;
  /** The same where no resolver gives an answer and the system may still get one. */
  readonly nameless?: () => Pick<LateWait, 'end'>;
  /** The first late step, until it is answered. */
  readonly lateStep?: () => LateStep | null;
  /** Something was shown that explains it. */
  readonly explained?: (step: Pick<LateStep, 'address' | 'port' | 'step'>) => void;
  /** As `settled`, for a fact that a gatherer wants after all: it is begun if nobody has. */
  readonly wanted?: (key: FactKey) => Promise<void>;
  /** The facts as they are at this moment, for a gatherer that waits on another one. */
  latest(): Facts;
}

/**
 * A probe or an inspector: measures one thing and never judges. It sees facts, never causes, and never throws for what
 * the network does.
 */
export interface Gatherer<K extends FactKey = FactKey> {
  readonly fact: K;
  /** Facts that must be settled before it starts. */
  readonly needs: readonly FactKey[];
  /** Started for each target, or only when a cause misses its fact. */
  readonly base: boolean;
  readonly cost: Cost;
  readonly platforms: readonly string[] | 'any';
  readonly privilege: 'none' | 'root';
  /** Third parties are contacted: only where references are allowed. */
  readonly reference?: boolean;
  /**
   * Starts it early: also when that fact, or one of them, is still being gathered after so many milliseconds (silence is
   * likely then).
   */
  readonly hedge?: { readonly fact: FactKey | readonly FactKey[]; readonly afterMs: number };
  /**
   * Begun so long after a step turned out to be late as well, without the steps that it needs. Anything but 0: only where
   * nothing has explained it by then. `taken`: only where what was said did arrive, as far as can be seen. `slow`: only where the step is slow by then, or so long after it.
   * `greets`: also where a service's first words are late, and not a handshake or a page.
   */
  readonly whenLate?: {
    readonly afterMs: number;
    readonly taken?: true;
    readonly slow?: { readonly orAfterMs: number };
    readonly greets?: true;
  };
  /** Begun as well once no resolver of this device has given an answer, while the system is still being asked for the name. */
  readonly whenNameless?: true;
  /**
   * Asks nobody at the target, nor to have packets on the way there counted or followed: it disturbs nothing that is
   * measured there, and is begun beside it.
   */
  readonly apart?: true;
  /**
   * Started before the causes are loaded, since each failure that it can say something of asks for it: as soon as anything
   * failed ('failing'), or once all connections were tried and somebody refused one ('failed').
   */
  readonly early?: 'failing' | 'failed';
  /** Why it has nothing to measure for these facts, or null when it has. */
  readonly when?: (facts: Facts, context: Context) => string | null;
  gather(facts: Facts, context: Context): Promise<Measured<FactValues[K]>>;
  /** Loads what it will need, step by step, while the network is waited for. Nothing depends on it. */
  warm?(context: Context): AsyncIterable<unknown>;
}

/** All of it but the work, which is loaded when it is done: most of a short diagnosis is start-up. */
export type GathererHead<K extends FactKey = FactKey> = Omit<Gatherer<K>, 'gather' | 'warm'>;

/** Any gatherer, whatever its fact: for lists of them. */
export type AnyGatherer = { [K in FactKey]: Gatherer<K> }[FactKey];

/** What the engine must know to decide whether a gatherer is run. The rest is loaded when it is. */
export interface LaterGatherer extends Pick<
  Gatherer,
  | 'fact'
  | 'needs'
  | 'base'
  | 'cost'
  | 'platforms'
  | 'privilege'
  | 'reference'
  | 'hedge'
  | 'whenLate'
  | 'whenNameless'
  | 'apart'
> {
  load(): Promise<AnyGatherer>;
}
