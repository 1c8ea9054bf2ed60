// One cycle: what breaks, and what must then be true: fix → works → undo → the same state as before.
import type { Need } from '../world/capabilities.js';
import type { Device } from './device.js';

export interface Cycle {
  /** The file's name without its ending. */
  id: string;
  title: string;
  /** Of those whose plan must be the one that is taken. */
  remedy: string;
  target?: string;
  needs?: readonly Need[];
  arguments?: readonly string[];
  /** Another command than `fix TARGET --yes`. */
  words?: readonly string[];
  /** Variables of the session in which it is fixed. */
  environment?: Readonly<Record<string, string>>;
  /** Fixed and undone by a user without rights, who may become root by sudo. */
  byUser?: boolean;
  /** What that user may change alone: the journal is the user's own. */
  ownJournal?: boolean;
  /** The control group in which the command runs, one of the world's own. */
  group?: string;
  /** It is never kept. */
  isKept?: false;
  /** The fix takes it back by itself, and says why so. */
  takenBack?: RegExp;
  /** Nothing is changed: how the command ends then, what it says, and whether it did what it does instead. */
  instead?: { readonly code: number; readonly says?: RegExp; isDone(device: Device): boolean };
  /** It is never kept, and what was tried meanwhile proves this cause; null: it proves none. */
  proves?: string | null;
  breaks(device: Device): Promise<void>;
  /** Its references are asked too, as SETTINGS in internet.ts name them. */
  references?: true;
  /** What `breaks` did to other machines than the device is taken back. */
  mends?(device: Device): Promise<void>;
  /** Whether it works, asked in another way than by curl from this device. */
  works?(device: Device): Promise<boolean>;
  /** What the plan's commands must hold. */
  commands?: RegExp;
  /** What none of them may hold. */
  notCommands?: RegExp;
  /** Loads the rules as this computer does at its start; a cycle that has it changes nothing that a restart would lose. */
  boots?(device: Device): Promise<void>;
  /** What must be as before in the end, where that is not the device's own state as it stands. */
  state?(device: Device): Promise<string>;
  /** A manager loads its rules again, as it may at any moment: its command. */
  reload?: readonly [string, ...string[]];
}

export function cycle(description: Cycle): Cycle {
  return description;
}

export const TARGET = 'http://198.51.100.10/';
