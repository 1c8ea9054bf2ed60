import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { policySteps } from '../evidence/policy-steps.js';
import { cleanLoads, failsThere, notInBrowser, type Trial, trialOf } from '../evidence/browser-evidence.js';

/**
 * A policy that an administrator set for the browser blocks the page, sends it through a proxy that is none, or to a
 * resolver that does not answer; or a setting of the user's own profile does so.
 */
export const cause: Cause = {
  id: 'browser-policy',
  side: 'this-device',
  stage: 'http',
  title: 'A policy or a setting of the browser blocks the page',
  symptoms: symptoms('browser', 'blocked-by-administrator', 'proxy', 'name'),
  needs: ['browser.trials', 'device.browsers'],
  beside: ofFirefox,
  remedies: ['allow-in-browser-policy'],
  judge(attempt, scene) {
    const trial = trialOf(scene);
    if (attempt.protocol !== 'browser' || !trial) return notInBrowser;
    const { product } = trial.trials;
    const policies = (fact(scene.facts, 'device.browsers')?.policies ?? []).filter((one) => one.product === product);
    const wanted = attempt.outcome.code === 'proxy' ? 'proxy' : attempt.outcome.code === 'name' ? 'dns' : 'blocks';
    const policy = policies.find(({ effect }) => effect === wanted);
    const said = attempt.outcome.code === 'blocked-by-administrator';
    if (!said && cleanLoads(trial)) return ofProfile(attempt, trial);
    if (!policy)
      return said
        ? {
            says: 'fits',
            summary: `A policy of ${product} blocks ${attempt.host}; the page itself works.`,
            advice: `open chrome://policy in ${product}: it shows which one, and who set it`,
            evidence: [failsThere(attempt, trial)],
          }
        : { says: 'ruledOut', because: `no policy of ${product} is about that`, facts: ['device.browsers'] };
    const entry = `${policy.name}: ${policy.entry}`;
    const common = {
      culprit: { kind: 'policy' as const, name: entry, owner: product, location: policy.location },
      summary: said
        ? policy.byHttps
          ? `${product} asks for ${attempt.host} by HTTPS first, and a policy, set by an administrator, blocks that; the page itself works.`
          : `A policy of ${product}, set by an administrator, blocks ${attempt.host}; the page itself works.`
        : wanted === 'dns'
          ? `A policy of ${product} lets it ask for names by HTTPS alone (${entry}), and it gets no answer; the page itself works.`
          : `A policy of ${product} sends it another way (${entry}), and that does not work; the page itself works.`,
      advice: policySteps(policy, attempt.host),
      evidence: [
        failsThere(attempt, trial),
        { fact: 'device.browsers' as const, says: `${policy.location} holds ${entry}` },
      ],
    };
    // The browser itself says that it was an administrator's policy; of a proxy it only says that it failed.
    return said ? { says: 'proven', ...common } : { says: 'fits', weight: 0.8, atMost: 'likely', ...common };
  },
};

/**
 * Firefox is not started here: that its own file blocks the page is read, by the rules that were measured of it. It is told
 * where the page itself works, as what nobody else would see.
 */
function ofFirefox({ facts }: Scene): (Finding & { readonly says: 'fits' }) | null {
  const found = fact(facts, 'device.browsers')?.policies ?? [];
  const policy = found.find(({ product, effect }) => product === 'Firefox' && effect === 'blocks');
  if (policy === undefined) return null;
  const entry = `${policy.name}: ${policy.entry}`;
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    culprit: { kind: 'policy', name: entry, owner: 'Firefox', location: policy.location },
    summary: `A policy of Firefox, set by an administrator, blocks ${facts.target.host} (${entry} in ${policy.location}).`,
    advice: policySteps(policy, facts.target.host),
    evidence: [{ fact: 'device.browsers', says: `${policy.location} holds ${entry}; Firefox itself was not started` }],
  };
}

/** Policies hold for a new profile too. What fails in the user's own one alone is a setting of that. */
function ofProfile(attempt: FailedAttempt, trial: Trial): Finding {
  const { freed, profile, trials } = trial;
  const setting = freed?.setting === 'proxy' ? profile?.proxy : freed?.setting ? profile?.secureNames : null;
  if (!setting)
    return {
      says: 'ruledOut',
      because: 'it opens in a new profile, for which policies hold too',
      facts: ['browser.trials'],
    };
  const isProxy = freed?.setting === 'proxy';
  return {
    says: 'proven',
    culprit: {
      kind: 'setting',
      name: `${isProxy ? 'proxy' : 'secure DNS'}: ${setting.text}`,
      owner: trials.product,
      location: setting.location,
    },
    summary: isProxy
      ? `A setting of this user’s profile sends ${trials.product} through a proxy (${setting.text}), and that does not work; the page itself works.`
      : `${trials.product} asks for names by HTTPS alone, as this user’s profile says (${setting.text}), and gets no answer; the page itself works.`,
    advice: isProxy
      ? `close ${trials.product}, keep a copy of ${setting.location}, and take the entry "proxy" out of it; another profile of ${trials.product} does without it`
      : `open chrome://settings/security in ${trials.product} and choose another provider under "Use secure DNS", or switch it off`,
    evidence: [
      { fact: 'browser.trials', says: 'without that setting, and nothing else changed, the page opens' },
      failsThere(attempt, trial),
      { fact: 'device.browsers', says: `${setting.location} holds ${setting.text}` },
    ],
  };
}
