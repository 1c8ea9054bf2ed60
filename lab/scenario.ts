// A scenario: what is typed, what is broken, and what the answer must be. The truth comes from what was broken.
import type { Certainty, Culprit, Outcome, RuleReference, Side, Stage } from '../src/model/words.js';
import type { Need } from './world/capabilities.js';
import type { DeviceFiles } from './world/device-files.js';
import type { Zone, Services } from './services/description.js';
import type { Step } from './world/steps.js';
import type { Machine } from './world/topology.js';

export type ScenarioSide = 'target' | 'names' | 'device' | 'network' | 'path' | 'server' | 'fine';

/** A culprit of which only what matters is said. A string value may be a list of which one must match. */
export interface CulpritExpectation {
  kind?: Culprit['kind'] | readonly Culprit['kind'][];
  name?: string | RegExp;
  address?: string | RegExp;
  owner?: string;
  location?: string | RegExp;
  rule?: Partial<Pick<RuleReference, 'family' | 'table' | 'chain' | 'number' | 'backend'>> & {
    /** Label of an nft step whose rule must be named: its handle is read from the kernel. */
    handleOf?: string;
    text?: RegExp;
  };
}

export interface Expectation {
  outcome: Outcome;
  /** One cause; several where nobody at this position can tell them apart, or where both are right. */
  cause: string | readonly string[];
  side?: Side | readonly Side[];
  stage?: Stage | readonly Stage[];
  certainty?: { atLeast?: Certainty; atMost?: Certainty };
  /** When the cause is undetermined: the true cause (all of these) must be among the candidates. */
  candidates?: readonly string[];
  culprit?: CulpritExpectation;
  /** Causes that must be told beside it. */
  also?: readonly string[];
  /** One piece of the evidence must say this. */
  evidence?: RegExp;
  /** Must be blamed nowhere: neither as the cause nor, with confirmed or proven, in `also`. */
  innocent?: readonly string[];
  /** Text that no culprit anywhere in the report may hold (the distractor's address, chain, file). */
  innocentText?: readonly string[];
}

/** Any of several answers, where each is right. */
export type Expectations = Expectation | { anyOf: readonly Expectation[] };

export interface Scenario {
  /** The file's name without its ending. */
  id: string;
  /** The folder's name. */
  side: ScenarioSide;
  title: string;
  /** As a user would type it; `{world}` in it is a directory of that world. */
  target: string;
  arguments?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** A command that is run by `run --`; the target then is what its first report must be about. */
  run?: readonly [string, ...string[]];
  /** The control group, made by a step, in which the command of the lab itself runs. */
  group?: string;
  /** The cause that this scenario shows. */
  shows: string;
  /** Causes that it nearly is, and that must not be given. */
  nearly?: readonly string[];
  /** Services of a machine, in place of the usual ones. */
  services?: Partial<Record<Machine, Services>>;
  /** Names added to what both resolvers know (or, by null, taken away). */
  names?: Zone;
  /** Whole content of the device's files, where not the usual one. */
  files?: DeviceFiles;
  /** What breaks: one thing. Empty when the broken thing is a service or a file above. */
  break: readonly Step[];
  /** Things that look guilty and are not. */
  distractors?: readonly Step[];
  expect: { root: Expectations; user: Expectations };
  /** The other one may not even ask, or is not meant: only this one is run. */
  only?: 'root' | 'user';
  needs?: readonly Need[];
  /** The two runs must not share a world: the first would change what the second sees. */
  fresh?: true;
}

/** Checks at the type level only; the id and side are held against the file's place by a test. */
export function scenario(description: Scenario): Scenario {
  return description;
}

export const reachable: Expectation = {
  outcome: 'reachable',
  cause: 'reachable',
  side: 'none',
  certainty: { atLeast: 'confirmed' },
};

/** The same answer as root and as a user. */
export function both(expectation: Expectations): { root: Expectations; user: Expectations } {
  return { root: expectation, user: expectation };
}

export function failed(cause: string | readonly string[], more: Partial<Expectation> = {}): Expectation {
  return { outcome: 'failed', cause, ...more };
}

/** Nobody at this position can tell: the true cause must be among those offered. */
export function undetermined(candidates: readonly string[], more: Partial<Expectation> = {}): Expectation {
  return { outcome: 'failed', cause: 'undetermined', candidates, ...more };
}

export const sure = { certainty: { atLeast: 'confirmed' } } as const;
export const likely = { certainty: { atLeast: 'likely' } } as const;
/** The evidence carries it so far and no further. */
export const onlyLikely = { certainty: { atLeast: 'likely', atMost: 'likely' } } as const;
export const atMostLikely = { certainty: { atMost: 'likely' } } as const;

/** A rule of this device's own firewall: root sees which, a user that it is this device. */
export function localFirewall(
  rule: NonNullable<CulpritExpectation['rule']>,
  more: CulpritExpectation = {},
): { root: Expectations; user: Expectations } {
  return {
    root: {
      outcome: 'failed',
      cause: 'local-firewall',
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', ...more, rule },
    },
    user: {
      outcome: 'failed',
      cause: 'local-firewall',
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
    },
  };
}
