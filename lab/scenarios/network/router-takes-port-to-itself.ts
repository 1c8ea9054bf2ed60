import { atMostLikely, failed, scenario, undetermined } from '../../scenario.js';
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
    // What is refused leaves this computer, so that nothing here sends the reset. A rule of this computer that leads it to somebody
    // on the own link looks the same without root.
    user: {
      anyOf: [
        failed(['reset-injected', 'connection-redirected'], {
          ...atMostLikely,
          innocent: ['nothing-listening', 'local-firewall'],
        }),
        undetermined(['reset-injected', 'connection-redirected'], {
          innocent: ['nothing-listening', 'local-firewall'],
        }),
      ],
    },
  },
  needs: ['nft'],
});
