import type { FailedAttempt } from '../model/attempt.js';
import type { CatalogueEntry, Finding, Scene } from '../model/cause.js';

/**
 * Causes of the catalogue that nobody has built yet. They count as unknown, so that no verdict is surer than the whole
 * catalogue allows. Some know at least what rules them out.
 */
export interface UnbuiltCause extends CatalogueEntry {
  /** A fact that rules it out, as far as one is known; null when it stays unknown. */
  readonly excluded?: (attempt: FailedAttempt, scene: Scene) => Finding | null;
}

export const unbuilt: readonly UnbuiltCause[] = [];
