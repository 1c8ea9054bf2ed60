import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { scopeOf } from '../../model/address.js';
import { isOwnAddress, refusedByReset, triesOf } from '../evidence/connection-evidence.js';
import { fact } from '../../model/facts.js';
import { bindAdvice, bindEvidence, bindLineAdvice } from '../evidence/bind-settings.js';
import { listenersFor, processName } from '../evidence/listener-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/** The service runs, bound to 127.0.0.1 or ::1, so that only this very device reaches it. */
export const cause: Cause = {
  id: 'listens-on-loopback-only',
  side: 'server',
  stage: 'connect',
  title: 'The service only listens to its own computer',
  symptoms: symptoms('connect', 'refused'),
  needs: ['device.listeners', 'device.binding'],
  yieldsTo: ['connection-redirected', 'local-firewall', 'port-not-published'],
  judge(attempt, scene) {
    if (refusedByReset(triesOf(attempt, scene)) === false) {
      return { says: 'ruledOut', because: 'a port that is not bound answers with a TCP reset', facts: ['connect'] };
    }
    const listeners = listenersFor(attempt, scene);
    if (!listeners) return { says: 'unknown', missing: ['device.listeners'] };
    if (!isOwnAddress(attempt.address, scene))
      return { says: 'unknown', missing: [], because: 'only the server itself can tell' };
    const [only] = listeners.loopbackOnly;
    if (listeners.reachable.length > 0)
      return { says: 'ruledOut', because: 'it listens on this address too', facts: ['device.listeners'] };
    if (!only)
      return { says: 'ruledOut', because: 'nothing listens on that port on loopback', facts: ['device.listeners'] };
    if (
      attempt.address !== null &&
      scopeOf(attempt.address) === 'loopback' &&
      !sameFamilyElsewhere(only.address, attempt.address)
    ) {
      return { says: 'ruledOut', because: 'the target is a loopback address itself', facts: ['device.listeners'] };
    }
    const line = fact(scene.facts, 'device.binding')?.find(({ location }) => location !== '');
    const who = only.process ?? line?.program ?? 'the service';
    return {
      says: 'fits',
      side: 'this-device',
      weight: 0.9,
      missing: notYetAsked(scene, 'device.binding'),
      culprit: {
        kind: only.process ? 'process' : 'service',
        name: only.process ?? `port ${only.port}`,
        address: only.address,
        ...(line && { location: line.location }),
      },
      summary: `The service on port ${only.port} only listens to this computer itself (${only.address}), not on ${attempt.address ?? ''}.`,
      advice:
        (line && bindLineAdvice(line, who, attempt.address ?? '', only.port)) ??
        bindAdvice(only.process ?? '', attempt.address ?? '', only.port) ??
        `let ${only.process ?? 'the service'} listen on this address too, in its own settings (often called bind, listen or host)`,
      evidence: [
        {
          fact: 'device.listeners',
          says: `${processName(only)} listens on ${only.address} port ${only.port} and nowhere else`,
        },
        ...bindEvidence(line),
      ],
    };
  },
};

/** 127.0.0.1 tried while it listens on 127.0.0.2 is still "loopback only"; ::1 against 127.0.0.1 is the other family's cause. */
function sameFamilyElsewhere(bound: string, address: string): boolean {
  return bound.includes(':') === address.includes(':');
}
