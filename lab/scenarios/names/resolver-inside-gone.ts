import { both, failed, scenario, undetermined } from '../../scenario.js';

export default scenario({
  id: 'resolver-inside-gone',
  side: 'names',
  title:
    'A name server inside the home network is gone, and a comment speaks of a VPN: its network is there, no VPN has a part in it',
  target: 'https://shop.example.com/',
  shows: 'resolver-unreachable',
  nearly: ['vpn-blocks'],
  files: { resolvConf: '# no vpn here any more, see tun0\nnameserver 192.168.7.53\n' },
  break: [],
  expect: both({
    anyOf: [
      failed('resolver-unreachable', {
        side: 'local-network',
        culprit: { location: '/etc/resolv.conf:2', address: '192.168.7.53' },
        innocent: ['vpn-blocks'],
        innocentText: ['openvpn'],
      }),
      undetermined(['resolver-unreachable'], { innocent: ['vpn-blocks'] }),
    ],
  }),
});
