import type { FactKey } from '../model/facts.js';
import type { AnyGatherer, Context, Gatherer, GathererHead, LaterGatherer } from '../model/gatherer.js';
import { browsersHead } from '../inspectors/browsers/browsers-head.js';
import { desktopHead } from '../inspectors/proxies/desktop-head.js';
import { deviceSelf } from '../inspectors/self/self.js';
import { connect } from '../probes/connect/connect.js';
import { greetingHead } from '../probes/greeting/greeting-head.js';
import { largeHelloHead } from '../probes/interference/large-hello-head.js';
import { httpHead } from '../probes/http/http-head.js';
import { nameConfig } from '../probes/names/name-config.js';
import { systemNames } from '../probes/names/system-names.js';
import { browserTrialsHead } from '../probes/browser/trials-head.js';
import { proxyChoice } from '../probes/proxy/proxy-choice.js';
import { proxyAddresses } from '../probes/proxy/proxy-addresses.js';
import { proxyConnect } from '../probes/proxy/proxy-connect.js';
import { proxyWay } from '../probes/proxy/proxy-way.js';
import { quicHead } from '../probes/quic/quic-head.js';
import { redirectsHead } from '../probes/redirects/redirects-head.js';
import { tlsHead } from '../probes/tls/tls-head.js';

/** Run for each target, every one as soon as what it needs is there. */
export const baseGatherers: readonly AnyGatherer[] = [
  deviceSelf,
  nameConfig,
  lazily(desktopHead, async () => (await import('../inspectors/proxies/desktop.js')).desktopProxy),
  proxyChoice,
  systemNames,
  connect,
  proxyAddresses,
  proxyConnect,
  proxyWay,
  lazily(tlsHead, async () => (await import('../probes/tls/tls.js')).tlsGatherer),
  lazily(httpHead, async () => (await import('../probes/http/http.js')).httpGatherer),
  lazily(redirectsHead, async () => (await import('../probes/redirects/redirects.js')).redirectsGatherer),
  lazily(browsersHead, async () => (await import('../inspectors/browsers/browsers.js')).deviceBrowsers),
  lazily(browserTrialsHead, async () => (await import('../probes/browser/trials.js')).browserTrials),
  lazily(largeHelloHead, async () => (await import('../probes/interference/large-hello.js')).largeHelloGatherer),
  lazily(quicHead, async () => (await import('../probes/quic/quic.js')).quicGatherer),
  lazily(greetingHead, async () => (await import('../probes/greeting/greeting.js')).greetingGatherer),
];

/** What is begun at once when a connection fails. */
export async function soonGatherers(): Promise<readonly AnyGatherer[]> {
  const { earlyGatherers } = await import('./early-gatherers.js');
  return earlyGatherers;
}

/** Everything else, when something failed or stays silent: the list is loaded then, and each of it when it is pulled. */
export async function moreGatherers(): Promise<readonly LaterGatherer[]> {
  const { laterGatherers } = await import('./later-gatherers.js');
  return laterGatherers;
}

/** A gatherer of which only the head is loaded at start; the work while the network is waited for, or when it is done. */
function lazily<K extends FactKey>(head: GathererHead<K>, load: () => Promise<Gatherer<K>>): Gatherer<K> {
  return {
    ...head,
    gather: async (facts, context) => (await load()).gather(facts, context),
    async *warm(context: Context) {
      const gatherer = await load();
      yield;
      if (gatherer.warm) yield* gatherer.warm(context);
    },
  };
}
