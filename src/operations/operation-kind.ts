import type { Disk } from '../model/disk.js';
import type { Operation } from '../model/operation.js';
import type { Clock, System } from '../model/system.js';

/** What operations work with. Programs by fixed name and argument array; files by the disk's small steps. */
export interface Hands {
  /** The change's id: it marks what was added, so that nobody else's is ever taken away. */
  readonly id: string;
  readonly run: System['run'];
  readonly disk: Disk;
  readonly clock: Clock;
  /** The journal's own directory. */
  readonly journal: string;
}

/**
 * How the machine stands towards an operation.
 * - `before`: as it was before the change.
 * - `after`: exactly as the change left it.
 * - `torn`: it is what is left when writing is cut off in the middle. While a change is being made that is ours.
 * - `other`: somebody else changed it. `ours`: what the change did is still in it and can be taken out alone.
 */
export type Look =
  | { readonly is: 'before' | 'after' }
  | { readonly is: 'torn'; readonly difference: readonly string[] }
  | { readonly is: 'other'; readonly ours: boolean; readonly difference: readonly string[] };

/** One kind of change: all that is known about doing and undoing it. Every method throws Cannot with the reason. */
export interface OperationKindOf<O extends Operation, Before> {
  readonly kind: O['kind'];
  /** Arguments as they came from a plan or from the journal; anything unknown or out of bounds is refused. */
  check(args: Readonly<Record<string, unknown>>): O;
  /** For reading, never run. */
  commands(operation: O, id: string, before: Before): readonly string[];
  undo(operation: O, id: string, before: Before): readonly string[];
  /** The state before, plain JSON; throws when the plan no longer fits the machine. Changes nothing. */
  capture(operation: O, hands: Hands): Promise<Before>;
  /** Lines with `+` and `-`, as they would change. */
  preview(operation: O, before: Before, id: string): readonly string[];
  apply(operation: O, before: Before, hands: Hands): Promise<void>;
  look(operation: O, before: Before, hands: Hands, after?: unknown): Promise<Look>;
  /** Where nobody can say beforehand how the change leaves it: what is noted once it is made, plain JSON for `look`. */
  settled?(operation: O, hands: Hands): Promise<unknown>;
  /** Of a change that was cut off: waits, for some seconds, for what it has asked another program to do. */
  rest?(operation: O, before: Before, hands: Hands): Promise<void>;
  /** Takes out what the change did, and leaves what others did meanwhile. Doing it twice is the same as once. */
  revert(operation: O, before: Before, hands: Hands): Promise<void>;
  /** Removes what a cut in the middle may leave beside: half-written files and the like. */
  sweep?(operation: O, hands: Hands): Promise<void>;
}
