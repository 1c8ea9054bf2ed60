import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { dnsmasq } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';
import { netmaskOf, resolverAlsoAt } from '../../world/wide-netmask.js';

export default scenario({
  id: 'netmask-hides-resolver',
  side: 'device',
  title: 'The netmask is 255.0.0.0 in place of 255.255.255.0: the resolver, outside, is looked for on the own network',
  target: 'https://four.example.com/',
  shows: 'subnet-overlap',
  nearly: ['resolver-unreachable', 'internet-down'],
  files: { resolvConf: 'nameserver 192.0.2.129\n' },
  services: { resolver: [] },
  break: [
    ...resolverAlsoAt('192.0.2.129'),
    dnsmasq('resolver', '--listen-address=192.0.2.129', `--server=${ADDRESS.referenceResolver}`),
    netmaskOf(8),
  ],
  expect: both(
    failed('subnet-overlap', {
      side: 'this-device',
      stage: 'route',
      ...onlyLikely,
      culprit: { kind: 'interface', name: 'eth0', address: '192.168.7.20/8' },
      innocent: ['resolver-unreachable', 'internet-down', 'gateway-unreachable'],
    }),
  ),
  needs: ['dnsmasq'],
});
