import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'port-led-to-page-without-tls',
  side: 'path',
  title: 'The provider leads what goes to port 9443 of the server to its port 80, which speaks plain HTTP',
  target: 'https://four.example.com:9443/',
  shows: 'wrong-scheme-or-port',
  break: [
    nft(
      'provider',
      `table ip leading { chain pre { type nat hook prerouting priority dstnat; policy accept; iifname "access" ip daddr ${ADDRESS.server} tcp dport 9443 dnat to ${ADDRESS.server}:80; }
      }\n`,
    ),
  ],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...onlyLikely })),
  needs: ['nft'],
});
