import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// Nothing that goes elsewhere comes by there: from outside a server's own front is the server.
export default scenario({
  id: 'front-of-one-server-resets',
  side: 'server',
  title: "The router before the server accepts port 443 for this one address and resets it: the server's own front",
  target: 'https://four.example.com/',
  shows: 'server-closes-at-once',
  nearly: ['transparent-proxy', 'reset-injected'],
  services: { edge: [{ kind: 'closes', port: 3129, how: 'rst', after: 'first-bytes' }] },
  break: [
    nft(
      'edge',
      `table ip front { chain pre { type nat hook prerouting priority dstnat; policy accept; ip daddr ${ADDRESS.server} tcp dport 443 redirect to :3129; }
      }\n`,
    ),
  ],
  expect: both(
    failed('server-closes-at-once', {
      side: 'server',
      ...onlyLikely,
      innocent: ['transparent-proxy', 'reset-injected'],
    }),
  ),
  needs: ['nft'],
});
