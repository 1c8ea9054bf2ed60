import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { mayBeProxysOwn, proxyUrl, sameForNobody, saysAlike, wordsOfNoProxy } from '../../model/proxied.js';
import type { ProxySetting, ProxyWay } from '../../model/proxy-facts.js';
import { answeringProxy } from '../../model/proxy-trial.js';
import { answeredFromOutside, isOwnAddress, refusedByReset, triesOf } from '../evidence/connection-evidence.js';
import { listenersFor } from '../evidence/listener-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { withOtherSettings } from '../evidence/other-settings.js';
import {
  type Direct,
  directEvidence,
  directly,
  isNearby,
  isOfProxy,
  isSignedByProxy,
  leadsElsewhere,
  notTriedDirectly,
  proxyName,
  settingCulprit,
  wayFact,
  wayOf,
  whereSet,
} from '../evidence/proxy-evidence.js';

/**
 * A proxy is set that cannot be one: its URL is none, its name leads nowhere, nothing or something else answers there, or
 * it is spoken to in the wrong scheme. Or it is set for a host that only this side of it can reach.
 */
export const cause: Cause = {
  id: 'proxy-misconfigured',
  side: 'this-device',
  stage: 'proxy',
  title: 'The proxy setting is wrong',
  symptoms: [
    ...symptoms('proxy'),
    ...symptoms('resolve', 'not-found', 'useless-address'),
    ...symptoms('connect', 'refused'),
    ...symptoms('tls'),
    ...symptoms('http', 'not-http', 'closed', 'reset', 'timed-out', 'tls-expected'),
    ...symptoms('http', 'forbidden', 'bad-gateway', 'gateway-timeout', 'unavailable', 'server-error'),
  ],
  needs: ['proxy.choice', 'connect.direct', 'proxy.variations', 'connect.reset', 'device.routes', 'device.listeners'],
  besideNeeds: (facts) => (mayBeProxysOwn(facts) ? ['proxy.nobody'] : []),
  yieldsTo: ['local-firewall', 'app-policy', 'vpn-blocks', 'network-down', 'no-route'],
  remedies: [
    'correct-own-proxy',
    'correct-proxy',
    'bypass-own-proxy',
    'unset-own-proxy',
    'bypass-proxy',
    'unset-proxy',
  ],
  judge(attempt, scene) {
    const way = wayOf(attempt, scene);
    if (!isOfProxy(attempt) && !attempt.throughProxy)
      return { says: 'ruledOut', because: 'it is no step to a proxy', facts: [] };
    if (!way) return { says: 'unknown', missing: ['proxy.way'] };
    return withOtherSettings(stepOf(attempt, way, scene), way.setting, wayFact(attempt), attempt, scene);
  },
};

function stepOf(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  const { setting } = way;
  const { operation, code, raw } = attempt.outcome;
  if (operation === 'proxy' && code === 'unusable') {
    return {
      says: 'proven',
      stage: 'proxy',
      culprit: settingCulprit(setting),
      summary: `The proxy that ${whereSet(setting)} sets cannot be used: ${raw}.`,
      advice: 'write it as http://host:port, or take the setting away',
      evidence: [{ fact: 'proxy.choice', says: `what it holds is no proxy: ${raw}` }],
    };
  }
  if (operation === 'resolve') return nameLeadsNowhere(attempt, setting, scene);
  if (attempt.toProxy && operation === 'connect') return portRefused(attempt, way, scene);
  if (attempt.toProxy && operation === 'tls') return tlsWithProxy(attempt, setting, scene);
  if (operation === 'proxy' && code === 'authentication')
    return { says: 'ruledOut', because: 'a proxy answers there, and wants a login', facts: [wayFact(attempt)] };
  if (operation === 'proxy' && code === 'refused' && leadsElsewhere(attempt) && !isSignedByProxy(way, attempt))
    return redirectingServer(attempt, setting, scene);
  if (operation === 'proxy' && (code === 'upstream-failed' || code === 'refused'))
    return wrongSideOfProxy(attempt, setting, scene);
  if (operation === 'proxy') return anotherScheme(attempt, setting, scene);
  if (way.forwards && operation === 'http')
    return answers.has(code) ? wrongSideOfProxy(attempt, setting, scene) : anotherScheme(attempt, setting, scene);
  return { says: 'ruledOut', because: 'the proxy let the connection through', facts: [wayFact(attempt)] };
}

/** Statuses by which a proxy says that it cannot or will not. */
const answers: ReadonlySet<string> = new Set([
  'forbidden',
  'bad-gateway',
  'gateway-timeout',
  'unavailable',
  'server-error',
]);

function nameLeadsNowhere(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const direct = directly(attempt, scene);
  const evidence: Evidence[] = [
    { fact: wayFact(attempt), says: `there is no address for the name ${attempt.host} (${attempt.outcome.raw})` },
  ];
  return found(setting, direct, evidence, attempt, scene, {
    weight: 0.8,
    summary: `The proxy that ${whereSet(setting)} sets, ${attempt.host}, does not exist: its name leads nowhere.`,
    advice: nameAdvice(attempt.host),
  });
}

/** Words that were meant otherwise, and that programs take for the proxy's name (curl does). */
function nameAdvice(host: string | undefined): string {
  if (host === 'http' || host === 'https') return `write it as http://host:port: the colon behind "${host}" is missing`;
  return /^(?:none|off|no|false|null|direct|disabled?|undefined)$/.test(host ?? '')
    ? `take the setting away, if no proxy is wanted: "${host}" is taken for the name of one`
    : 'correct its name, or take the setting away';
}

/** Nothing listens there, while the target can be had without it: the setting is what has to change. */
function portRefused(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  const { setting } = way;
  const direct = directly(attempt, scene);
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  if (!direct?.reaches)
    return { says: 'unknown', missing: [], because: 'whether the setting or the proxy is at fault cannot be told' };
  const said = refusedByReset(triesOf(attempt, scene));
  if (said === false) return { says: 'ruledOut', because: 'not the port itself refused it', facts: [wayFact(attempt)] };
  const here = isOwnAddress(attempt.address, scene);
  const listening = here ? (listenersFor(attempt, scene)?.reachable.length ?? null) : null;
  const sure = here ? listening === 0 : answeredFromOutside(attempt, scene);
  const port = setting.server?.portGiven === false ? ' (no port is written in it: curl takes 1080, others 80)' : '';
  const common = {
    stage: 'proxy' as const,
    culprit: settingCulprit(setting),
    summary: `The proxy that ${whereSet(setting)} sets, ${proxyName(setting)}, is none: nothing answers on that port.`,
    advice: `correct its port${port}, start the proxy, or take the setting away`,
    evidence: [
      { fact: wayFact(attempt), says: `${attempt.address ?? ''} refuses the connection to port ${attempt.port ?? 0}` },
      directEvidence(direct),
    ] satisfies Evidence[],
  };
  if (sure) return { says: 'proven', ...common };
  const missing: FactKey[] = here ? ['device.listeners'] : ['connect.reset', 'device.routes', 'device.interfaces'];
  return { says: 'fits', weight: 0.8, missing: missing.filter((key) => scene.facts[key] === undefined), ...common };
}

function tlsWithProxy(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const { code, raw } = attempt.outcome;
  const untrusted = fact(scene.facts, 'proxy.way')?.tls?.faults.some((fault) => fault.code === code) === true;
  if (!untrusted) return anotherScheme(attempt, setting, scene);
  const evidence: Evidence[] = [{ fact: wayFact(attempt), says: `its certificate does not hold: ${raw}` }];
  return found(setting, directly(attempt, scene), evidence, attempt, scene, {
    weight: 0.7,
    summary: `The proxy ${proxyName(setting)} cannot be trusted: its certificate does not hold (${code}).`,
    advice: 'correct its name in the setting, or ask whoever runs it for the root that it needs',
  });
}

/** The same place spoken to in another scheme leads to the target: only the scheme changed. */
function anotherScheme(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const { code, raw } = attempt.outcome;
  if (attempt.hop === 0 && sameForNobody(scene.facts)) return answersForNobody(attempt, setting, scene);
  const answering = attempt.hop === 0 ? answeringProxy(scene.facts) : null;
  if (answering) {
    const used = setting.server ? proxyUrl(setting.server) : '';
    const works = proxyUrl(answering.server);
    const does = answering.reaches ? 'leads to the target' : 'answers as a proxy does';
    return {
      ...(answering.reaches ? { says: 'proven' } : { says: 'fits', weight: 0.85 }),
      stage: 'proxy',
      culprit: settingCulprit(setting),
      summary: `The proxy is spoken to in the wrong way: ${whereSet(setting)} should say ${works}.`,
      advice: `write ${works} instead of ${used}`,
      evidence: [
        { fact: wayFact(attempt), says: `spoken to as ${used} it fails: ${raw}` },
        { fact: 'proxy.variations', says: `spoken to as ${works} it ${does}` },
      ],
    };
  }
  if (scene.facts['proxy.variations'] === undefined && attempt.hop === 0)
    return { says: 'unknown', missing: ['proxy.variations', 'connect.direct'] };
  if (code !== 'not-a-proxy' && code !== 'not-tls' && code !== 'not-http')
    return { says: 'unknown', missing: [], because: 'no other scheme of the proxy works either' };
  const strange: Evidence = { fact: wayFact(attempt), says: `what answers there is no proxy: "${raw}"` };
  const evidence: Evidence[] = [strange];
  const inHttp = attempt.hop === 0 && wordsOfNoProxy(fact(scene.facts, 'proxy.way')) === raw;
  if (inHttp) {
    const nobody = wordsForNobody(raw, scene);
    if (nobody === 'otherwise')
      return { says: 'ruledOut', because: 'for a host that cannot exist it says otherwise', facts: ['proxy.nobody'] };
    if (nobody === 'not-told') return webServer(strange, attempt, setting, scene, notYetAsked(scene, 'proxy.nobody'));
    evidence.push({ fact: 'proxy.nobody', says: 'it says the same for a host that cannot exist' });
  }
  return found(setting, directly(attempt, scene), evidence, attempt, scene, {
    weight: 0.8,
    summary: `The proxy that ${whereSet(setting)} sets, ${proxyName(setting)}, is none: something else answers there.`,
    advice: 'correct its address and port, or take the setting away',
  });
}

/** A filter that is a proxy may put a page of its own in the place of one host; a web server does so for each. */
function wordsForNobody(raw: string, { facts }: Scene): 'same' | 'otherwise' | 'not-told' {
  const way = fact(facts, 'proxy.nobody')?.way;
  if (way === undefined) return 'not-told';
  if (saysAlike(way, raw)) return 'same';
  const answered = way.tunnels.some(({ status }) => status !== undefined);
  return answered || wordsOfNoProxy(way) !== null ? 'otherwise' : 'not-told';
}

/** A web server that sends everybody elsewhere. A proxy that leads to a page of its own would look the same. */
function redirectingServer(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const says = `asked for a connection it redirects (${attempt.outcome.raw}), as web servers do`;
  return webServer({ fact: wayFact(attempt), says }, attempt, setting, scene);
}

/** A web server's page for whatever host it is asked. A proxy that forbids all in these words would look the same. */
function answersForNobody(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const says = `it answers ${attempt.outcome.raw} for a host that cannot exist too, with the very same page`;
  return webServer({ fact: 'proxy.nobody', says }, attempt, setting, scene);
}

function webServer(
  shown: Evidence,
  attempt: FailedAttempt,
  setting: ProxySetting,
  scene: Scene,
  more: readonly FactKey[] = [],
): Finding {
  const direct = directly(attempt, scene);
  return {
    says: 'fits',
    weight: 0.8,
    atMost: 'likely',
    stage: 'proxy',
    culprit: settingCulprit(setting),
    summary: `The proxy that ${whereSet(setting)} sets, ${proxyName(setting)}, is none: a web server answers there.`,
    advice: 'correct its address and port, or take the setting away',
    missing: [...(notTriedDirectly(attempt, scene) ? (['connect.direct'] as const) : []), ...more],
    evidence: [shown, ...(direct?.reaches ? [directEvidence(direct)] : [])],
  };
}

/** `localhost` and the like mean another computer to the proxy. */
function wrongSideOfProxy(attempt: FailedAttempt, setting: ProxySetting, scene: Scene): Finding {
  const { host } = scene.facts.target;
  if (attempt.hop > 0 || !isNearby(host))
    return { says: 'ruledOut', because: 'a proxy answers there, and speaks of the target', facts: [wayFact(attempt)] };
  const direct = directly(attempt, scene);
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  if (!direct?.holds)
    return { says: 'unknown', missing: [], because: 'the target does not answer without the proxy either' };
  return {
    says: 'proven',
    stage: 'proxy',
    culprit: settingCulprit(setting),
    summary: `${host} is asked of a proxy, to which it is another computer or none: ${whereSet(setting)} should not count for it.`,
    advice: `set no_proxy=${host} (behind a comma where it holds something already)`,
    evidence: [{ fact: wayFact(attempt), says: `the proxy answers ${attempt.outcome.raw}` }, directEvidence(direct)],
  };
}

interface Words {
  readonly weight: number;
  readonly summary: string;
  readonly advice: string;
}

/** That it is the proxy's doing is proven where the target answers without it. */
function found(
  setting: ProxySetting,
  direct: Direct | undefined,
  evidence: readonly Evidence[],
  attempt: FailedAttempt,
  scene: Scene,
  { weight, ...words }: Words,
): Finding {
  const culprit = settingCulprit(setting);
  const stage = 'proxy';
  if (direct?.reaches)
    return { says: 'proven', stage, culprit, ...words, evidence: [...evidence, directEvidence(direct)] };
  const missing: FactKey[] = notTriedDirectly(attempt, scene) ? ['connect.direct'] : [];
  return { says: 'fits', weight, stage, culprit, ...words, missing, evidence };
}
