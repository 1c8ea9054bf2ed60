import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { failsThere, notInBrowser, trialOf } from '../browser-evidence.js';

/** A policy that an administrator set for the browser blocks the page, or sends it through a proxy that is none. */
export const cause: Cause = {
  id: 'browser-policy',
  side: 'this-device',
  stage: 'http',
  title: 'A policy of the browser blocks the page',
  symptoms: symptoms('browser', 'blocked-by-administrator', 'proxy', 'name'),
  needs: ['browser.trials', 'device.browsers'],
  remedies: ['allow-in-browser-policy'],
  judge(attempt, scene) {
    const trial = trialOf(scene);
    if (attempt.protocol !== 'browser' || !trial) return notInBrowser;
    const { product } = trial.trials;
    const policies = (fact(scene.facts, 'device.browsers')?.policies ?? []).filter((one) => one.product === product);
    const wanted = attempt.outcome.code === 'proxy' ? 'proxy' : attempt.outcome.code === 'name' ? 'dns' : 'blocks';
    const policy = policies.find(({ effect }) => effect === wanted);
    const said = attempt.outcome.code === 'blocked-by-administrator';
    if (!policy)
      return said
        ? {
            says: 'fits',
            summary: `A policy of ${product} blocks ${attempt.host}; the page itself works.`,
            advice: `open chrome://policy in ${product}: it shows which one, and who set it`,
            evidence: [failsThere(attempt, trial)],
          }
        : { says: 'ruledOut', because: `no policy of ${product} is about that`, facts: ['device.browsers'] };
    const common = {
      culprit: {
        kind: 'policy' as const,
        name: `${policy.name}: ${policy.entry}`,
        owner: product,
        location: policy.location,
      },
      summary: said
        ? `A policy of ${product}, set by an administrator, blocks ${attempt.host}; the page itself works.`
        : `A policy of ${product} sends it another way (${policy.name}: ${policy.entry}), and that does not work; the page itself works.`,
      advice: `ask whoever administers this computer: the policy stands in ${policy.location}`,
      evidence: [
        failsThere(attempt, trial),
        { fact: 'device.browsers' as const, says: `${policy.location} holds ${policy.name}: ${policy.entry}` },
      ],
    };
    // The browser itself says that it was an administrator's policy; of a proxy it only says that it failed.
    return said ? { says: 'proven', ...common } : { says: 'fits', weight: 0.8, atMost: 'likely', ...common };
  },
};
