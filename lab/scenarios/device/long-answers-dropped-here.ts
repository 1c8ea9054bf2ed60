import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { nft } from '../../world/steps.js';

// The rule is read and not seen at work, and what comes in may get lost on the way as well: which it is stays open.
export default scenario({
  id: 'long-answers-dropped-here',
  side: 'device',
  title:
    "This computer's own firewall drops long packets that come in: the connection opens, and the answer never arrives",
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-not-responding', 'path-mtu-blackhole'],
  break: [
    nft(
      'device',
      'table inet lab {\n chain in {\n  type filter hook input priority 0; policy accept;\n  meta length > 1000 drop\n }\n}\n',
    ),
  ],
  expect: {
    root: undetermined(['local-firewall', 'path-mtu-blackhole']),
    user: { anyOf: [undetermined([]), failed('path-mtu-blackhole', onlyLikely)] },
  },
  needs: ['nft'],
});
