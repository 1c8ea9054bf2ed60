/**
 * Writing, in steps as small as the kernel's own, so that a test can stop between any two of them. Every step throws
 * Cannot with a plain clause when it fails. Nothing follows a symbolic link at the end of a path.
 */
export interface Disk {
  /** Makes it (0700) where it is missing. Throws when it is a link, somebody else's, or open to others. */
  ownDirectory(path: string): Promise<void>;
  /** Null when there is no such file. */
  read(path: string, maxBytes: number): Promise<FileContent | null>;
  /** A new file with these bytes; it must not exist. */
  create(path: string, bytes: Uint8Array, rights: Rights): Promise<void>;
  /**
   * The same with a time (seconds since 1970), where others may write into the folders above it: none of them may be a
   * symbolic link, so that nobody leads it elsewhere.
   */
  place(path: string, bytes: Uint8Array, rights: Rights, modified: number): Promise<void>;
  /** Takes such a file away again, in the same way. It may be missing. */
  unplace(path: string): Promise<void>;
  /** The same file with other bytes. Not atomic: only where it cannot be replaced (something is mounted on it). */
  overwrite(path: string, bytes: Uint8Array): Promise<void>;
  sync(path: string): Promise<void>;
  /** Atomic. False when `to` is a mount point, which cannot be replaced. */
  move(from: string, to: string): Promise<boolean>;
  syncDirectory(path: string): Promise<void>;
  /** It may be missing. */
  remove(path: string): Promise<void>;
  list(path: string): Promise<readonly string[]>;
  /** For everybody to read (0755). It may be there already. */
  makeDirectory(path: string): Promise<void>;
  /** Only where nothing is in it. It may be missing. */
  removeEmptyDirectory(path: string): Promise<void>;
  /** Held until `release` or the end of the process, by the kernel. Null when another process holds it. */
  lock(path: string): Promise<HeldLock | null>;
}

export interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface FileContent extends Rights {
  readonly bytes: Uint8Array;
}

export interface HeldLock {
  release(): void;
}
