import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { scopeOf } from '../../model/address.js';
import { listenersFor } from '../evidence/listener-evidence.js';
import { expectedService } from '../evidence/local-service-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/** localhost inside a container, VM or namespace is that container itself, and the service runs in another one. */
export const cause: Cause = {
  id: 'loopback-of-other-namespace',
  side: 'target',
  stage: 'target',
  title: 'localhost here is not the computer or container that is meant',
  symptoms: symptoms('connect', 'refused'),
  needs: ['device.namespaces', 'device.listeners', 'device.services'],
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
    const [other] = elsewhere.listeners;
    if (!other) {
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
    const who = other.process === null ? 'a program' : `${other.process} (process ${other.pid})`;
    return {
      says: 'fits',
      // Seen from the machine itself, a program in a container may have nothing to do with what was asked for.
      weight: elsewhere.initial === false ? 0.85 : 0.6,
      atMost: 'likely',
      missing: elsewhere.initial === false ? [] : notYetAsked(scene, 'device.services'),
      culprit: {
        kind: 'process',
        name: other.process ?? `a program in the network of process ${other.pid}`,
        address: other.address,
      },
      summary: `localhost here is not the one that is meant: ${other.process ?? 'a program'} listens on port ${other.port}, but in another container or namespace.`,
      advice: 'use the address or the name of that container or computer instead of localhost',
      evidence: [
        {
          fact: 'device.namespaces',
          says: `${who} listens on ${other.address} port ${other.port} in another network namespace; nothing does here`,
        },
      ],
    };
  },
};
