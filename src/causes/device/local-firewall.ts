import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type FlowTrace } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  afterNeighbourSearch,
  answeredFromOutside,
  answeringPorts,
  answerVanishedHere,
  isOnLink,
  isOwnAddress,
  neverLeft,
  refusedByReset,
  resetOf,
  routeOf,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { heldAround, insider } from '../evidence/around-trace.js';
import { heldBackHere } from '../evidence/held-back-here.js';
import { stoppedByChance } from '../evidence/chance-rule.js';
import { endsBefore } from '../path/passing.js';
import { outsideAnswers } from '../evidence/reference-evidence.js';
import { listenersFor, processName } from '../evidence/listener-evidence.js';
import { byIncomingProgram } from '../evidence/incoming-program.js';
import { answerLostFor, lostFor } from '../evidence/lost-packet.js';
import { stoppedAsking, stoppedNeighbour } from '../evidence/neighbour-rules.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { refusedTheCall } from '../evidence/refused-call.js';
import { queuedPacket } from '../evidence/queued-packet.js';
import { misread } from '../evidence/read-rules.js';
import { swallowedHere } from '../evidence/swallowed-here.js';
import { stoppedAsRead, stoppedByRule } from '../evidence/traced-rule.js';
import { refusalPlace, wireEvidence, wireNotYet, wireUntold } from '../evidence/wire-evidence.js';
import { carrierByRule } from '../evidence/tunnel-carrier.js';
import { reversePathDrop } from '../evidence/reverse-path-evidence.js';
import { stoppedConnection, stoppedQuestion } from '../evidence/stopped-packets.js';

/** This device's own packet filter drops or rejects what is sent, or the answer. */
export const cause: Cause = {
  id: 'local-firewall',
  side: 'this-device',
  stage: 'connect',
  title: "This computer's own firewall stops the connection",
  symptoms: [
    ...stoppedConnection,
    ...symptoms('connect', 'no-buffers'),
    ...stoppedQuestion,
    ...symptoms('tls', 'timed-out', 'reset'),
    ...symptoms('http', 'timed-out', 'reset'),
    ...symptoms('service', 'timed-out'),
  ],
  needs: [
    'interference',
    'kernel.trace',
    'kernel.said',
    'connect.egress',
    'connect.left',
    'device.policies',
    'device.neighbours',
    'link.owners',
    'device.firewall',
    'connect.reset',
    'device.routes',
    'device.limits',
    'device.counters',
    'device.swallowed',
    'tunnel.trace',
  ],
  remedies: ['allow-in-firewall', 'open-port', 'unban-address', 'remove-leftover-rule', 'keep-one-manager'],
  yieldsTo: [
    'service-outage',
    'nat-loopback-missing',
    'connection-redirected',
    'packet-loss',
    'captive-portal',
    'vpn-blocks',
    'app-policy',
    'conntrack-table-full',
    'client-banned',
    'no-backend',
    'containers-not-connected',
    'port-not-published',
  ],
  judge(attempt, scene) {
    const byChance = stoppedByChance(attempt, scene);
    if (byChance) return byChance;
    const traced = traceOf(attempt, scene);
    if (traced) {
      const stopped = stoppedByRule(traced, attempt, scene) ?? queuedPacket(attempt, scene, 'local-firewall');
      if (stopped) return stopped;
    }
    const carrier = carrierByRule('firewall', attempt, scene);
    if (carrier) return carrier;
    const neighbour = stoppedNeighbour(attempt, scene) ?? stoppedAsking(attempt, scene);
    if (neighbour) return neighbour;
    const lost = lostFor(attempt, scene);
    if (lost === 'BPF_CGROUP_EGRESS') {
      const because = 'the kernel threw our packet away for a policy of its control group, behind all rules';
      return { says: 'ruledOut', because, facts: ['kernel.trace'] };
    }
    const answerLost = answerLostFor(attempt, scene);
    if (answerLost === 'policy') {
      const because = 'the kernel threw the answer away for a policy of our control group, behind all rules';
      return { says: 'ruledOut', because, facts: ['kernel.trace'] };
    }
    if (answerLost === 'module') return bySecurityModule(attempt);
    if (lost === 'TC_EGRESS') return byTrafficControl(attempt, scene);
    const incoming = byIncomingProgram(attempt, scene);
    if (incoming) return incoming;
    const eaten = swallowedHere(attempt, scene);
    if (eaten) return eaten.finding;
    const reverse = reversePathDrop(attempt, scene);
    if (reverse === 'ask')
      return {
        says: 'unknown',
        missing: ['device.counters'],
        because: 'whether the kernel drops the answers is not known',
      };
    if (reverse) return reverse;
    return attempt.protocol === 'dns' ? judgeExchange(attempt, scene) : judgeConnection(attempt, scene, traced);
  },
};

/** A filter of tc on the way out: no firewall's rule, yet one that somebody set on the interface. */
function byTrafficControl(attempt: FailedAttempt, scene: Scene): Finding {
  const device = routeOf(attempt, scene)?.device;
  const where = device == null ? 'an interface' : `interface ${device}`;
  return {
    says: 'proven',
    side: 'this-device',
    stage: attempt.stage,
    culprit: { kind: 'policy', name: `filter of tc on the way out of ${where}` },
    summary: `A filter on this computer's ${where} throws away what is sent to ${attempt.address ?? 'it'}.`,
    advice: `sudo tc filter show dev ${device ?? 'INTERFACE'} egress shows it`,
    evidence: [
      {
        fact: 'kernel.trace',
        says: 'no rule stopped our packet; then the kernel threw it away each time, and gave TC_EGRESS as the reason',
      },
    ],
  };
}

/** Not a rule: a security module, or a BPF program that we could not ask for. */
function bySecurityModule(attempt: FailedAttempt): Finding {
  return {
    says: 'fits',
    weight: 0.95,
    atMost: 'likely',
    summary: `The answer of ${attempt.address ?? 'the target'} reaches this computer, and a security program here throws it away.`,
    advice: 'look at security modules (SELinux, AppArmor, Smack) and BPF programs: sudo bpftool cgroup tree',
    evidence: [
      {
        fact: 'kernel.trace',
        says: 'no rule stopped the answer; then the kernel threw it away at our own socket, and gave SOCKET_FILTER as the reason',
      },
    ],
  };
}

/** What a socket shows without root. */
/** A router rewrites destinations before it looks at the hop limit. As root the kernel's trace tells the two apart. */
const lookAlike = ' (a router that leads this port to itself looks the same without root)';

function judgeConnection(attempt: FailedAttempt, scene: Scene, traced: FlowTrace | undefined): Finding {
  const tries = triesOf(attempt, scene);
  if (attempt.stage !== 'connect') return heldBackHere(attempt, scene);
  if (tries.some((one) => one.synchronous)) {
    const code = attempt.outcome.code;
    if (refusedTheCall(attempt, scene))
      return {
        says: 'ruledOut',
        because: 'the call itself was refused, before there was a packet',
        facts: ['connect'],
      };
    if (code !== 'not-permitted' && code !== 'no-buffers') {
      return { says: 'ruledOut', because: 'no packet was made at all: the route decided it', facts: ['connect'] };
    }
  }
  if (answeredFromOutside(attempt, scene)) {
    return {
      says: 'ruledOut',
      because: 'somebody outside this device answered, so the packet left and the answer came in',
      facts: ['connect'],
    };
  }
  const place = traced ? null : refusalPlace(attempt, scene);
  if (place === 'out')
    return { says: 'ruledOut', because: 'what is refused leaves this computer', facts: ['connect.wire'] };
  // A program that takes packets from a queue may send the refusal by itself, and that looks the same.
  if (place === 'led-here')
    return { says: 'unknown', missing: ['kernel.trace'], because: 'it seems to be led to this computer, not stopped' };
  const held = heldAround(attempt, scene);
  if (held) return held;
  const read = stoppedAsRead(attempt, scene);
  if (read) return read;
  if (answerVanishedHere(attempt, scene)) {
    return {
      says: 'fits',
      weight: 0.95,
      summary: `The answer of ${attempt.address ?? ''} reaches this computer, and something here swallows it: a firewall or a security program.`,
      advice: 'look for rules of iptables-legacy, for security programs, and at the setting rp_filter',
      evidence: [
        { fact: 'kernel.trace', says: 'the kernel saw the answer come in, and the program never got it' },
        { fact: 'kernel.trace', says: 'no rule of nf_tables stopped it' },
      ],
      missing: afterTrace(scene),
    };
  }
  const evidence: Evidence[] = [];
  const { self } = sendersOf(tries);
  if (self.length > 0 && !afterNeighbourSearch(tries)) {
    evidence.push({ fact: 'connect', says: 'the refusal came from this computer itself, at once' });
  }
  if (neverLeft(tries)) {
    evidence.push({
      fact: 'connect',
      says: 'our packet was never sent: the kernel tried again, and no copy of it left this computer',
    });
    if (fact(scene.facts, 'connect.egress')?.some((one) => one.address === attempt.address && one.datagram)) {
      evidence.push({
        fact: 'connect.egress',
        says: 'a datagram to the same address and port was refused by this computer at once',
      });
    }
  }
  if (
    refusedByReset(tries) === true &&
    resetOf(attempt, scene)?.refusedAtTtl1 === true &&
    isOnLink(attempt, scene) === false
  ) {
    const isSure = self.length > 0 || place === 'here' || fact(scene.facts, 'device.self')?.root === true;
    const alike = isSure ? '' : lookAlike;
    evidence.push({
      fact: 'connect.reset',
      says: `it is refused even when the packet may not pass a single router${alike}`,
    });
  }
  if (place === 'here') evidence.push(...wireEvidence(attempt, scene));
  if (evidence.length > 0) {
    const isAlone = evidence.length === 1 && evidence[0]?.fact === 'connect.reset';
    return {
      says: 'fits',
      weight: isAlone && !traced && wireUntold(attempt, scene) ? 0.5 : 0.9,
      summary:
        "Something on this computer stops the connection before it leaves: a firewall, a VPN's kill switch or a security program.",
      evidence,
      missing: ['kernel.trace', 'connect.egress', ...wireNotYet(attempt, scene), ...afterTrace(scene)],
    };
  }
  const listeners = isOwnAddress(attempt.address, scene) ? listenersFor(attempt, scene) : undefined;
  const [listener] = listeners?.reachable ?? [];
  if (listener && attempt.outcome.code === 'refused' && !(traced?.seenOut === true && traced.stoppedBy === null)) {
    return {
      says: 'fits',
      weight: 0.8,
      summary: `A program listens on port ${attempt.port ?? 0}, yet this computer refuses the connection: a firewall or a security program does.`,
      evidence: [
        {
          fact: 'device.listeners',
          says: `${processName(listener)} listens there, and the connection was refused all the same`,
        },
      ],
      missing: ['kernel.trace'],
    };
  }
  if (traced && refusedByReset(tries) === true && traced.seenOut && traced.seenIn) {
    return { says: 'ruledOut', because: 'the kernel let our packet out and the refusal in', facts: ['kernel.trace'] };
  }
  const around = traced ? null : aroundWithoutRoot(attempt, scene);
  if (around) return around;
  // A rule for answers would not make a difference between two routers on the way out.
  const before = traced || attempt.outcome.code !== 'timed-out' ? null : endsBefore(attempt, scene);
  if (before) return before;
  const others = outsideAnswers(scene) === true || answeringPorts(attempt, scene).length > 0;
  if (!traced && others && attempt.outcome.code === 'timed-out' && scene.facts['kernel.trace'] === undefined) {
    return {
      says: 'fits',
      weight: 0.25,
      summary: "This computer's own firewall may drop the answer on its way in; without root that cannot be seen.",
      advice: 'run the same as root (sudo): the kernel then tells whether it does',
      evidence: [{ fact: 'connect', says: 'our packet was sent, and no answer reached the program' }],
      missing: ['kernel.trace'],
    };
  }
  return {
    says: 'unknown',
    missing: missingFor(attempt, traced, scene),
    because: traced ? `no rule of nf_tables stopped it${misread(attempt, scene)}` : 'as root the kernel could be asked',
  };
}

/** From a network that a user made: what the computer around it does with the connection is out of sight there. */
function aroundWithoutRoot(attempt: FailedAttempt, scene: Scene): Finding | null {
  const isInside = fact(scene.facts, 'device.program')?.network != null;
  if (!isInside || fact(scene.facts, 'device.self')?.sockets !== 'plain' || attempt.outcome.code !== 'timed-out')
    return null;
  return {
    says: 'fits',
    weight: 0.4,
    summary: `The firewall of this computer may drop what ${insider(scene)} sends; from within that cannot be seen.`,
    advice: `what ${insider(scene)} opens, a program of the same user opens in its place on this computer: the same without --from or --app tells whether it gets out there`,
    evidence: [{ fact: 'connect', says: `no answer came back into the network of ${insider(scene)}` }],
  };
}

/** Rules of iptables-legacy leave no trace, but they can be read; so can all, where the kernel may not be asked. */
function afterTrace(scene: Scene): readonly FactKey[] {
  return scene.facts['kernel.trace'] === undefined ? [] : notYetAsked(scene, 'device.firewall');
}

function missingFor(attempt: FailedAttempt, traced: FlowTrace | undefined, scene: Scene) {
  if (traced || scene.facts['kernel.trace'] !== undefined) return afterTrace(scene);
  const quick =
    attempt.outcome.code === 'refused' ? (['connect.reset', 'connect.ports', 'device.routes'] as const) : [];
  return ['kernel.trace', ...quick] as const;
}

function judgeExchange(attempt: FailedAttempt, scene: Scene): Finding {
  if (refusedTheCall(attempt, scene))
    return {
      says: 'ruledOut',
      because: 'the call itself was refused, before there was a packet',
      facts: ['name.direct'],
    };
  if (attempt.outcome.code === 'not-permitted') {
    return {
      says: 'fits',
      weight: 0.9,
      summary: 'Something on this computer stops its questions to the name server: a firewall or a security program.',
      evidence: [
        {
          fact: 'name.direct',
          says: `this computer refused to send to ${attempt.address ?? ''} (operation not permitted)`,
        },
      ],
      missing: ['kernel.trace'],
    };
  }
  return traceOf(attempt, scene)
    ? { says: 'unknown', missing: [], because: 'no rule of nf_tables stopped it' }
    : { says: 'unknown', missing: ['kernel.trace'], because: 'as root the kernel could be asked' };
}
