import type { FactKey } from '../model/facts.js';
import type { AnyGatherer, LaterGatherer } from '../model/gatherer.js';
import type { Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import type { Target } from '../model/target.js';

export type Listed = AnyGatherer | LaterGatherer;

export interface ProgressEvent {
  /** Milliseconds since the diagnosis began. */
  readonly at: number;
  readonly kind: 'started' | 'measured';
  readonly fact: FactKey;
  readonly state?: 'known' | 'failed' | 'skipped';
  readonly ms?: number;
}

export interface GatheringInput {
  readonly target: Target;
  readonly system: System;
  readonly options: Options;
  /** Run for each target. */
  readonly base: readonly AnyGatherer[];
  /** Run when a cause misses their fact, or when another fact takes long: loaded only then. */
  readonly more: () => Promise<readonly Listed[]>;
  /** Those of them that are loaded first. */
  readonly soon?: () => Promise<readonly AnyGatherer[]>;
  readonly signal: AbortSignal;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}
