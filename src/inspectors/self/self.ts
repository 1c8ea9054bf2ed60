import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';

/** As whom this diagnosis probes, and what it may see: says what else would have been measured with more rights. */
export const deviceSelf: Gatherer<'device.self'> = {
  fact: 'device.self',
  needs: [],
  base: true,
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  gather(_facts, { system: { platform, identity } }) {
    return Promise.resolve(known({ platform, ...identity }, 'process'));
  },
};
