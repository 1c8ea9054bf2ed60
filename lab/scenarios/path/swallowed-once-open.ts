import { both, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Handshakes pass whole, so that the server has each connection: a full queue would begin them anew.
export default scenario({
  id: 'swallowed-once-open',
  side: 'path',
  title: 'A router lets handshakes pass, and swallows every packet that carries something',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['server-overloaded', 'server-not-responding', 'path-mtu-blackhole', 'sni-filtered'],
  break: [
    filterRule('provider', 'forward', 'tcp dport 443 meta length > 52 tcp flags & syn == 0 drop', {
      labelText: 'tcp dport 443',
    }),
  ],
  expect: both(
    undetermined(['dropped-on-path', 'server-firewall'], {
      innocent: ['server-overloaded', 'server-not-responding', 'sni-filtered', 'path-mtu-blackhole'],
    }),
  ),
  needs: ['nft'],
});
