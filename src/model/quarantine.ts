import type { Hostile } from './facts.js';

/** A file that a scanner has moved away, as far as it is known without opening it. */
export interface QuarantinedFile {
  /** Stays the same as long as the file lies where it is. */
  readonly id: string;
  readonly product: string;
  /** Whether this product's way of keeping files was seen of the real product. */
  readonly tried: boolean;
  /** Where it lies now. */
  readonly file: Hostile;
  /** `link` and `shared`: a name that somebody else put there, which leads to or is another file too. */
  readonly state: 'there' | 'gone' | 'link' | 'shared' | 'no-file' | 'closed';
  /** Where it was; null where nobody wrote it down. */
  readonly original: Hostile | null;
  readonly signature: Hostile | null;
  /** ISO 8601. */
  readonly at: string | null;
  readonly size: number | null;
  /** As it was before: what the product wrote down, else what the file still has. */
  readonly owner: { readonly uid: number; readonly gid: number; readonly mode: number } | null;
  readonly modified: string | null;
  /** What tells of it: a log, a file of the product. */
  readonly record: string | null;
}

/** A folder into which something is moved, and what says so. */
export interface QuarantineFolder {
  readonly folder: string;
  readonly product: string;
  readonly because: string;
  /** Where whoever moves them writes it down. */
  readonly log: string | null;
  readonly readable: boolean;
}

export interface QuarantineList {
  readonly folders: readonly QuarantineFolder[];
  readonly files: readonly QuarantinedFile[];
  /** There were more than are told. */
  readonly truncated: boolean;
}

export interface Inspected extends QuarantinedFile {
  readonly sha256: string | null;
  /** Why it could not be read. */
  readonly unread: string | null;
  /** Whose file it was, by the package manager; null where it is nobody's or where that is not known. */
  readonly package: {
    readonly name: string;
    /** Whether it is still byte for byte what the package brought; null where the package keeps no checksum of it. */
    readonly unchanged: boolean | null;
  } | null;
}

/** What one scanner says of a file when it is asked now. */
export interface Opinion {
  readonly scanner: string;
  /** `divided`: those that it speaks for do not agree, so that it is no word either way. */
  readonly says: 'clean' | 'found' | 'divided' | 'no-answer';
  /** The signature, or why there is no answer. */
  readonly words: Hostile;
  /** Whether its finding nothing is a second opinion for the file. */
  readonly speaksFor: boolean;
  /** How fresh what it knows is. */
  readonly knows: string | null;
}
