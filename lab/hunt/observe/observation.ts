// All that was seen of one case, before anybody asks what it means.
import type { Machine } from '../../world/topology.js';
import type { ControlsAnswer, TargetAnswer, Tried } from '../client/words.js';
import type { CountedRule } from './counters.js';
import type { Cut } from './cut.js';
import type { Fate } from './fate.js';
import type { QuestionFate } from './questions.js';
import type { Steadiness } from './steadiness.js';

export interface TriedAndSeen {
  readonly tried: Tried;
  readonly fate: Fate;
  readonly cut: Cut;
}

/** The device's own state, as the kernel lists it. */
export interface DeviceState {
  /** No interface but lo is up, or none has a carrier. */
  readonly linkDown: boolean;
  /** Families of which an interface besides lo has an address of more than the link. */
  readonly families: readonly (4 | 6)[];
  /** Names of interfaces besides the cable and lo, by their index. */
  readonly others: Readonly<Record<number, string>>;
}

export interface Observation {
  readonly answer: TargetAnswer;
  readonly tried: readonly TriedAndSeen[];
  readonly questions: readonly QuestionFate[];
  readonly unanswered: readonly { readonly machine: Machine; readonly address: string }[];
  /** Rules that counted while the client spoke to the target alone. */
  readonly rules: readonly CountedRule[];
  readonly device: DeviceState;
  /** Asked only where the target fails. */
  readonly controls: ControlsAnswer & { readonly seen: readonly TriedAndSeen[] };
  /** Connections that the server's queues had no room for, while the client spoke. */
  readonly overflows: number;
  /** Rules that drop by chance, and what they counted over the whole case, the command's own packets included. */
  readonly lossy: readonly CountedRule[];
  /** Of the command's own attempts at the target. */
  readonly steadiness: Steadiness;
}
