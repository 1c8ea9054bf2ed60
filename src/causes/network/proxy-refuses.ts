import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { saysAlike, wordsOfNoProxy } from '../../model/proxied.js';
import type { ProxyWay } from '../../model/proxy-facts.js';
import { failedAnswer, httpFact } from '../evidence/http-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { whoseLogin } from '../evidence/whose-login.js';
import { withOtherSettings } from '../evidence/other-settings.js';
import {
  type Direct,
  directEvidence,
  directly,
  isNearby,
  isSignedByProxy,
  leadsElsewhere,
  notTriedDirectly,
  proxyCulprit,
  proxyName,
  sideOfProxy,
  wayFact,
  wayOf,
  whereSet,
} from '../evidence/proxy-evidence.js';
import { serverAuthenticated } from '../evidence/tls-evidence.js';

/** The proxy is there and does not do what it is asked: it wants a login, its policy forbids the target, or it hangs up. */
export const cause: Cause = {
  id: 'proxy-refuses',
  side: 'local-network',
  stage: 'proxy',
  title: 'The proxy refuses',
  symptoms: [
    ...symptoms('proxy'),
    ...symptoms('http', 'proxy-authentication', 'forbidden', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'bad-gateway', 'gateway-timeout', 'unavailable', 'server-error'),
    ...symptoms('tls', 'closed', 'reset', 'timed-out'),
    ...symptoms('service', 'closed', 'reset', 'timed-out'),
  ],
  needs: ['proxy.choice', 'connect.direct'],
  judge(attempt, scene) {
    if (attempt.stage !== 'proxy' && !attempt.throughProxy) {
      if (attempt.outcome.code === 'proxy-authentication') return wantsLoginUnasked(attempt, scene);
      return { says: 'ruledOut', because: 'it does not go through a proxy', facts: [] };
    }
    const way = wayOf(attempt, scene);
    if (!way) return { says: 'unknown', missing: ['proxy.way'] };
    return withOtherSettings(step(attempt, way, scene), way.setting, wayFact(attempt), attempt, scene);
  },
};

function step(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  if (attempt.stage === 'proxy') return saidByProxy(attempt, way, scene);
  return attempt.stage === 'http' ? inAnAnswer(attempt, way, scene) : cutBehindIt(attempt, way, scene);
}

/** What came back for the wish itself: nobody but the proxy writes that. */
function saidByProxy(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  const { code, raw } = attempt.outcome;
  const direct = directly(attempt, scene);
  // Many proxies lead on to certain ports alone.
  const { port } = scene.facts.target;
  const place = attempt.hop === 0 && port !== 443 && port !== 80 ? `${attempt.host}:${port}` : attempt.host;
  switch (code) {
    case 'authentication':
      return wantsLogin(attempt, way, scene, `the proxy itself answers ${raw}`);
    case 'refused':
      return {
        says: 'fits',
        weight: leadsElsewhere(attempt) && !isSignedByProxy(way, attempt) ? 0.4 : 0.9,
        ...common(attempt, way, scene),
        summary: `The proxy ${proxyName(way.setting)} does not allow connections to ${place} (${raw}).`,
        advice: 'ask whoever runs the proxy to allow it',
        evidence: [{ fact: wayFact(attempt), says: `the proxy itself answers ${raw}` }, ...also(direct)],
        // A web server that is taken for a proxy may answer so too.
        ...(isSignedByProxy(way, attempt) ? {} : { atMost: 'likely' as const }),
      };
    case 'closed':
    case 'reset':
      return {
        says: 'fits',
        weight: 0.5,
        ...common(attempt, way, scene),
        summary: `The proxy ${proxyName(way.setting)} takes the connection, and hangs up when it is asked for ${attempt.host}.`,
        advice: 'ask whoever runs the proxy; it may serve other clients only',
        evidence: [{ fact: wayFact(attempt), says: `connected, asked for the target, then ${raw}` }, ...also(direct)],
        missing: missing(attempt, scene, 'proxy.variations'),
      };
    case 'upstream-failed':
      return cannotReach(attempt, way, scene, direct);
    case 'not-a-proxy':
      return aPageInstead(attempt, way, scene, place);
    default:
      return { says: 'ruledOut', because: 'it did not say no', facts: [wayFact(attempt)] };
  }
}

/** A page of its own in the place of the connection, as for no other host: a filter's, in words that no proxy should use. */
function aPageInstead(attempt: FailedAttempt, way: ProxyWay, scene: Scene, place: string): Finding {
  const { raw } = attempt.outcome;
  const nobody = fact(scene.facts, 'proxy.nobody')?.way;
  const other = nobody?.tunnels.find(({ status }) => status !== undefined);
  if (attempt.hop > 0 || wordsOfNoProxy(way) !== raw)
    return { says: 'ruledOut', because: 'it did not say no', facts: [wayFact(attempt)] };
  if (saysAlike(nobody, raw))
    return { says: 'ruledOut', because: 'it says the same for a host that cannot exist', facts: ['proxy.nobody'] };
  if (!other)
    return {
      says: 'unknown',
      missing: notYetAsked(scene, 'proxy.nobody'),
      because: 'whether it says the same of other hosts was not measured',
    };
  return {
    says: 'fits',
    weight: 0.7,
    atMost: 'likely',
    ...common(attempt, way, scene),
    summary: `The proxy ${proxyName(way.setting)} does not lead to ${place}: it answers something of its own (${raw}).`,
    advice: 'ask whoever runs the proxy to allow it',
    evidence: [
      { fact: wayFact(attempt), says: `asked for the target it answers ${raw}` },
      {
        fact: 'proxy.nobody',
        says: `asked for a host that cannot exist it answers ${other.status ?? 0}, as a proxy does`,
      },
      ...also(directly(attempt, scene)),
    ],
  };
}

/** The proxy says that it cannot reach what this device reaches well. */
function cannotReach(attempt: FailedAttempt, way: ProxyWay, scene: Scene, direct: Direct | undefined): Finding {
  if (attempt.hop === 0 && isNearby(attempt.host))
    return {
      says: 'ruledOut',
      because: 'it is asked for a host that only this side can reach',
      facts: [wayFact(attempt)],
    };
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  if (!direct?.reaches)
    return { says: 'unknown', missing: [], because: 'the target does not answer without the proxy either' };
  return {
    says: 'proven',
    ...common(attempt, way, scene),
    summary: `The proxy ${proxyName(way.setting)} cannot get to ${attempt.host}, which can be reached without it.`,
    advice: `ask whoever runs the proxy, or take this host out of it: no_proxy=${attempt.host}`,
    evidence: [{ fact: wayFact(attempt), says: `the proxy answers ${attempt.outcome.raw}` }, directEvidence(direct)],
  };
}

function wantsLogin(attempt: FailedAttempt, way: ProxyWay, scene: Scene, says: string): Finding {
  const given = way.setting.server?.authentication === true;
  const name = proxyName(way.setting);
  const tickets = onlyTickets(attempt, way, scene);
  if (tickets !== null)
    return {
      says: 'fits',
      weight: 0.9,
      ...common(attempt, way, scene),
      summary: `The proxy ${name} wants a login by ${tickets.join(' or ')}, as computers of a company's domain do it; a user name and a password in its setting do not serve.`,
      advice: tickets.includes('Negotiate')
        ? 'get a ticket of the domain first (kinit), then use a program that speaks this (most browsers; curl with --proxy-negotiate --proxy-user :), or ask whoever runs the proxy for another way'
        : 'use a program that speaks this (most browsers; curl with --proxy-ntlm --proxy-user NAME), or ask whoever runs the proxy for another way',
      evidence: [
        {
          fact: attempt.stage === 'proxy' ? wayFact(attempt) : httpFact(attempt),
          says: `${says}; it offers ${tickets.join(' and ')} alone`,
        },
      ],
    };
  return {
    says: 'fits',
    weight: 0.9,
    ...common(attempt, way, scene),
    summary: given
      ? `The proxy ${name} does not take the user name and password that are set.`
      : `The proxy ${name} wants a user name and a password, and none is set.`,
    advice: `set them with the proxy: ${way.setting.server?.scheme ?? 'http'}://user:password@${name} (${whereSet(way.setting)})`,
    evidence: [{ fact: attempt.stage === 'proxy' ? wayFact(attempt) : httpFact(attempt), says }],
  };
}

/** Ways to log in that take tickets or answers of a domain (RFC 4559), where it offers no other. */
function onlyTickets(attempt: FailedAttempt, way: ProxyWay, scene: Scene): ('Negotiate' | 'NTLM')[] | null {
  const tunnel = way.tunnels.find(({ address, failure }) => failure && address === attempt.address);
  const headers = attempt.stage === 'proxy' ? tunnel?.headers : failedAnswer(attempt, scene)?.headers;
  const offered = headers?.['proxy-authenticate'] ?? '';
  const offers = (scheme: string): boolean => new RegExp(`(?:^|,)\\s*${scheme}(?:\\s|,|$)`, 'i').test(offered);
  const found = (['Negotiate', 'NTLM'] as const).filter(offers);
  return found.length === 0 || ['Basic', 'Digest', 'Bearer'].some(offers) ? null : found;
}

/** Nobody has set one, and yet a proxy answers: it sits in the way and takes what goes by. */
function wantsLoginUnasked(attempt: FailedAttempt, scene: Scene): Finding {
  if (serverAuthenticated(attempt, scene))
    return { says: 'ruledOut', because: 'the answer came encrypted from the site itself', facts: ['tls'] };
  const whose = whoseLogin(attempt, scene);
  if (whose === 'not-asked') return { says: 'unknown', missing: ['references'] };
  if (whose === 'of-this-alone')
    return {
      says: 'unknown',
      missing: [],
      because: 'a page elsewhere comes unchanged on the same port: no proxy asks there',
    };
  const via = failedAnswer(attempt, scene)?.headers['via'];
  return {
    says: 'fits',
    weight: 0.7,
    ...(whose === 'open' && { atMost: 'likely' as const }),
    stage: 'proxy',
    culprit: { kind: 'proxy', ...(via !== undefined && { name: via.slice(0, 80) }) },
    summary: `A proxy that is not set on this computer answers in the place of ${attempt.host}, and wants a login.`,
    advice: 'ask whoever runs this network how its proxy is to be set, then set it with user name and password',
    evidence: [{ fact: httpFact(attempt), says: `the answer is ${attempt.outcome.raw}, which is meant for proxies` }],
  };
}

/** A page in the clear: the proxy or the target may have written it. */
function inAnAnswer(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  const { code, raw } = attempt.outcome;
  if (code === 'proxy-authentication' && way.forwards)
    return wantsLogin(attempt, way, scene, `the answer is ${raw}, which only a proxy gives`);
  if (!way.forwards) {
    if (serverAuthenticated(attempt, scene))
      return { says: 'ruledOut', because: 'the answer came encrypted from the site itself', facts: ['tls'] };
    return cutBehindIt(attempt, way, scene);
  }
  if (attempt.hop === 0 && isNearby(attempt.host) && answersFor.has(code))
    return {
      says: 'ruledOut',
      because: 'it is asked for a host that only this side can reach',
      facts: [wayFact(attempt)],
    };
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  const direct = directly(attempt, scene);
  const answer = failedAnswer(attempt, scene);
  if (direct?.holds) return blockedByProxy(attempt, way, scene, [directEvidence(direct)], 'proven');
  if (direct?.http?.status !== undefined && direct.http.status === answer?.status)
    return { says: 'ruledOut', because: 'the target answers the same without the proxy', facts: ['connect.direct'] };
  if (code === 'forbidden' && isProxysOwn(answer))
    return blockedByProxy(
      attempt,
      way,
      scene,
      [{ fact: httpFact(attempt), says: "the page is the proxy's own" }],
      'fits',
    );
  return { says: 'unknown', missing: [], because: 'whether the proxy or the target wrote the answer cannot be told' };
}

/** Of hosts that only this side reaches, these are for `proxy-misconfigured`. */
const answersFor: ReadonlySet<string> = new Set(['bad-gateway', 'gateway-timeout', 'unavailable', 'server-error']);

function blockedByProxy(
  attempt: FailedAttempt,
  way: ProxyWay,
  scene: Scene,
  more: readonly Evidence[],
  says: 'proven' | 'fits',
): Finding {
  const all = {
    ...common(attempt, way, scene),
    summary: `The proxy ${proxyName(way.setting)} stands in the way of ${attempt.host}: it answers ${attempt.outcome.raw}.`,
    advice: 'ask whoever runs the proxy to allow it',
    evidence: [{ fact: httpFact(attempt), says: `through the proxy the answer is ${attempt.outcome.raw}` }, ...more],
  };
  return says === 'proven' ? { says, ...all } : { says, weight: 0.9, ...all };
}

/** Pages that squid, tinyproxy and others write themselves; what they pass on keeps the server's own name. */
function isProxysOwn(answer: HttpTry | undefined): boolean {
  const { headers = {} } = answer ?? {};
  if (headers['x-squid-error'] !== undefined || headers['proxy-agent'] !== undefined) return true;
  return /^(?:squid|tinyproxy|privoxy|zscaler|bluecoat|fortiproxy|mcafee web gateway)\b/i.test(headers['server'] ?? '');
}

/** It let the connection through, and then something cut it. */
function cutBehindIt(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct'] };
  const direct = directly(attempt, scene);
  if (!direct?.holds)
    return { says: 'unknown', missing: [], because: 'whether it is the proxy or what is behind it cannot be told' };
  return {
    says: 'fits',
    weight: 0.8,
    ...common(attempt, way, scene),
    summary: `The proxy ${proxyName(way.setting)} lets the connection to ${attempt.host} through and then cuts it.`,
    advice: 'ask whoever runs the proxy to allow it',
    evidence: [
      { fact: wayFact(attempt), says: `the proxy agreed to connect, and then: ${attempt.outcome.raw}` },
      directEvidence(direct),
    ],
  };
}

function common(attempt: FailedAttempt, way: ProxyWay, scene: Scene) {
  const [address = null] = way.addresses;
  const culprit = proxyCulprit(way.setting, {
    ...attempt,
    stage: 'proxy',
    address: way.connect[0]?.address ?? address,
  });
  return { stage: 'proxy', side: sideOfProxy(attempt, scene), culprit } as const;
}

function also(direct: Direct | undefined): Evidence[] {
  return direct?.reaches ? [directEvidence(direct)] : [];
}

function missing(attempt: FailedAttempt, scene: Scene, ...keys: ('proxy.variations' | 'connect.direct')[]) {
  return attempt.hop > 0 ? [] : keys.filter((key) => scene.facts[key] === undefined);
}
