import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { ProxyWay } from '../../model/proxy-facts.js';
import {
  afterNeighbourSearch,
  answeringPorts,
  neverLeft,
  refusedByReset,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { classOf } from '../path/icmp-words.js';
import { withOtherSettings } from '../evidence/other-settings.js';
import {
  directEvidence,
  directly,
  notTriedDirectly,
  proxyCulprit,
  proxyName,
  sideOfProxy,
  wayFact,
  wayOf,
  whereSet,
} from '../evidence/proxy-evidence.js';

/** The proxy's computer is off or silent, refuses the connection, or takes it and says nothing. */
export const cause: Cause = {
  id: 'proxy-unreachable',
  side: 'local-network',
  stage: 'proxy',
  title: 'The proxy does not answer',
  symptoms: [
    ...symptoms('proxy'),
    ...symptoms('connect', 'refused', 'timed-out', 'reset', 'host-unreachable', 'network-unreachable'),
  ],
  needs: ['proxy.choice', 'connect.direct', 'connect.ports', 'device.routes', 'kernel.trace'],
  remedies: ['bypass-own-proxy', 'unset-own-proxy', 'bypass-proxy', 'unset-proxy'],
  yieldsTo: [
    'local-firewall',
    'app-policy',
    'vpn-blocks',
    'network-down',
    'no-route',
    'gateway-unreachable',
    'rejected-by-hop',
    'unreachable-by-hop',
    'reset-injected',
  ],
  judge(attempt, scene) {
    const way = wayOf(attempt, scene);
    if (!attempt.toProxy && attempt.stage !== 'proxy')
      return { says: 'ruledOut', because: 'it is no step to a proxy', facts: [] };
    if (!way) return { says: 'unknown', missing: ['proxy.way'] };
    const finding =
      attempt.stage === 'proxy' ? silentAfterwards(attempt, way, scene) : notConnected(attempt, way, scene);
    return withOtherSettings(finding, way.setting, wayFact(attempt), attempt, scene);
  },
};

/** It took the connection. */
function silentAfterwards(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  if (attempt.outcome.code !== 'timed-out')
    return { says: 'ruledOut', because: 'the proxy took the connection', facts: [wayFact(attempt)] };
  const direct = directly(attempt, scene);
  return {
    says: 'fits',
    stage: 'proxy',
    // It may also be waiting for a target that is silent itself.
    weight: direct?.reaches ? 0.8 : 0.5,
    side: sideOfProxy(attempt, scene),
    culprit: proxyCulprit(way.setting, attempt),
    summary: `The proxy ${proxyName(way.setting)} takes the connection, and then does not answer.`,
    advice: `ask whoever runs it, or take the setting away (${whereSet(way.setting)})`,
    evidence: [
      { fact: wayFact(attempt), says: `connected, asked for the target, then ${attempt.outcome.raw}` },
      ...(direct?.reaches ? [directEvidence(direct)] : []),
    ],
    missing: notTriedDirectly(attempt, scene) ? ['connect.direct'] : [],
  };
}

function notConnected(attempt: FailedAttempt, way: ProxyWay, scene: Scene): Finding {
  const tries = triesOf(attempt, scene);
  if (tries.some((one) => one.synchronous))
    return { says: 'ruledOut', because: 'no packet was made at all: the route decided it', facts: [wayFact(attempt)] };
  if (neverLeft(tries))
    return { says: 'ruledOut', because: 'the packet never left this computer', facts: [wayFact(attempt)] };
  const traced = traceOf(attempt, scene);
  if (traced?.stoppedBy)
    return { says: 'ruledOut', because: 'a rule of this computer stopped it', facts: ['kernel.trace'] };
  const { self, hops } = sendersOf(tries);
  const search = afterNeighbourSearch(tries);
  if (self.length > 0 && !search) return { says: 'unknown', missing: [], because: 'this computer itself refused it' };
  if (hops.some((icmp) => classOf(icmp, attempt.address ?? '') === 'prohibition'))
    return {
      says: 'ruledOut',
      because: `${hops[0]?.from ?? 'a router'} on the way forbids it`,
      facts: [wayFact(attempt)],
    };
  if (notTriedDirectly(attempt, scene)) return { says: 'unknown', missing: ['connect.direct', 'connect.ports'] };
  const direct = directly(attempt, scene);
  const refused = refusedByReset(tries) !== false;
  if (refused && direct?.reaches)
    return {
      says: 'ruledOut',
      because: 'the target answers without it: it is the setting that is wrong',
      facts: ['connect.direct'],
    };
  const common = {
    stage: 'proxy' as const,
    side: sideOfProxy(attempt, scene),
    culprit: proxyCulprit(way.setting, attempt),
    summary: `${words(attempt, way, refused, search)} (${whereSet(way.setting)}).`,
    advice: 'ask whoever runs the proxy, or set another one; without any, programs go directly',
    evidence: evidenceOf(attempt, scene, direct?.reaches ? [directEvidence(direct)] : []),
  };
  // Our packets left, as the kernel saw, and nothing came back; and without the proxy the same target answers.
  const seen = traced?.seenOut === true && !traced.seenIn && traced.outcome !== 'connected';
  if (direct?.reaches && seen) return { says: 'proven', ...common };
  return { says: 'fits', weight: direct?.reaches ? 0.8 : 0.7, ...common };
}

function words(attempt: FailedAttempt, way: ProxyWay, refused: boolean, search: boolean): string {
  const name = proxyName(way.setting);
  if (refused) return `The proxy ${name} refuses the connection: no proxy is running there`;
  if (search || attempt.outcome.code === 'host-unreachable')
    return `The computer of the proxy ${name} is switched off, or its address belongs to nobody`;
  return `The proxy ${name} does not answer`;
}

function evidenceOf(attempt: FailedAttempt, scene: Scene, more: readonly Evidence[]): Evidence[] {
  const alive = answeringPorts(attempt, scene);
  const tried = fact(scene.facts, 'connect.ports')?.some((one) => one.address === attempt.address) === true;
  const ports: Evidence[] = !tried
    ? []
    : alive.length > 0
      ? [{ fact: 'connect.ports', says: 'other ports of the same host answer' }]
      : [{ fact: 'connect.ports', says: 'the host is silent on every port that was tried' }];
  const at = `${attempt.address ?? ''} port ${attempt.port ?? 0}`;
  return [{ fact: wayFact(attempt), says: `${at}: ${attempt.outcome.raw}` }, ...ports, ...more];
}
