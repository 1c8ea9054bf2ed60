import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import {
  answeringPorts,
  answerVanishedHere,
  isOwnAddress,
  neverLeft,
  ownAddressesKnown,
  seenLost,
  sendersOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { countersOf, courseOf, riseText } from '../evidence/counter-evidence.js';
import { listenersFor, processName } from '../evidence/listener-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { queueAdvice } from '../evidence/queue-advice.js';
import { fileCulprit, isSocketFile, socketEvidence } from '../evidence/socket-file-evidence.js';
import { endsBefore } from '../path/passing.js';
import { takesNothing } from '../evidence/takes-nothing.js';
import { place } from '../evidence/tls-evidence.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/**
 * More connections wait than the program takes: the kernel then drops what would begin another one, or the last step of
 * it, and this side believes in a connection that the other side does not have. From outside that looks like a firewall,
 * but for the latter case; on this device the queue itself and its counter show it.
 */
export const cause: Cause = {
  id: 'server-overloaded',
  side: 'server',
  stage: 'connect',
  title: 'The server is overloaded',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'reset'),
    ...symptoms('tls', 'timed-out', 'closed', 'reset'),
    ...symptoms('http', 'timed-out', 'closed', 'reset', 'unavailable'),
    ...symptoms('service', 'timed-out', 'closed', 'reset'),
  ],
  unix: true,
  needs: ['device.listeners', 'device.counters', 'connect.held'],
  remedies: ['answer-with-cookies'],
  yieldsTo: [
    'too-many-open-files',
    'packet-loss',
    'connection-redirected',
    'captive-portal',
    'port-blocked-everywhere',
    'internet-down',
    'gateway-unreachable',
    'local-firewall',
    'app-policy',
    'vpn-blocks',
    'client-banned',
    'momentary-glitch',
    'conntrack-table-full',
  ],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    if (isSocketFile(attempt)) return fullSocketFile(attempt);
    if (isOwnAddress(attempt.address, scene)) return here(attempt, scene);
    if (!ownAddressesKnown(scene)) return { says: 'unknown', missing: notYetAsked(scene, 'device.listeners') };
    if (attempt.stage !== 'connect' && attempt.outcome.code === 'timed-out') return fromOutside(attempt, scene);
    if (attempt.stage === 'connect' && attempt.outcome.code === 'timed-out') return silentFromOutside(attempt, scene);
    return { says: 'unknown', missing: [], because: 'only the server itself can tell' };
  },
};

/** A full queue of a unix socket is all that makes connect() wait (EAGAIN, unix(7)). */
function fullSocketFile(attempt: FailedAttempt): Finding {
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'timed-out')
    return { says: 'unknown', missing: [], because: 'how busy its program is cannot be seen' };
  const path = attempt.address ?? '';
  return {
    says: 'fits',
    side: 'this-device',
    weight: 0.9,
    culprit: fileCulprit(path, null),
    summary: `The program behind ${path} takes no more connections: as many wait already as may.`,
    advice: 'look at that program: it hangs, or has more to do than it can',
    evidence: socketEvidence(attempt, 'the system lets nobody join the queue'),
  };
}

/** A full queue swallows what would begin a connection, as a firewall does: one silent port of a server that is alive. */
function silentFromOutside(attempt: FailedAttempt, scene: Scene): Finding {
  const tries = triesOf(attempt, scene);
  const { self, target, hops } = sendersOf(tries);
  if (self.length + target.length + hops.length > 0 || neverLeft(tries) || answerVanishedHere(attempt, scene))
    return { says: 'unknown', missing: [], because: 'only the server itself can tell' };
  if (scene.facts['connect.ports'] === undefined) return { says: 'unknown', missing: ['connect.ports'] };
  const before = endsBefore(attempt, scene);
  if (before) return before;
  const alive = answeringPorts(attempt, scene);
  if (alive.length === 0) return { says: 'unknown', missing: [], because: 'only the server itself can tell' };
  const lost = seenLost(attempt, scene);
  if (lost !== null) return { says: 'unknown', missing: [], because: `${lost}: loss explains the silence as well` };
  return {
    says: 'fits',
    // Just more than a firewall here that nobody has seen drop the answer: it must not hide this one.
    weight: 0.26,
    atMost: 'likely',
    culprit: { kind: 'service', name: `port ${attempt.port ?? 0}`, address: attempt.address ?? '' },
    summary: `The service on port ${attempt.port ?? 0} may hang, with as many connections waiting as may.`,
    advice: 'look at that service on the server: its queue (ss -ltn) and what it does',
    evidence: [
      {
        fact: 'connect.ports',
        says: 'other ports of the same server answer; a full queue of this one would be just as silent',
      },
    ],
  };
}

/** The queue of this device's own listening socket. */
function here(attempt: FailedAttempt, scene: Scene): Finding {
  const listeners = listenersFor(attempt, scene);
  if (!listeners) return { says: 'unknown', missing: notYetAsked(scene, 'device.listeners') };
  const [listener] = listeners.reachable;
  const queue = listener?.backlog;
  if (!listener || !queue) return { says: 'unknown', missing: [], because: 'the queue of that port cannot be seen' };
  // sk_acceptq_is_full() asks for more than the limit.
  if (queue.used <= queue.limit) {
    const because = `${queue.used} connections wait there, and ${queue.limit} may`;
    return { says: 'ruledOut', because, facts: ['device.listeners'] };
  }
  const counters = countersOf(attempt, scene);
  const course = courseOf(counters, 'ListenOverflows');
  const evidence: Evidence[] = [
    {
      fact: 'device.listeners',
      says: `${queue.used} connections wait for ${processName(listener)}, and ${queue.limit} may`,
    },
    ...(counters && course !== undefined && course !== 'still'
      ? [{ fact: 'device.counters' as const, says: riseText(counters, 'ListenOverflows') }]
      : []),
  ];
  const common = {
    side: 'this-device',
    stage: attempt.stage,
    culprit: {
      kind: 'limit',
      name: `queue of ${listener.process ?? 'the program'} on port ${listener.port}: ${queue.used} of ${queue.limit}`,
      address: attempt.address ?? '',
    },
    summary: `${listener.process ?? 'The program'} on port ${listener.port} of this computer takes no connections: more wait already than may.`,
    advice: queueAdvice(scene.facts, queue.limit),
    evidence,
  } as const;
  return course === 'ours'
    ? { says: 'proven', ...common }
    : { says: 'fits', weight: 0.9, missing: notYetAsked(scene, 'device.counters'), ...common };
}

/** The connection stands on this side only: the server begins it anew, and nobody acknowledges what is sent on it. */
function fromOutside(attempt: FailedAttempt, scene: Scene): Finding {
  const found = takesNothing(attempt, scene);
  if ('says' in found) return found;
  if (found.stands === 'on-both-sides')
    return { says: 'unknown', missing: [], because: 'the server has the connection, and so has room for it' };
  return {
    says: 'fits',
    weight: 0.6,
    missing: notYetAsked(scene, 'connect.series'),
    // A filter that lets a connection begin and swallows the rest, its last step too, looks the same.
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'server', ...(attempt.address !== null && { address: attempt.address }) },
    summary: `${place(attempt)} is overloaded: it lets connections begin, and takes nothing that is sent on them.`,
    advice: 'look at the program there: it hangs, or has more to do than it can; try again later',
    evidence: [found.evidence],
  };
}
