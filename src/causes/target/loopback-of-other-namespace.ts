import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { scopeOf } from '../../model/address.js';
import { listenersFor } from '../evidence/listener-evidence.js';
import { expectedService } from '../evidence/local-service-evidence.js';
import { meantOf, type Namesake } from '../evidence/namesakes.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/** localhost inside a container, VM or namespace is that container itself, and the service runs in another one. */
export const cause: Cause = {
  id: 'loopback-of-other-namespace',
  side: 'target',
  stage: 'target',
  title: 'localhost here is not the computer or container that is meant',
  symptoms: symptoms('connect', 'refused'),
  needs: ['device.namespaces', 'device.listeners', 'device.services'],
  // What the engine says of its containers is nearer than whoever has the same port.
  yieldsTo: ['port-not-published'],
  judge(attempt, scene) {
    if (attempt.address === null || scopeOf(attempt.address) !== 'loopback') {
      return { says: 'ruledOut', because: 'the target is no loopback address', facts: ['connect'] };
    }
    // A name of the internet that leads to this device was never meant for a neighbour in another container.
    if (scene.facts.target.literal === 0 && attempt.host.includes('.') && !attempt.host.endsWith('.localhost')) {
      return { says: 'ruledOut', because: 'the name is none of this computer', facts: ['connect'] };
    }
    const listeners = listenersFor(attempt, scene);
    const elsewhere = fact(scene.facts, 'device.namespaces');
    if (!listeners || !elsewhere) return { says: 'unknown', missing: ['device.listeners', 'device.namespaces'] };
    if (listeners.reachable.length > 0)
      return { says: 'ruledOut', because: 'a program here does listen on it', facts: ['device.listeners'] };
    // The service is here after all, and only bound in another way: that is nearer than a namesake in another container.
    if ([...listeners.elsewhere, ...listeners.loopbackOnly, ...listeners.otherFamily].length > 0)
      return { says: 'ruledOut', because: 'a program here listens on that port', facts: ['device.listeners'] };
    const meant = meantOf(attempt, scene, elsewhere);
    if (!meant) {
      // Inside a container the processes of others are out of sight.
      // Unless it has the machine's own network, and all processes were looked at.
      if ((elsewhere.inside === null || elsewhere.initial === true) && elsewhere.complete) {
        return {
          says: 'ruledOut',
          because: 'no other namespace of this machine has a program on that port',
          facts: ['device.namespaces'],
        };
      }
      return { says: 'unknown', missing: [], because: 'what runs outside this container cannot be seen from inside' };
    }
    const service = elsewhere.initial === false ? undefined : expectedService(scene);
    if (service) {
      return {
        says: 'ruledOut',
        because: `${service.name} of this very computer should listen there`,
        facts: ['device.services'],
      };
    }
    const inOther = elsewhere.initial === false;
    if (meant.one === null) return oneOfSeveral(attempt, scene, meant.all, inOther);
    const { listener: other, container } = meant.one;
    const who = other.process === null ? 'a program' : `${other.process} (process ${other.pid})`;
    const where = container === null ? 'another network namespace' : `the container ${container.name}`;
    return {
      says: 'fits',
      // Seen from the machine itself, a program in a container may have nothing to do with what was asked for.
      weight: inOther ? 0.85 : 0.6,
      atMost: 'likely',
      missing: inOther ? [] : notYetAsked(scene, 'device.services'),
      culprit: {
        kind: 'process',
        name: other.process ?? `a program in the network of process ${other.pid}`,
        address: other.address,
      },
      summary: `localhost here is not the one that is meant: ${other.process ?? 'a program'} listens on port ${other.port}, but in ${container === null ? 'another container or namespace' : where}.`,
      advice: 'use the address or the name of that container or computer instead of localhost',
      evidence: [
        {
          fact: 'device.namespaces',
          says: `${who} listens on ${other.address} port ${other.port} in ${where}; nothing does here`,
        },
        ...(meant.because === null
          ? []
          : [{ fact: 'device.namespaces', says: `of several programs that do, ${meant.because}` } as const]),
      ],
    };
  },
};

const mostNamed = 6;

/** Nothing but the port speaks for any of them. */
function oneOfSeveral({ port }: FailedAttempt, scene: Scene, all: readonly Namesake[], inOther: boolean): Finding {
  const named = all.slice(0, mostNamed).map(({ listener, container }) => {
    const program = listener.process ?? 'a program';
    return `${container === null ? program : `${program} in the container ${container.name}`} (process ${listener.pid})`;
  });
  const more = all.length > named.length ? `, and ${all.length - named.length} more` : '';
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    missing: notYetAsked(scene, 'device.containers', ...(inOther ? [] : (['device.services'] as const))),
    summary: `One of ${all.length} programs in other containers or namespaces that listen on port ${port ?? 0} is meant, and nothing tells which.`,
    advice: 'if one of them is meant: use the address or the name of that container or computer instead of localhost',
    evidence: [
      {
        fact: 'device.namespaces',
        says: `one of ${all.length} in other network namespaces, and nothing here: ${named.join(', ')}${more}`,
      },
    ],
  };
}
