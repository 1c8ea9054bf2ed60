import { chooseProxy } from '../../model/choose-proxy.js';
import { fact } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';

/**
 * Which proxy curl would take for this target: the command's own options, then the environment; and where neither names
 * one, in a desktop session what browsers take from the desktop.
 */
export const proxyChoice: Gatherer<'proxy.choice'> = {
  fact: 'proxy.choice',
  needs: ['proxy.desktop'],
  base: true,
  cost: 'local',
  platforms: 'any',
  privilege: 'none',
  when: ({ target }) => (target.scheme === 'unix' ? 'a socket file needs no network' : null),
  async gather(facts, context) {
    const { system, options } = context;
    const desktop = fact(facts, 'proxy.desktop');
    const choice = chooseProxy(facts.target, (name) => system.environment(name), options.proxy);
    const isSet =
      desktop !== undefined && (desktop.settings.length > 0 || (desktop.script ?? desktop.detect) !== undefined);
    if (choice.setting !== null || choice.exempt || !isSet) return known(choice, 'environment');
    const { chooseByDesktop } = await import('./choose-by-desktop.js');
    return known(await chooseByDesktop(desktop, facts.target, context), 'desktop settings');
  },
};
