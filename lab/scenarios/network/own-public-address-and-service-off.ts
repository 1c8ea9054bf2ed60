import { both, failed, scenario, undetermined } from '../../scenario.js';
import { neighbour, nft } from '../../world/steps.js';

export default scenario({
  id: 'own-public-address-and-service-off',
  side: 'network',
  title: "The home's own public address from inside, and the device that it leads to has the service off",
  target: 'http://203.0.113.2:8080/',
  shows: 'nothing-listening',
  nearly: ['nat-loopback-missing'],
  services: {
    home: [
      {
        kind: 'igd',
        port: 5000,
        outside: '203.0.113.2',
        mappings: ['udp 51820 192.168.7.40 51820', 'tcp 8080 192.168.7.40 8080'],
      },
    ],
  },
  break: [
    neighbour('other', ['192.168.7.40/24']),
    nft(
      'home',
      `table ip nat { chain pre { type nat hook prerouting priority dstnat; iifname wan tcp dport 8080 dnat to 192.168.7.40:8080; }; }`,
    ),
  ],
  expect: both({
    anyOf: [
      failed('nothing-listening', { certainty: { atMost: 'likely' }, innocent: ['nat-loopback-missing'] }),
      undetermined(['nothing-listening'], { innocent: ['nat-loopback-missing'] }),
    ],
  }),
  needs: ['macvlan', 'nft'],
});
