import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/**
 * Each connection to one place needs a local port of its own, and all of the range are taken. The kernel says so itself
 * (EADDRNOTAVAIL), yet also where this device has no address of that family: so the range is held against its use.
 */
export const cause: Cause = {
  id: 'ephemeral-ports-exhausted',
  side: 'this-device',
  stage: 'connect',
  title: 'This computer has no free ports left',
  symptoms: symptoms('connect', 'no-local-address'),
  needs: ['device.limits'],
  remedies: ['widen-port-range'],
  judge(attempt, scene) {
    const limits = fact(scene.facts, 'device.limits');
    if (!limits) {
      const missing = notYetAsked(scene, 'device.limits');
      return { says: 'unknown', missing, because: 'how many ports are in use is not known' };
    }
    const use = limits.ports?.towards.find((one) => one.address === attempt.address && one.port === attempt.port);
    if (!limits.ports || !use)
      return { says: 'unknown', missing: [], because: 'how many ports are in use is not known' };
    const { first, last, reserved } = limits.ports;
    const size = last - first + 1 - reserved;
    // Sockets come and go between the failure and the count.
    if (use.used < size * 0.9) {
      const because = `${use.used} of ${size} local ports are in use towards it`;
      return { says: 'ruledOut', because, facts: ['device.limits'] };
    }
    const holder = use.holder ? `; ${use.holder.process} (process ${use.holder.pid}) holds ${use.holder.used}` : '';
    const common = {
      culprit: {
        kind: 'limit',
        name: `${use.used} of ${size} local ports (net.ipv4.ip_local_port_range ${first} ${last})`,
      },
      summary: `All ${size} ports that this computer may use for connections to ${attempt.address ?? ''} port ${attempt.port ?? 0} are taken.`,
      advice:
        use.ended > use.used / 2
          ? 'most of them are ended connections that the system still remembers for a minute: let the program keep its connections open and use them again'
          : 'let the program close connections that it no longer needs, or share them (a pool)',
      evidence: [
        { fact: 'connect', says: `the system found no free local port (${attempt.outcome.raw})` },
        {
          fact: 'device.limits',
          says: `${use.used} of ${size} are in use towards it, ${use.ended} of these ended already${holder}`,
        },
      ],
    } as const;
    return use.used >= size ? { says: 'proven', ...common } : { says: 'fits', weight: 0.9, ...common };
  },
};
