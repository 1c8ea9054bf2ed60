import { both, failed, likely, scenario } from '../../scenario.js';
import { KDE_LOOKS_FOR_IT, KDE_SESSION, RESOLV_CONF_WITH_DOMAIN, withWpad } from '../../world/proxies.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'wpad-says-direct',
  side: 'network',
  title: 'The script that is found by the name wpad says DIRECT, and the way to the server is down behind the provider',
  target: 'https://four.example.com/',
  environment: KDE_SESSION,
  shows: 'unreachable-by-hop',
  nearly: ['proxy-required', 'proxy-unreachable'],
  services: { resolver: withWpad("function FindProxyForURL() { return 'DIRECT'; }\n") },
  files: { xdg: { kioslaverc: KDE_LOOKS_FOR_IT }, resolvConf: RESOLV_CONF_WITH_DOMAIN },
  // A router has five such errors for one asker, then one a second (ip_error in route.c).
  fresh: true,
  break: [ip('provider', 'link set core down')],
  expect: both(failed('unreachable-by-hop', { ...likely, innocent: ['proxy-required', 'proxy-unreachable'] })),
});
