import type { Cause, Finding, Scene } from '../../model/cause.js';
import type { FailedAttempt } from '../../model/attempt.js';
import { symptoms } from '../../model/failure.js';
import {
  cleanEvidence,
  cleanLoads,
  failsThere,
  notInBrowser,
  type Trial,
  trialOf,
} from '../evidence/browser-evidence.js';

/** An extension of the user's own browser blocks the page. Shown by taking that one extension out of a copy of the profile. */
export const cause: Cause = {
  id: 'browser-extension',
  side: 'this-device',
  stage: 'http',
  title: 'A browser extension blocks the page',
  symptoms: symptoms('browser', 'blocked-by-client', 'proxy'),
  needs: ['browser.trials', 'device.browsers'],
  judge(attempt, scene) {
    const trial = trialOf(scene);
    if (attempt.protocol !== 'browser' || !trial) return notInBrowser;
    if (trial.trials.runs.some(({ profile }) => profile === 'own') && !trial.clean)
      return { says: 'unknown', missing: [], because: 'there was no time left to try without the extensions' };
    if (!cleanLoads(trial))
      return { says: 'ruledOut', because: 'it fails without any extension too', facts: ['browser.trials'] };
    if (trial.freed?.setting)
      return {
        says: 'ruledOut',
        because: 'with all extensions, and without one setting, it opens',
        facts: ['browser.trials'],
      };
    return blamed(attempt, trial, scene);
  },
};

function blamed(attempt: FailedAttempt, trial: Trial, scene: Scene): Finding {
  const { profile, freed, trials } = trial;
  const page = scene.facts.target.host;
  const culprit = profile?.extensions.find(({ id }) => id === freed?.extension);
  if (culprit && freed) {
    const [rule] = culprit.rules;
    return {
      says: 'proven',
      culprit: {
        kind: 'extension',
        name: culprit.name,
        owner: trials.product,
        location: rule ? `${rule.location} (rule ${rule.id})` : `${profile?.directory ?? ''} (${culprit.id})`,
      },
      summary: `The extension "${culprit.name}" in ${trials.product} blocks ${page}; the page itself works.`,
      advice: `leave this site out in the settings of "${culprit.name}"; if it has none for that, open chrome://extensions/?id=${culprit.id} in ${trials.product} and switch it off while you need the page`,
      evidence: [
        { fact: 'browser.trials', says: `without "${culprit.name}", and nothing else changed, the page opens` },
        failsThere(attempt, trial),
        ...(rule
          ? [{ fact: 'device.browsers' as const, says: `one of its rules is about this page: ${rule.filter}` }]
          : []),
      ],
    };
  }
  const suspects = profile?.extensions ?? [];
  // The error says that some extension did it: all that is open is which one.
  if (attempt.outcome.code !== 'blocked-by-client')
    return { says: 'unknown', missing: [], because: 'no single extension makes the difference' };
  return {
    says: 'fits',
    weight: 0.8,
    summary: `An extension in ${trials.product} blocks ${page}; the page itself works.`,
    advice: 'switch the extensions off one by one: the page opens without them',
    evidence: [
      failsThere(attempt, trial),
      cleanEvidence(trial),
      ...(suspects.length > 0
        ? [
            {
              fact: 'device.browsers' as const,
              says: `can block pages: ${suspects
                .slice(0, 5)
                .map(({ name }) => name)
                .join(', ')}`,
            },
          ]
        : []),
      ...(profile?.unreadable ?? []).slice(0, 3).map((file) => ({
        fact: 'device.browsers' as const,
        says: `cannot be read: ${file}`,
      })),
    ],
  };
}
