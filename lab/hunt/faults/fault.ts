// A fault: what it does to a draft, and what it was meant to do in one line; null where it cannot be in that world.
import type { Draft } from '../world/draft.js';

export type Fault = (draft: Draft) => string | null;

/** Each with how often it is drawn. */
export type Faults = readonly (readonly [number, Fault])[];
