import { both, failed, likely, scenario } from '../../scenario.js';
import { KDE_BY_SCRIPT, PROXY_NAMES, withPac } from '../../world/proxies.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'script-names-no-proxy',
  side: 'network',
  title: 'A PAC script says that this host needs no proxy, and the way to its server is down behind the provider',
  target: 'https://four.example.com/',
  shows: 'unreachable-by-hop',
  nearly: ['proxy-required'],
  names: PROXY_NAMES,
  services: { resolver: withPac("function FindProxyForURL() { return 'DIRECT'; }\n") },
  files: { xdg: { kioslaverc: KDE_BY_SCRIPT } },
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [ip('provider', 'link set core down')],
  expect: both(failed('unreachable-by-hop', { ...likely, innocent: ['proxy-required'] })),
});
