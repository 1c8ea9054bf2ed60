import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { cleanEvidence, cleanLoads, failsThere, notInBrowser, trialOf } from '../evidence/browser-evidence.js';

/** The browser has learned to open the host by HTTPS alone (HSTS, RFC 6797), and there HTTPS does not work. */
export const cause: Cause = {
  id: 'browser-forces-https',
  side: 'this-device',
  stage: 'http',
  title: 'The browser insists on HTTPS',
  symptoms: symptoms('browser', 'connection', 'certificate', 'failed'),
  needs: ['browser.trials', 'device.browsers'],
  judge(attempt, scene) {
    const trial = trialOf(scene);
    if (attempt.protocol !== 'browser' || !trial) return notInBrowser;
    if (scene.facts.target.scheme !== 'http') return { says: 'ruledOut', because: 'HTTPS was asked for', facts: [] };
    const pin = trial.profile?.forcesHttps ?? null;
    const own = trial.trials.runs.find(({ profile }) => profile === 'own')?.outcome;
    const turned = own?.state === 'failed' && own.url.startsWith('https:');
    if (!turned) return { says: 'ruledOut', because: 'the browser asked by HTTP', facts: ['browser.trials'] };
    if (!cleanLoads(trial) || !pin)
      return { says: 'unknown', missing: [], because: 'why the browser took HTTPS is not in its profile' };
    return {
      says: 'proven',
      culprit: { kind: 'setting', name: `HSTS for ${pin.host}`, owner: trial.trials.product, location: pin.location },
      summary: `${trial.trials.product} insists on HTTPS for ${pin.host}, as that server once asked for, and HTTPS does not work there now.`,
      advice: `tell whoever runs ${pin.host}; to forget it in this browser: chrome://net-internals/#hsts`,
      evidence: [
        failsThere(attempt, trial),
        cleanEvidence(trial),
        { fact: 'device.browsers', says: `the profile holds that ${pin.host} wants HTTPS` },
      ],
    };
  },
};
