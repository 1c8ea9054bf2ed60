import { failed, onlyLikely, scenario } from '../../scenario.js';
import { ADDRESS } from '../../world/topology.js';
import { nft } from '../../world/steps.js';

export default scenario({
  id: 'router-translates-to-dead-port',
  side: 'network',
  title: 'The home router leads HTTPS to the server to another port, where nothing listens',
  target: 'https://four.example.com/',
  shows: 'connection-redirected',
  nearly: ['nothing-listening', 'reset-injected'],
  break: [
    nft(
      'home',
      'table ip lab {\n chain in {\n  type nat hook prerouting priority -100; policy accept;\n  ip daddr 198.51.100.10 tcp dport 443 dnat to 198.51.100.10:9\n }\n}\n',
    ),
  ],
  expect: {
    root: failed('connection-redirected', {
      ...onlyLikely,
      side: 'local-network',
      culprit: { kind: 'hop', address: ADDRESS.home },
      innocent: ['nothing-listening'],
    }),
    user: failed('connection-redirected', { ...onlyLikely, innocent: ['nothing-listening'] }),
  },
  needs: ['nft'],
});
