import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';

/**
 * The pages send the visitor in a circle. Asked without cookies, so that a circle which only a cookie ends shows as one:
 * that is told, and never called proven.
 */
export const cause: Cause = {
  id: 'redirect-loop',
  side: 'server',
  stage: 'http',
  title: 'The pages of the site redirect in a circle',
  symptoms: symptoms('http', 'redirect-loop'),
  needs: ['redirects'],
  judge(attempt, scene) {
    const steps = fact(scene.facts, 'redirects');
    if (!steps) return { says: 'unknown', missing: ['redirects'] };
    const schemes = new Set(steps.map((step) => step.url.split(':')[0]));
    return {
      says: 'fits',
      weight: 0.8,
      culprit: { kind: 'server', name: attempt.host },
      summary: `The pages of ${scene.facts.target.host} redirect in a circle and never arrive.`,
      advice:
        schemes.size > 1
          ? 'the owner has to mend it: http and https lead to each other, often a content network that speaks http to the server'
          : 'delete the cookies of this site and try again; else the owner has to mend it',
      evidence: [
        { fact: 'redirects', says: `${steps.length} steps, then ${attempt.outcome.raw}; asked without cookies` },
      ],
    };
  },
};
