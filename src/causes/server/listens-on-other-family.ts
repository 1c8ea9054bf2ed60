import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { familyOf, unbracketed } from '../../model/address.js';
import { isOwnAddress, refusedByReset, triesOf } from '../evidence/connection-evidence.js';
import { listenersFor, processName } from '../evidence/listener-evidence.js';

/** The service listens on IPv4 only and was asked by IPv6, or the reverse. */
export const cause: Cause = {
  id: 'listens-on-other-family',
  side: 'server',
  stage: 'connect',
  title: 'The service listens on the other kind of address only',
  symptoms: symptoms('connect', 'refused'),
  needs: ['device.listeners'],
  yieldsTo: ['connection-redirected', 'local-firewall'],
  judge(attempt, scene) {
    const family = familyOf(attempt.address ?? '');
    if (refusedByReset(triesOf(attempt, scene)) === false) {
      return { says: 'ruledOut', because: 'a port that is not bound answers with a TCP reset', facts: ['connect'] };
    }
    const listeners = listenersFor(attempt, scene);
    if (!listeners) return { says: 'unknown', missing: ['device.listeners'] };
    if (!isOwnAddress(attempt.address, scene))
      return { says: 'unknown', missing: [], because: 'only the server itself can tell' };
    if (listeners.reachable.length > 0)
      return { says: 'ruledOut', because: 'it listens on this address too', facts: ['device.listeners'] };
    const loopback = listeners.loopbackOnly.filter((one) => familyOf(bare(one.address)) !== family);
    const isLoopbackTarget = attempt.address === '::1' || (attempt.address ?? '').startsWith('127.');
    const other = listeners.otherFamily[0] ?? (isLoopbackTarget ? loopback[0] : undefined);
    if (!other)
      return {
        says: 'ruledOut',
        because: 'nothing listens on that port on the other kind of address',
        facts: ['device.listeners'],
      };
    const has = family === 6 ? 'IPv4' : 'IPv6';
    const lacks = family === 6 ? 'IPv6' : 'IPv4';
    return {
      says: 'fits',
      side: 'this-device',
      weight: 0.9,
      culprit: {
        kind: other.process ? 'process' : 'service',
        name: other.process ?? `port ${other.port}`,
        address: other.address,
      },
      summary: `The service on port ${other.port} listens on ${has} only, and this was tried by ${lacks}.`,
      advice: `use its ${has} address, or let it listen on ${lacks} too`,
      evidence: [
        {
          fact: 'device.listeners',
          says: `${processName(other)} listens on ${other.address} port ${other.port}, on ${has} only`,
        },
      ],
    };
  },
};

function bare(address: string): string {
  return unbracketed(address);
}
