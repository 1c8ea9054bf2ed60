import type { OwnContent } from '../../model/own-file-operations.js';
import type { Arguments } from '../validate.js';

/** What is known of one kind of file. */
export interface OwnContentKind<C extends OwnContent> {
  check(args: Arguments): C;
  /** Its whole path. */
  place(what: C, id: string): string;
  /** The same for the same arguments, byte for byte. */
  text(what: C, id: string): string;
  /** How long whoever reads the folder may take until it has seen a change of it, in milliseconds. */
  readonly seenWithinMs: number;
}
