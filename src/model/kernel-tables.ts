import type { ListenerFact } from './facts.js';

/** An object as `ip -j` prints it, by the same names. */
export type TableEntry = Readonly<Record<string, unknown>>;

/** The kernel's tables of interfaces, neighbours, rules and routes, without a program between (rtnetlink(7)). */
export interface KernelTables {
  /**
   * Answers one command of ip(8): `addr show`, `neigh show nud all`, `rule show`, `route show default`, `route get
   * [fibmatch] ADDRESS [oif DEVICE] [uid ID]`. Objects hold at least what is read of them here. `refused` has the words
   * that the kernel's error number stands for. Null where it is not surely known what the program would say: ask it.
   */
  ask(family: 0 | 4 | 6, command: readonly string[]): Promise<TableAnswer | null>;
  /** Every socket that listens, without its program. Null where the kernel does not tell. */
  listening(): Promise<readonly ListenerFact[] | null>;
  /** Those of TCP in the network of that process. Null where this one may not look into it, too. */
  listeningOf(pid: number): Promise<readonly ForeignListener[] | null>;
}

export interface ForeignListener {
  readonly address: string;
  readonly port: number;
  /** By which its holder is found in /proc. */
  readonly inode: string;
}

export type TableAnswer = { readonly entries: readonly TableEntry[] } | { readonly refused: string };
