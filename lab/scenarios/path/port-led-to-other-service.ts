import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The same packets as from a server that has SSH on port 443, which many have: nobody at this end can tell.
export default scenario({
  id: 'port-led-to-other-service',
  side: 'path',
  title: 'The provider leads what goes to port 443 of the server to its port 22, where SSH greets',
  target: 'https://four.example.com/',
  shows: 'wrong-scheme-or-port',
  break: [
    nft(
      'provider',
      `table ip leading { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" ip daddr ${ADDRESS.server} tcp dport 443 dnat to ${ADDRESS.server}:22; }
      }\n`,
    ),
  ],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...onlyLikely })),
  needs: ['nft'],
});
