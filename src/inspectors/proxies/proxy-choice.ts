import { chooseProxy } from '../../model/choose-proxy.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';

/** Which proxy curl would take for this target, by the command's own options and the environment. Reads no file. */
export const proxyChoice: Gatherer<'proxy.choice'> = {
  fact: 'proxy.choice',
  needs: [],
  base: true,
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  when: ({ target }) => (target.scheme === 'unix' ? 'a socket file needs no network' : null),
  gather({ target }, { system, options }) {
    const choice = chooseProxy(target, (name) => system.environment(name), options.proxy);
    return Promise.resolve(known(choice, 'environment'));
  },
};
