import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { proxyOf, settingsOf } from '../../model/proxied.js';
import type { ProxySetting } from '../../model/proxy-facts.js';
import type { Culprit } from '../../model/words.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { foundEvidence } from '../evidence/other-settings.js';
import { trialHolds } from '../../model/proxy-trial.js';
import { settingCulprit, whereSet } from '../evidence/proxy-evidence.js';
import { answeringPorts, isOnLink, isOwnAddress } from '../evidence/connection-evidence.js';
import { outsideAnswers, outsideOf } from '../evidence/reference-evidence.js';
import { stoppedQuestion } from '../evidence/stopped-packets.js';

/** Nothing gets out of this network but through its proxy, which is set somewhere on this device and is not used here. */
export const cause: Cause = {
  id: 'proxy-required',
  side: 'local-network',
  stage: 'proxy',
  title: 'Only a proxy gets out of this network',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'refused', 'prohibited', 'host-unreachable', 'network-unreachable'),
    ...stoppedQuestion,
    ...symptoms('resolve', 'not-found', 'temporary-failure', 'timed-out', 'failed'),
  ],
  needs: ['proxy.choice', 'proxy.settings', 'proxy.pac', 'proxy.trials', 'references', 'name.reference'],
  judge(attempt, scene) {
    const { facts } = scene;
    if (attempt.hop > 0 || attempt.toProxy || proxyOf(facts) !== null)
      return { says: 'ruledOut', because: 'this is not about the direct way', facts: [] };
    if (isOwnAddress(attempt.address, scene) || isOnLink(attempt, scene) === true)
      return { says: 'ruledOut', because: 'nothing has to get out of this network for it', facts: ['device.routes'] };
    if (answeringPorts(attempt, scene).length > 0)
      return {
        says: 'ruledOut',
        because: 'the same server answers on another port without a proxy',
        facts: ['connect.ports'],
      };
    if (outsideAnswers(scene) === true)
      return { says: 'ruledOut', because: 'other servers answer without a proxy', facts: ['references'] };
    if (attempt.stage === 'name' && outsideNamesAnswer(scene))
      return { says: 'ruledOut', because: 'resolvers outside answer without a proxy', facts: ['name.reference'] };
    const known = fact(facts, 'proxy.settings');
    if (!known) return { says: 'unknown', missing: notYetAsked(scene, 'proxy.settings', outside(attempt)) };
    if (known.scripts.length + (known.detects?.length ?? 0) > 0 && facts['proxy.pac'] === undefined)
      return { says: 'unknown', missing: notYetAsked(scene, 'proxy.pac', outside(attempt)) };
    const usable = settingsOf(facts).filter((one) => one.server !== null);
    if (usable.length === 0) {
      const because = scriptsSay(scene) ?? 'no proxy is set on this computer, though this network may want one';
      return { says: 'unknown', missing: notYetAsked(scene, outside(attempt)), because };
    }
    return tried(attempt, usable, scene);
  },
};

/** Why the scripts that choose a proxy on this computer name none. */
function scriptsSay({ facts }: Scene): string | null {
  const { scripts, detects = [] } = fact(facts, 'proxy.settings') ?? { scripts: [] };
  if (scripts.length + detects.length === 0) return null;
  const [outcome] = fact(facts, 'proxy.pac') ?? [];
  if (!outcome) return 'a script chooses the proxy on this computer; it was not run';
  if (outcome.failure) return `the script ${outcome.url} chooses the proxy on this computer; ${outcome.failure.why}`;
  return `the script ${outcome.url}, which chooses the proxy on this computer, names none for this target`;
}

function tried(attempt: FailedAttempt, usable: readonly ProxySetting[], scene: Scene): Finding {
  const { facts } = scene;
  const trials = fact(facts, 'proxy.trials');
  if (!trials) return { says: 'unknown', missing: notYetAsked(scene, 'proxy.trials', outside(attempt)) };
  const works = trials.find((trial) => trialHolds(trial, facts.target));
  if (!works)
    return {
      says: 'unknown',
      missing: [],
      because: 'the proxies that are set on this computer do not get there either',
    };
  const { setting } = works.way;
  const elsewhere = usable.find((one) => one.name === setting.name && one.location === setting.location) ?? setting;
  const exempt = fact(facts, 'proxy.choice')?.exempt;
  const blocked = outsideAnswers(scene) === false;
  const common = {
    stage: 'proxy' as const,
    culprit: culpritOf(elsewhere, exempt),
    summary: exempt
      ? `Only the proxy gets out of this network, and ${whereSet(exempt)} takes ${attempt.host} out of it ("${exempt.entry}").`
      : `Only a proxy gets out of this network, and this program does not use it: it is set as ${whereSet(elsewhere)}.`,
    advice: exempt
      ? `take "${exempt.entry}" out of ${exempt.name}`
      : adviceFor(elsewhere, facts.target.transport === 'tls'),
    evidence: [
      { fact: 'proxy.settings' as const, says: `a proxy is set: ${whereSet(elsewhere)}` },
      { fact: 'proxy.trials' as const, says: `through that proxy ${attempt.host} answers` },
      ...(blocked
        ? [
            {
              fact: 'references' as const,
              says: `${outsideOf(facts)?.length ?? 0} other servers were asked directly, and none answered`,
            },
          ]
        : []),
      ...foundEvidence(setting, 'proxy.pac'),
    ],
  };
  // The same target, and only the proxy added: it is what was missing. That nothing else gets out is for the references to say.
  if (blocked || attempt.stage === 'name') return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.9, missing: notYetAsked(scene, outside(attempt)), ...common };
}

function culpritOf(
  setting: ProxySetting,
  exempt: { readonly name: string; readonly location: string } | undefined,
): Culprit {
  return exempt ? { kind: 'setting', name: exempt.name, location: exempt.location } : settingCulprit(setting);
}

function adviceFor({ name, location }: ProxySetting, secure: boolean): string {
  const variable = secure ? 'https_proxy' : 'http_proxy';
  if (location === 'environment') return `set ${variable} as well: ${name} does not count for this`;
  return `set ${variable} to the same for this program: log in anew, or copy it from ${location}`;
}

/** For names a resolver outside is the reference, for connections a server. */
function outside(attempt: FailedAttempt): FactKey {
  return attempt.stage === 'name' ? 'name.reference' : 'references';
}

function outsideNamesAnswer({ facts }: Scene): boolean {
  return (fact(facts, 'name.reference')?.answers ?? []).some((one) => one.rcode !== undefined);
}
