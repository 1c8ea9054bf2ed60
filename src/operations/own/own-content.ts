import type { OwnContent } from '../../model/own-file-operations.js';
import type { Hands } from '../operation-kind.js';
import type { Told } from '../untold.js';
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
  /** Who reads the folder again only when told, how, and in which words. */
  readonly reader?: Told;
  readonly telling?: readonly string[];
  tell?(hands: Pick<Hands, 'run'>): Promise<void>;
}
