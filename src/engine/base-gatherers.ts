import type { AnyGatherer } from '../model/gatherer.js';
import { proxyChoice } from '../inspectors/proxies/proxy-choice.js';
import { deviceSelf } from '../inspectors/self/self.js';
import { connect } from '../probes/connect/connect.js';
import { greetingGatherer } from '../probes/greeting/greeting.js';
import { httpGatherer } from '../probes/http/http.js';
import { nameConfig } from '../probes/names/name-config.js';
import { systemNames } from '../probes/names/system-names.js';
import { proxyWay } from '../probes/proxy/proxy-way.js';
import { redirectsGatherer } from '../probes/redirects/redirects.js';
import { tlsGatherer } from '../probes/tls/tls.js';

/** Run for each target, every one as soon as what it needs is there. */
export const baseGatherers: readonly AnyGatherer[] = [
  deviceSelf,
  nameConfig,
  proxyChoice,
  systemNames,
  connect,
  proxyWay,
  tlsGatherer,
  httpGatherer,
  redirectsGatherer,
  greetingGatherer,
];

/** Everything else is loaded when something failed or stays silent. */
export async function moreGatherers(): Promise<readonly AnyGatherer[]> {
  const { pulledGatherers } = await import('./pulled-gatherers.js');
  return pulledGatherers;
}
