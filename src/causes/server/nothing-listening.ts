import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { type ContainerBehind, containerBehind, containerNotAsked } from '../evidence/container-behind.js';
import { hostPort } from '../../model/address.js';
import { fact, type FactKey, type ListenerFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  answeringPorts,
  isOwnAddress,
  openPorts,
  refusedByReset,
  resetOf,
  routeOf,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { ecnOf } from '../evidence/ecn-evidence.js';
import { boundTo, listenersFor, processName } from '../evidence/listener-evidence.js';
import {
  expectedService,
  serviceAdvice,
  serviceCulprit,
  serviceEvidence,
  whatBecame,
} from '../evidence/local-service-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { noSocketSays, refusedByOwnStack } from '../evidence/refused-by-own-stack.js';
import { isSocketFile } from '../evidence/socket-file-evidence.js';
import { nobodyAtSocketFile } from '../evidence/socket-file-nobody.js';
import { refusalPlace, wireNotYet } from '../evidence/wire-evidence.js';

/** The host is there, and no program listens on that port: its kernel answers with a reset. */
export const cause: Cause = {
  id: 'nothing-listening',
  side: 'server',
  stage: 'connect',
  title: 'The server is there, but nothing answers on that port',
  symptoms: symptoms('connect', 'refused', 'not-found'),
  unix: true,
  remedies: ['start-service'],
  needs: [
    'connect.ports',
    'connect.reset',
    'device.listeners',
    'device.services',
    'device.socketFile',
    'device.routes',
    'device.containers',
  ],
  yieldsTo: [
    'subnet-overlap',
    'service-outage',
    'nat-loopback-missing',
    'address-conflict',
    'connection-redirected',
    'captive-portal',
    'loopback-of-other-namespace',
    'port-not-published',
    'listens-on-loopback-only',
    'listens-on-other-family',
    'hosts-file-override',
    'wrong-scheme-or-port',
    'no-backend',
    'local-firewall',
  ],
  judge(attempt, scene) {
    if (isSocketFile(attempt)) return nobodyAtSocketFile(attempt, scene);
    const tries = triesOf(attempt, scene);
    const byReset = refusedByReset(tries);
    const { self, target, hops } = sendersOf(tries);
    if (byReset === false && (target.length > 0 || hops.length > 0 || self.length > 0)) {
      return {
        says: 'ruledOut',
        because: 'a closed port answers with a TCP reset, and this was an ICMP error',
        facts: ['connect'],
      };
    }
    if (byReset === undefined && fact(scene.facts, 'device.listeners') === undefined) {
      return {
        says: 'fits',
        weight: 0.5,
        missing: ['device.listeners'],
        ...plain(attempt.port),
        evidence: [{ fact: 'connect', says: 'the connection was refused at once' }],
      };
    }
    // A route may make an address this device's own that no interface of it has.
    const here = isOwnAddress(attempt.address, scene) || routeOf(attempt, scene)?.type === 'local';
    const listeners = listenersFor(attempt, scene);
    if (here && listeners === undefined) return { says: 'unknown', missing: ['device.listeners'] };
    if (here && listeners && listeners.reachable.length > 0) {
      return { says: 'ruledOut', because: 'a program does listen there', facts: ['device.listeners'] };
    }
    if (here && listeners) return nothingHere(attempt, scene);
    const place = refusalPlace(attempt, scene);
    if (place === 'here' || place === 'led-here')
      return { says: 'ruledOut', because: 'this computer itself refuses', facts: ['connect.wire'] };
    const ecn = ecnOf(attempt, scene);
    if (ecn === 'refused')
      return {
        says: 'ruledOut',
        because: 'it opens with a first packet that does not ask for ECN',
        facts: ['connect.reset'],
      };
    const reset = resetOf(attempt, scene);
    if (reset && reset.resetTtl !== null && reset.hostTtl !== null && reset.resetTtl !== reset.hostTtl) {
      return {
        says: 'ruledOut',
        because: `the refusal came from another distance than the host (${reset.resetTtl} and ${reset.hostTtl})`,
        facts: ['connect.reset'],
      };
    }
    if (reset?.fartherPort !== undefined) {
      return {
        says: 'ruledOut',
        because: `the refusal came from nearer than that of its port ${reset.fartherPort}`,
        facts: ['connect.reset'],
      };
    }
    if (reset?.refusedAtTtl1 === true && place !== 'out' && scene.facts['device.routes']?.state === 'known') {
      const route = fact(scene.facts, 'device.routes')?.choices.find((choice) => choice.address === attempt.address);
      if (route && route.via !== null)
        return {
          says: 'ruledOut',
          because: 'this computer itself refuses, the packet passed no router',
          facts: ['connect.reset'],
        };
    }
    const container = containerBehind(attempt, scene);
    if (container) return nothingInContainer(attempt, container);
    const open = openPorts(attempt, scene);
    const alive = answeringPorts(attempt, scene);
    const sameDistance = reset?.resetTtl !== null && reset?.resetTtl !== undefined && reset.resetTtl === reset.hostTtl;
    const traced = traceOf(attempt, scene);
    return {
      says: 'fits',
      weight: 0.7,
      ...(ecn === 'untold' && { atMost: 'likely' as const }),
      culprit: { kind: 'service', name: `port ${attempt.port ?? 0}`, address: attempt.address ?? '' },
      ...plain(attempt.port),
      evidence: [
        {
          fact: 'connect',
          says: sameDistance
            ? 'the refusal came from the server itself (same distance as its open port)'
            : 'the connection was refused by a TCP reset, as a closed port does',
        },
        ...(open.length > 0
          ? [
              {
                fact: 'connect.ports' as const,
                says:
                  open.length > 1
                    ? `its ports ${open.slice(0, -1).join(', ')} and ${open.at(-1) ?? ''} are open`
                    : `its port ${open.join()} is open`,
              },
            ]
          : alive.length > 0
            ? [
                {
                  fact: 'connect.ports' as const,
                  says: 'other ports of it refuse as well, so that the server is there',
                },
              ]
            : []),
        ...(traced && !traced.stoppedBy && traced.seenIn
          ? [{ fact: 'kernel.trace' as const, says: "this computer's firewall let the packet out and the refusal in" }]
          : []),
      ],
      missing: [
        ...containerNotAsked(attempt, scene),
        ...wireNotYet(attempt, scene),
        ...(scene.facts['connect.reset'] === undefined ? (['connect.reset'] as const) : []),
        ...(scene.facts['connect.ports'] === undefined ? (['connect.ports'] as const) : []),
        ...(scene.facts['device.routes'] === undefined ? (['device.routes'] as const) : []),
        ...(scene.facts['device.interfaces'] === undefined ? (['device.interfaces'] as const) : []),
      ],
    };
  },
};

/** The target is a container of this device, which is there and refuses. */
function nothingInContainer(
  attempt: FailedAttempt,
  { container, culprit, clause, advice, evidence }: ContainerBehind,
): Finding {
  const port = attempt.port ?? 0;
  return {
    says: 'fits',
    side: 'this-device',
    weight: 0.9,
    atMost: 'likely',
    culprit,
    summary: `The container ${container.name} is there, and nothing in it answers on port ${port}${clause}.`,
    advice,
    evidence: [
      { fact: 'connect', says: 'the connection was refused by a TCP reset, as a closed port does' },
      ...evidence,
    ],
  };
}

/** The target is this very device: its own tables show that nobody listens, and perhaps who should. */
function nothingHere(attempt: FailedAttempt, scene: Scene): Finding {
  const [port, address] = [attempt.port ?? 0, attempt.address ?? ''];
  const expected = expectedService(scene);
  const [other] = listenersFor(attempt, scene)?.elsewhere ?? [];
  // Somebody else may hold the place of the one that should be here.
  if (other && !expected?.heldBy) return elsewhereHere(other, port, address, notYetAsked(scene, 'device.services'));
  return {
    says: 'fits',
    side: 'this-device',
    weight: 0.8,
    missing: notYetAsked(scene, 'device.services'),
    culprit: expected ? serviceCulprit(expected, address) : { kind: 'service', name: `port ${port}`, address },
    summary: expected
      ? `Nothing on this computer listens on port ${port}: ${whatBecame(expected)}.`
      : `Nothing on this computer listens on port ${port}.`,
    advice: expected ? serviceAdvice(expected) : 'start the program that should listen there, or check its port',
    evidence: [
      { fact: 'device.listeners', says: `no program of this computer listens on ${address} port ${port}` },
      ...(refusedByOwnStack(attempt, scene) ? [{ fact: 'kernel.trace' as const, says: noSocketSays }] : []),
      ...(expected ? serviceEvidence(expected) : []),
    ],
  };
}

/** A program does listen on that port, but on another of this device's addresses only. */
function elsewhereHere(other: ListenerFact, port: number, address: string, missing: FactKey[]): Finding {
  return {
    says: 'fits',
    missing,
    side: 'this-device',
    weight: 0.85,
    culprit: {
      kind: other.process ? 'process' : 'service',
      name: other.process ?? `port ${port}`,
      address: other.address,
    },
    summary: `Nothing listens on ${hostPort(address, port)}: ${other.process ?? 'the program on that port'} listens on ${boundTo(other)} only.`,
    advice:
      other.device === undefined
        ? `use ${hostPort(other.address, port)}, or let the program listen on ${address} too`
        : `this computer itself comes by the interface lo: let the program listen on all interfaces (its setting may be called bind-interface or device; in a unit of systemd BindToDevice=)`,
    evidence: [
      {
        fact: 'device.listeners',
        says: `${processName(other)} listens on ${boundTo(other)} port ${port}, and nothing on ${address}`,
      },
    ],
  };
}

function plain(port: number | null): { summary: string; advice: string } {
  return {
    summary: `The server is there, but nothing answers on port ${port ?? 0}.`,
    advice:
      'start the service there, or check the port; from outside nobody can tell a stopped service from a firewall of the server that sends the same refusal',
  };
}
