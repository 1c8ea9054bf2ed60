import { both, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// The near miss is server/silent-after-accept: there a plain request is met with silence as well.
export default scenario({
  id: 'answer-to-hello-swallowed',
  side: 'path',
  title: "The provider swallows the server's answers of more than 500 bytes, small ones pass",
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-not-responding', 'path-mtu-blackhole', 'packet-loss'],
  break: [
    iptables('provider', `-A FORWARD -s ${ADDRESS.server} -p tcp --sport 443 -m length --length 500:65535 -j DROP`),
  ],
  expect: both(
    undetermined(['dropped-on-path', 'server-not-responding'], { innocent: ['path-mtu-blackhole', 'packet-loss'] }),
  ),
  needs: ['iptables-nft'],
});
