import type { Cause, Finding } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { networkWithoutWay } from '../evidence/network-without-way.js';
import { permissionForProgram } from '../evidence/program-policy.js';

/**
 * The right to use the network that a system gives each program, taken away in its settings: of Flatpak and snapd on Linux.
 * What a package never asked for is `app-policy`: nobody of this device has decided that.
 */
export const cause: Cause = {
  id: 'os-network-permission',
  side: 'this-device',
  stage: 'connect',
  title: 'The system has not allowed this program to use the network',
  symptoms: [
    ...symptoms('connect', 'not-permitted', 'prohibited', 'timed-out', 'host-unreachable', 'network-unreachable'),
    ...symptoms('exchange', 'network-unreachable', 'host-unreachable', 'refused', 'prohibited', 'not-permitted'),
  ],
  needs: ['device.program', 'device.interfaces'],
  judge(attempt, scene): Finding {
    const self = fact(scene.facts, 'device.self');
    if (!self) return { says: 'unknown', missing: [], because: 'which system this is was not measured' };
    if (self.platform !== 'linux')
      return { says: 'unknown', missing: [], because: 'permissions of this system are not read yet' };
    const program = fact(scene.facts, 'device.program');
    const permission = program?.permission ?? null;
    if (permission === null || permission.allowed || permission.decided !== 'setting')
      return {
        says: 'ruledOut',
        because:
          permission === null
            ? 'this system has no such permission'
            : 'nobody has taken the right to use the network from that program',
        facts: permission === null ? ['device.self'] : ['device.program'],
      };
    const found = attempt.byProgram
      ? permissionForProgram(attempt, scene)
      : networkWithoutWay(attempt, scene, 'os-network-permission');
    return found ?? { says: 'unknown', missing: [], because: 'whether that is why is not known' };
  },
};
