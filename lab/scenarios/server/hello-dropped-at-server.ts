import { both, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

export default scenario({
  id: 'hello-dropped-at-server',
  side: 'server',
  title: "A filter of the server's own drops long packets: every TLS hello, and no plain request",
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  nearly: ['dropped-on-path', 'sni-filtered', 'path-mtu-blackhole'],
  break: [iptables('server', '-A INPUT -p tcp --dport 443 -m length --length 250:65535 -j DROP')],
  expect: both(
    undetermined(['dropped-on-path', 'server-not-responding'], { innocent: ['sni-filtered', 'path-mtu-blackhole'] }),
  ),
  needs: ['iptables-nft'],
});
