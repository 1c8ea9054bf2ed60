import { saysHostUnreachable } from '../../model/icmp.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { failedProbes } from '../../model/probed.js';

/** Those who ask the target something as well, and may have heard it. */
const others = ['connect.ports', 'connect.egress', 'kernel.trace', 'path', 'connect.series'] as const;
const mostKept = 16;

/**
 * Who said of anything that was sent to an address that there is no such host, and when. A router that looks for a missing
 * neighbour says it to all that wait for that, every three seconds at most; one that has no way says it whenever it may.
 */
export const told: Gatherer<'connect.told'> = {
  fact: 'connect.told',
  needs: ['connect'],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  when: (_facts, { system }) => (system.told ? null : 'nobody has listened'),
  async gather(_facts, context) {
    const { told: all } = context.system;
    if (!all) return skipped('nobody has listened');
    for (const key of others) await context.settled(key);
    const failed = new Set(failedProbes(context.latest()).map(({ address }) => address));
    const hosts = all().filter(
      ({ address, type, code }) => failed.has(address) && saysHostUnreachable({ type, code }, address),
    );
    return known(hosts.slice(0, mostKept), 'error queues');
  },
};
