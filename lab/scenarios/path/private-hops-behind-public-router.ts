import { scenario, failed, undetermined } from '../../scenario.js';
import { filterRule, ip } from '../../world/steps.js';

const beside = { innocent: ['local-firewall'], innocentText: ['192.168.7.1'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...beside }),
    undetermined(['server-firewall'], beside),
  ],
} as const;

// Providers number their own routers from private and shared ranges: that is nobody's second translation.
export default scenario({
  id: 'private-hops-behind-public-router',
  side: 'path',
  title: 'The router has a public address, and the next routers answer from private and shared ones; the server drops',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['double-nat', 'shared-address'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '203.0.113.2' }] },
  break: [
    ip('provider', 'addr add 10.9.9.1/32 dev access', 'route change 192.168.7.0/24 via 203.0.113.2 src 10.9.9.1'),
    ip('edge', 'addr add 100.64.9.9/32 dev uplink', 'route change default via 203.0.113.10 src 100.64.9.9'),
    filterRule('server', 'input', 'tcp dport 443 drop'),
  ],
  expect: { root: either, user: either },
  needs: ['nft'],
});
