import type { FailedAttempt } from '../../model/attempt.js';
import { familyOf } from '../../model/address.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type FlowTrace } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { refusalPlace, wireEvidence, wireUntold } from '../evidence/wire-evidence.js';
import {
  isOnLink,
  isOwnAddress,
  ownAddressesKnown,
  resetOf,
  routeOf,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { answeredByProgram } from '../evidence/answered-by-program.js';
import { endedAlike } from '../evidence/firewall-evidence.js';
import { localEndOf } from '../evidence/interception-evidence.js';
import { ledToSilentProgram } from '../evidence/led-to-program.js';
import { ledAsRead } from '../evidence/led-as-read.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { ledBack } from '../evidence/led-back.js';
import { notReached } from '../evidence/refused-by-own-stack.js';
import type { RuleReference } from '../../model/words.js';
import { placeOf, ruleCulprit } from '../evidence/rule-place.js';
import { ledByThisDevice, unroutedNotYet } from '../evidence/unrouted-evidence.js';
import { classOf } from '../path/icmp-words.js';

/**
 * A rule rewrites where the connection goes (NAT, a transparent proxy), and there nobody answers. As root the kernel's
 * trace shows the rule at work. Without: a packet that may not pass a single router is turned back in the target's own
 * name, which only address translation does, by this device or by the first router.
 */
export const cause: Cause = {
  id: 'connection-redirected',
  side: 'this-device',
  stage: 'route',
  title: 'A rule leads the connection to a place where nobody answers',
  symptoms: [
    ...symptoms(
      'connect',
      'refused',
      'timed-out',
      'reset',
      'host-unreachable',
      'network-unreachable',
      'prohibited',
      'protocol-unreachable',
    ),
    ...symptoms('exchange', 'refused'),
    ...symptoms('tls', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'forbidden', 'rate-limited', 'legal-block'),
    ...symptoms('http', 'server-error', 'unavailable', 'bad-gateway', 'gateway-timeout'),
    ...symptoms('service', 'closed', 'reset', 'timed-out'),
    ...symptoms(
      'tls',
      'self-signed',
      'untrusted-root',
      'name-mismatch',
      'certificate-invalid',
      'expired',
      'chain-incomplete',
    ),
  ],
  needs: [
    'kernel.trace',
    'device.firewall',
    'device.ruleCounts',
    'connect.localEnd',
    'connect.unrouted',
    'connect.wire',
    'device.interfaces',
  ],
  // They speak of what that very program says of itself.
  yieldsTo: ['antivirus-blocks-url', 'gateway-upstream-down'],
  judge(attempt, scene) {
    if (attempt.stage === 'name') return questionsLed(attempt, scene);
    const written = answeredByProgram(attempt, scene);
    if (written) return written;
    const silent = attempt.stage === 'connect' ? null : ledToSilentProgram(attempt, scene);
    if (silent) return silent;
    if (attempt.stage === 'tls') return otherEnd(attempt, scene);
    if (attempt.stage !== 'connect')
      return { says: 'unknown', missing: [], because: 'where the connection was led is not measured' };
    const isForbidden = sendersOf(triesOf(attempt, scene)).hops.some(
      (icmp) => classOf(icmp, attempt.address ?? '') === 'prohibition',
    );
    if (isForbidden)
      return { says: 'ruledOut', because: 'a router forbids it, which is no dead end', facts: ['connect'] };
    const traced = traceOf(attempt, scene);
    if (traced?.redirectedBy && endedAlike(traced, attempt)) return byRule(attempt, traced.redirectedBy);
    if (traced?.sentAs && endedAlike(traced, attempt)) return byOtherSender(attempt, scene, traced.sentAs);
    const read = byReadRule(attempt, scene);
    if (read) return read;
    const back = ledBack(attempt, scene);
    if (back) return back;
    const byWire = traced ? null : ledHere(attempt, scene);
    if (byWire) return byWire;
    if (turnedBackInItsName(attempt, scene)) return translated(attempt, scene);
    const own = notReached(attempt, scene) ?? stillMeant(attempt, scene);
    if (own) return own;
    return { says: 'unknown', missing: [], because: 'what happens to the connection on the way is not known' };
  },
};

/** What is said of a place by those who stand before it, or by a machine's own firewall: a closed port says none of it. */
const said: ReadonlySet<string> = new Set(['network-unreachable', 'prohibited', 'protocol-unreachable']);

/**
 * Whoever translates addresses gives what is said of a translated packet the name of the place that was asked for. Where a
 * router, or the first one of all, speaks in its own name, nobody up to there has given the packet another destination.
 */
function stillMeant(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { address, port, outcome } = attempt;
  if (!said.has(outcome.code)) return null;
  const [hop] = sendersOf(triesOf(attempt, scene)).hops;
  if (hop)
    return {
      says: 'ruledOut',
      because: `${hop.from} speaks in its own name, as nobody does of packets that were given another destination`,
      facts: ['connect'],
    };
  const first = fact(scene.facts, 'path')
    ?.find((one) => one.address === address && one.port === port)
    ?.hops.find(({ ttl }) => ttl === 1);
  if (first?.address && first.address !== address)
    return {
      says: 'ruledOut',
      because: `the first router, ${first.address}, turns back in its own name what may go no further: it still has the destination that was meant`,
      facts: ['path'],
    };
  const missing = notYetAsked(scene, 'path');
  return { says: 'unknown', missing, because: 'whether the connection was given another destination is not known' };
}

/**
 * Questions for names that are refused as by a closed port, while the kernel follows one of them to a rule that gives it another
 * destination. A name server there that fails would answer or keep silent, and who rejects on the way is seen as what stops it.
 */
function questionsLed(attempt: FailedAttempt, scene: Scene): Finding {
  const traced = traceOf(attempt, scene);
  const rule = traced?.redirectedBy;
  if (attempt.protocol !== 'dns' || !traced)
    return {
      says: 'unknown',
      missing: attempt.protocol === 'dns' ? notYetAsked(scene, 'kernel.trace') : [],
      because: 'where the question was led is not known',
    };
  if (!rule)
    return {
      says: 'ruledOut',
      because: 'the kernel followed the question to no rule that gives it another destination',
      facts: ['kernel.trace'],
    };
  const { outcome, stoppedBy } = traced;
  const isRefused = outcome !== 'connected' && outcome !== 'answered' && outcome.code === 'refused';
  if (!isRefused || stoppedBy)
    return { says: 'unknown', missing: [], because: 'the question that was followed ended in another way' };
  return {
    ...byRule(attempt, rule),
    says: 'fits',
    weight: 0.95,
    // A rule of another machine can refuse like a closed port, where it leads away from this one.
    atMost: 'likely',
    summary: `A rule of this computer leads the questions for names that are sent to ${attempt.address ?? ''} to another place, and nothing takes them there.`,
  };
}

/** Without root: whether what is refused ever leaves, and by which interface the refusal comes. */
function ledHere(attempt: FailedAttempt, scene: Scene): Finding | null {
  const place = refusalPlace(attempt, scene);
  const address = attempt.address ?? '';
  const port = attempt.port ?? 0;
  if (place === 'led-here')
    return {
      says: 'fits',
      weight: 0.95,
      // Which rule it is only root sees.
      atMost: 'likely',
      stage: 'route',
      summary: `Something on this computer leads what is sent to ${address} port ${port} to this computer itself, and nothing answers there.`,
      advice:
        'run the same as root (sudo): it names the rule (NAT, REDIRECT); a transparent proxy of this computer may have stopped',
      evidence: wireEvidence(attempt, scene),
    };
  // A rule of this computer may lead it to somebody on the own link, the router may lead it to itself.
  if (
    (place === 'out' || wireUntold(attempt, scene)) &&
    resetOf(attempt, scene)?.refusedAtTtl1 === true &&
    isOnLink(attempt, scene) === false
  )
    return {
      says: 'fits',
      weight: 0.5,
      side: 'unknown',
      stage: 'route',
      summary: `The connection to ${address} is led elsewhere, to somebody in this network who refuses it, by this computer or by the first router.`,
      advice:
        'as root this shows whether a rule of this computer does; else look for rules that redirect (NAT, a proxy) in the router',
      evidence: [
        ...wireEvidence(attempt, scene),
        { fact: 'connect.reset', says: 'it is refused even when the packet may not pass a single router' },
      ],
    };
  return null;
}

/** Rules of iptables-legacy are followed by no trace: they are read, and their own counters tell. */
function byReadRule(attempt: FailedAttempt, scene: Scene): Finding | null {
  const led = ledAsRead(attempt, scene);
  if (!led) return null;
  const found = { ...byRule(attempt, led.rule), evidence: led.evidence };
  return led.proven ? found : { ...found, says: 'fits', weight: 0.95, atMost: 'likely', missing: led.missing };
}

function byRule(attempt: FailedAttempt, rule: RuleReference): Extract<Finding, { says: 'proven' }> {
  const place = `${attempt.address ?? ''} port ${attempt.port ?? 0}`;
  return {
    says: 'proven',
    stage: 'route',
    culprit: ruleCulprit(rule),
    summary: `A rule of this computer leads what is sent to ${place} elsewhere, and nobody answers there.`,
    advice: 'correct that rule, or start what should answer at the place it leads to',
    evidence: [
      {
        fact: 'kernel.trace',
        says: `the kernel followed our packet to that rule (${placeOf(rule)}), which gives it another destination`,
      },
    ],
  };
}

/** Whoever is at the end that the rule leads to answers, and is not the target. */
function otherEnd(attempt: FailedAttempt, scene: Scene): Finding {
  const traced = traceOf(attempt, scene);
  const end = localEndOf(attempt, scene);
  const followed = traced?.outcome === 'connected' ? traced.redirectedBy : undefined;
  const read = followed ? null : ledAsRead(attempt, scene);
  const missing = [
    ...notYetAsked(scene, 'kernel.trace', 'connect.localEnd'),
    ...(followed ? [] : (read?.missing ?? notYetAsked(scene, 'device.firewall'))),
    ...unroutedNotYet(attempt, scene),
  ];
  const rule = followed ?? (read?.proven ? read.rule : undefined);
  const led = rule || traced || end !== null ? null : ledByThisDevice(attempt, scene);
  if (led)
    return {
      says: 'fits',
      weight: 0.9,
      // Which rule it is only root sees; and what is there may pass on what it gets.
      atMost: 'likely',
      side: 'this-device',
      stage: 'route',
      summary: `Something on this computer leads what is sent to ${attempt.address ?? ''} port ${attempt.port ?? 0} elsewhere: the certificate is of whoever answers there.`,
      advice:
        'run the same as root (sudo): it names the rule (NAT, DNAT); the server that was meant was not asked at all',
      evidence: led,
    };
  if (!rule) return { says: 'unknown', missing, because: 'no rule was seen to lead the connection elsewhere' };
  if (end !== null)
    return { says: 'unknown', missing, because: 'it may lead to a program of this computer, which answers for itself' };
  const { evidence, ...found } = { ...byRule(attempt, rule), ...(read && { evidence: read.evidence }) };
  return {
    ...found,
    // What is there may pass on what it gets: then the certificate is the server's own after all.
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    summary: `A rule of this computer leads what is sent to ${attempt.address ?? ''} port ${attempt.port ?? 0} elsewhere: the certificate is of whoever answers there.`,
    advice: 'correct that rule; the server that was meant was not asked at all',
    evidence: [...evidence, { fact: 'connect.localEnd', says: 'it leads to no program of this computer' }],
  };
}

/** The answers go to an address that this device does not have. */
function byOtherSender(
  attempt: FailedAttempt,
  scene: Scene,
  { address, rule }: NonNullable<FlowTrace['sentAs']>,
): Finding {
  const missing = notYetAsked(scene, 'device.interfaces');
  if (attempt.outcome.code !== 'timed-out' || !ownAddressesKnown(scene) || isOwnAddress(address, scene))
    return {
      says: 'unknown',
      missing,
      because: 'the sender that a rule gives our packets may be an address of this computer',
    };
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: 'route',
    culprit: ruleCulprit(rule),
    summary: `A rule of this computer sends what goes to ${attempt.address ?? ''} under the address ${address}, which it does not have: no answer finds its way back.`,
    advice: 'correct that rule (masquerade takes the address that the interface has), or take it out',
    evidence: [
      {
        fact: 'kernel.trace',
        says: `the kernel followed our packet to that rule (${placeOf(rule)}), which gives it another sender`,
      },
    ],
  };
}

function translated(attempt: FailedAttempt, scene: Scene): Finding {
  const address = attempt.address ?? '';
  const traced = traceOf(attempt, scene);
  // The kernel followed the packet out of this device, and no rule of nf_tables gave it another destination.
  const router = traced?.seenOut === true ? (routeOf(attempt, scene)?.via ?? null) : null;
  const led = router === null && !traced ? ledByThisDevice(attempt, scene) : null;
  const who =
    router !== null
      ? `your router (${router})`
      : led
        ? 'something on this computer'
        : 'this computer or by the first router';
  return {
    says: 'fits',
    weight: 0.95,
    ...(led && { atMost: 'likely' as const }),
    side: router !== null ? 'local-network' : led ? 'this-device' : 'unknown',
    ...(router !== null && { culprit: { kind: 'hop', address: router, name: `your router (${router})` } as const }),
    summary: `The connection to ${address} is led elsewhere by ${who}, and nobody answers there.`,
    advice:
      router === null
        ? `look for rules that redirect (NAT, DNAT, REDIRECT) on this computer (as root this shows them)${led ? '' : ' and in the router'}`
        : 'look for rules that redirect (port forwarding, NAT, a proxy) in that router',
    evidence: [
      {
        fact: 'connect',
        says: `a packet that may pass no router is turned back in the name of ${address} itself: its destination was rewritten`,
      },
      ...(led ?? []),
    ],
    // Root sees which rule it is.
    ...(router === null && { missing: [...unroutedNotYet(attempt, scene), ...ruleNotYetSeen(scene)] }),
  };
}

function ruleNotYetSeen(scene: Scene): readonly FactKey[] {
  return fact(scene.facts, 'device.self')?.root === true ? notYetAsked(scene, 'kernel.trace', 'device.firewall') : [];
}

/** "Time exceeded" at the first hop, from the target's own address: the error was translated back like an answer. */
function turnedBackInItsName(attempt: FailedAttempt, scene: Scene): boolean {
  const { address, port } = attempt;
  if (address === null) return false;
  const exceeded = familyOf(address) === 6 ? 3 : 11;
  const first = fact(scene.facts, 'path')
    ?.find((one) => one.address === address && one.port === port)
    ?.hops.find((hop) => hop.ttl === 1);
  if (first?.address === address && first.icmp?.type === exceeded) return true;
  const egress = fact(scene.facts, 'connect.egress')?.find((one) => one.address === address && one.port === port);
  return egress?.answeredBy === address || resetOf(attempt, scene)?.expiredFrom === address;
}
