import { both, failed, likely, scenario } from '../../scenario.js';
import { cable, networkManager } from '../../world/network-manager.js';

export default scenario({
  id: 'networkmanager-resolver-dead',
  side: 'names',
  title: 'The real NetworkManager has a name server in its settings at which nobody is, and writes it into resolv.conf',
  target: 'https://four.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['internet-down', 'name-does-not-exist', 'no-dns-configured'],
  break: [networkManager([cable({ resolver: '203.0.113.54' })])],
  expect: both(
    failed('resolver-unreachable', {
      culprit: { kind: 'resolver', address: '203.0.113.54' },
      ...likely,
      innocent: ['internet-down', 'name-does-not-exist', 'no-dns-configured', 'vpn-blocks'],
    }),
  ),
  needs: ['NetworkManager', 'overlay'],
});
