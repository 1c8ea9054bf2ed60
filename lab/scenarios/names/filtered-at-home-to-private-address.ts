import { both, scenario, undetermined } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'filtered-at-home-to-private-address',
  side: 'names',
  title:
    'The home router is the resolver too, and leads the name to an address of private networks, at which nobody is',
  target: 'https://four.example.com/',
  shows: 'name-filtered',
  nearly: ['host-down', 'dropped-on-path'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  break: [
    dnsmasq('home', '--interface=lan', '--address=/four.example.com/10.10.34.35', `--server=${ADDRESS.resolver}`),
  ],
  expect: both(undetermined(['name-filtered'], { innocent: ['host-down', 'dropped-on-path'] })),
  needs: ['dnsmasq'],
});
