import type { GathererHead } from '../../model/gatherer.js';

/** The page in a real browser: only when asked for (`--browser`), and when it works without one. */
export const browserTrialsHead: GathererHead<'browser.trials'> = {
  fact: 'browser.trials',
  needs: ['http', 'redirects', 'device.browsers'],
  base: true,
  cost: 'heavy',
  platforms: ['linux'],
  privilege: 'none',
  when: ({ target, http }, { options, system }) => {
    if (!options.browser) return 'no browser was asked for';
    if (target.scheme !== 'http' && target.scheme !== 'https') return 'it is no web page';
    if (system.identity.root) return 'a browser is started as its user, not as root';
    const answered = http?.state === 'known' && http.value.some((one) => !one.failure);
    return answered ? null : 'nothing answers there without a browser either';
  },
};
