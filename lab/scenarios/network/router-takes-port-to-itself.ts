import { atMostLikely, failed, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { nft } from '../../world/steps.js';

// A transparent proxy whose program is down. The router rewrites the destination before it looks at the hop limit, so that its
// refusal comes even when the packet may pass no router: that alone shows nothing of this computer.
export default scenario({
  id: 'router-takes-port-to-itself',
  side: 'network',
  title: 'The home router leads HTTPS to a port of its own, where nothing listens; all else is well',
  target: 'https://four.example.com/',
  shows: 'reset-injected',
  nearly: ['local-firewall', 'nothing-listening'],
  break: [
    nft(
      'home',
      'table ip lab {\n chain in {\n  type nat hook prerouting priority -100; policy accept;\n  iifname "lan" tcp dport 443 redirect to :9\n }\n}\n',
    ),
  ],
  expect: {
    root: failed(['reset-injected', 'connection-redirected'], {
      side: 'local-network',
      culprit: { kind: 'hop', address: ADDRESS.home },
      innocent: ['local-firewall', 'nothing-listening'],
    }),
    // A rule of this computer that sends the reset itself looks the same without root.
    user: failed(['local-firewall', 'reset-injected', 'connection-redirected'], {
      ...atMostLikely,
      innocent: ['nothing-listening'],
    }),
  },
  needs: ['nft'],
});
