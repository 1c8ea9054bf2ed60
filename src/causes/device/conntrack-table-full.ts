import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside } from '../evidence/connection-evidence.js';
import { countersOf, courseOf, riseText } from '../evidence/counter-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/**
 * The packet filter remembers each connection in a table; when that is full of connections that it may not forget, packets
 * that begin another one are dropped (nf_conntrack_alloc). A router's table on the way cannot be seen from here.
 */
export const cause: Cause = {
  id: 'conntrack-table-full',
  side: 'this-device',
  stage: 'connect',
  title: "The firewall's table of connections is full",
  symptoms: [
    ...symptoms('connect', 'timed-out', 'not-permitted'),
    ...symptoms('exchange', 'timed-out', 'not-permitted'),
  ],
  needs: ['device.limits', 'device.counters'],
  remedies: ['raise-limit'],
  judge(attempt, scene) {
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    const table = fact(scene.facts, 'device.limits')?.conntrack;
    if (table === undefined) return { says: 'unknown', missing: notYetAsked(scene, 'device.limits') };
    if (table === null) {
      return { says: 'ruledOut', because: 'this computer keeps no table of connections', facts: ['device.limits'] };
    }
    // Entries come and go all the time: nearly full at one moment may have been full at the other.
    if (table.used < table.limit * 0.95) {
      const because = `${table.used} of ${table.limit} entries of the table are in use`;
      return { says: 'ruledOut', because, facts: ['device.limits'] };
    }
    const counters = countersOf(attempt, scene);
    const course = courseOf(counters, 'conntrackDrop');
    const common = {
      culprit: { kind: 'limit', name: `nf_conntrack: ${table.used} of ${table.limit} entries` },
      summary:
        "The table in which this computer's firewall remembers connections is full, so that no new one gets through.",
      advice:
        'find out what opens so many connections (conntrack -L); then let it close them, or raise net.netfilter.nf_conntrack_max',
      evidence: [
        { fact: 'device.limits', says: `${table.used} of ${table.limit} entries are in use` },
        ...(counters && course !== undefined && course !== 'still'
          ? [{ fact: 'device.counters' as const, says: riseText(counters, 'conntrackDrop') }]
          : []),
      ],
    } as const;
    if (course === 'ours' && table.used >= table.limit) return { says: 'proven', ...common };
    if (course === 'still')
      return { says: 'ruledOut', because: 'the kernel drops none for it', facts: ['device.counters'] };
    return { says: 'fits', weight: 0.9, missing: notYetAsked(scene, 'device.counters'), ...common };
  },
};
