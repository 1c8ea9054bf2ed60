import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import type { BrowserProfile, BrowserRun, BrowserTrials } from '../../model/browser-facts.js';
import { fact } from '../../model/facts.js';

/** The runs that an attempt in a browser stands for. */
export interface Trial {
  readonly trials: BrowserTrials;
  /** Of the user's own profile, where one was copied. */
  readonly profile: BrowserProfile | null;
  readonly clean: BrowserRun | undefined;
  /** The run without one extension that loaded the page. */
  readonly freed: BrowserRun | undefined;
}

export function trialOf(scene: Scene): Trial | null {
  const trials = fact(scene.facts, 'browser.trials');
  if (!trials) return null;
  const profiles = fact(scene.facts, 'device.browsers')?.profiles ?? [];
  return {
    trials,
    profile: profiles.find(({ directory }) => directory === trials.directory) ?? null,
    clean: trials.runs.find(({ profile }) => profile === 'clean'),
    freed: trials.runs.find(({ profile, outcome }) => profile === 'without' && outcome.state === 'loaded'),
  };
}

export function cleanLoads({ clean }: Trial): boolean {
  return clean?.outcome.state === 'loaded';
}

export function failsThere(attempt: FailedAttempt, { trials }: Trial): Evidence {
  return {
    fact: 'browser.trials',
    says: `${trials.product} with a copy of this user's profile says ${attempt.outcome.raw}`,
  };
}

export function cleanEvidence({ trials }: Trial): Evidence {
  return { fact: 'browser.trials', says: `the same page opens in a new profile of ${trials.product}` };
}

export const notInBrowser: Finding = { says: 'ruledOut', because: 'it is no step in a browser', facts: [] };
