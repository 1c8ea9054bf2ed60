import type { Change, ProcessMark } from '../../model/change.js';
import type { Disk } from '../../model/disk.js';
import type { Clock, System } from '../../model/system.js';
import type { Hands } from '../../operations/operation-kind.js';
import type { Journal } from './journal.js';

/** All that a repair does to the machine goes through these, so that a test can break any of them at any step. */
export interface Tools {
  readonly journal: Journal;
  readonly disk: Disk;
  readonly run: System['run'];
  readonly clock: Clock;
  random(length: number): Uint8Array;
  /** This very process. */
  readonly self: ProcessMark;
  isAlive(mark: ProcessMark): boolean;
  /** Ways to start an independent process that takes the change back, the most independent first. */
  readonly watchdogs: readonly ((change: Change) => WatchdogProcess)[];
}

/** The other process, as this one sees it: lines both ways, and its end. */
export interface WatchdogProcess {
  tell(line: string): void;
  /** The next line that it says; null when it has ended, or `ms` are over. */
  hear(ms: number): Promise<string | null>;
  readonly hasEnded: boolean;
  readonly ended: Promise<void>;
}

export function handsFor(id: string, { run, disk, clock, journal }: Tools): Hands {
  return { id, run, disk, clock, journal: journal.directory };
}
