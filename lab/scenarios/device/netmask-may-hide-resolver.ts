import { both, scenario, undetermined } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';
import { netmaskOf, resolverAlsoAt } from '../../world/wide-netmask.js';

// A network of 255.255.0.0 may well be one: a name server of it that is off looks the same (wide-network-resolver-off).
export default scenario({
  id: 'netmask-may-hide-resolver',
  side: 'device',
  title: "The netmask is 255.255.0.0 in place of 255.255.255.0, and the company's name server is behind the router",
  target: 'https://four.example.com/',
  shows: 'subnet-overlap',
  nearly: ['resolver-unreachable'],
  files: { resolvConf: 'nameserver 192.168.53.53\n' },
  services: { resolver: [] },
  break: [
    ...resolverAlsoAt('192.168.53.53'),
    dnsmasq('resolver', '--listen-address=192.168.53.53', `--server=${ADDRESS.referenceResolver}`),
    netmaskOf(16),
  ],
  expect: both(undetermined(['subnet-overlap', 'resolver-unreachable'])),
  needs: ['dnsmasq'],
});
