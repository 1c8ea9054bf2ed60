import type { Facts } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf, proxyUrl, settingsOf } from '../../model/proxied.js';
import type { ProxySetting } from '../../model/proxy-facts.js';
import { tryThrough } from './try-target.js';

const mostTrials = 3;

/** The target through each proxy that is set on this device and not used: only the proxy changes. */
export const proxyTrials: Gatherer<'proxy.trials'> = {
  fact: 'proxy.trials',
  needs: ['proxy.choice', 'proxy.settings', 'proxy.pac'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  // Nobody has said that this network's proxy may be asked: only where others may be as well.
  reference: true,
  when: (facts) => (worthTrying(facts).length === 0 ? 'no other proxy is set on this device' : null),
  async gather(facts, context) {
    const trials = await Promise.all(worthTrying(facts).map((one) => tryThrough(one, facts.target, context)));
    return context.signal.aborted ? skipped('ended before it was done') : known(trials, 'proxy');
  },
};

/** One setting for each proxy, those for the target's own scheme first. */
function worthTrying(facts: Facts): ProxySetting[] {
  const settings = settingsOf(facts);
  const used = proxyOf(facts)?.server;
  const seen = new Set(used ? [proxyUrl(used)] : []);
  const secure = facts.target.transport === 'tls';
  const ranked = settings.toSorted((a, b) => Number(isFor(b, secure)) - Number(isFor(a, secure)));
  return ranked
    .filter(({ server }) => {
      if (!server || seen.has(proxyUrl(server))) return false;
      seen.add(proxyUrl(server));
      return true;
    })
    .slice(0, mostTrials);
}

function isFor({ name }: ProxySetting, secure: boolean): boolean {
  const ofHttps = /https/i.test(name);
  const ofHttp = !ofHttps && /http/i.test(name);
  return secure ? !ofHttp : !ofHttps;
}
