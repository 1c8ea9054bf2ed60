import { both, failed, likely, scenario } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// A load balancer right before the server takes its connections, and nobody else's: that is the server's own affair.
export default scenario({
  id: 'front-of-one-server-alone',
  side: 'server',
  title: "The router before the server accepts port 80 for this one address, and answers 502: the server's own front",
  target: 'http://four.example.com/',
  shows: 'gateway-upstream-down',
  nearly: ['transparent-proxy', 'http-filtered'],
  services: { edge: [http({ status: '502 Bad Gateway', headers: ['Server: nginx'], body: 'bad gateway\n' }, 8080)] },
  break: [
    nft(
      'edge',
      `table inet front { chain pre { type nat hook prerouting priority dstnat; policy accept; ip daddr ${ADDRESS.server} tcp dport 80 redirect to :8080; }
      }\n`,
    ),
  ],
  expect: both(
    failed('gateway-upstream-down', { side: 'server', ...likely, innocent: ['transparent-proxy', 'http-filtered'] }),
  ),
  needs: ['nft'],
});
