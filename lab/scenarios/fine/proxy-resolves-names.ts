import { both, reachable, scenario } from '../../scenario.js';
import { SOCKS_URL, withSocks } from '../../world/proxies.js';

export default scenario({
  id: 'proxy-resolves-names',
  side: 'fine',
  title: 'No resolver answers here, and the SOCKS proxy looks the name up by itself',
  target: 'https://four.example.com/',
  environment: { all_proxy: SOCKS_URL },
  shows: 'reachable',
  nearly: ['resolver-unreachable', 'proxy-misconfigured'],
  services: { resolver: withSocks() },
  files: { resolvConf: 'nameserver 192.168.7.99\n' },
  break: [],
  expect: both({ ...reachable, innocent: ['resolver-unreachable', 'proxy-misconfigured', 'name-does-not-exist'] }),
});
