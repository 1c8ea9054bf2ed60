import { both, scenario, undetermined } from '../../scenario.js';
import { iptables } from '../../world/steps.js';

// No name makes a difference, so it is not told from a filter of the server's own (server/hello-dropped-at-server).
export default scenario({
  id: 'hello-swallowed-of-every-name',
  side: 'path',
  title: 'The provider swallows every hello that offers TLS 1.3, whatever name is in it',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-not-responding', 'sni-filtered', 'path-mtu-blackhole'],
  break: [
    iptables('provider', '-A FORWARD -p tcp --dport 443 -m string --hex-string |0304| --algo bm --from 100 -j DROP'),
  ],
  expect: both(
    undetermined(['dropped-on-path', 'server-not-responding'], { innocent: ['sni-filtered', 'path-mtu-blackhole'] }),
  ),
  needs: ['iptables-nft'],
});
