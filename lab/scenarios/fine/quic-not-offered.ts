import { both, reachable, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'quic-not-offered',
  side: 'fine',
  title: 'UDP to port 443 is dropped on the way, and the server offers no HTTP/3',
  target: 'https://four.example.com/',
  arguments: ['--thorough'],
  shows: 'reachable',
  nearly: ['quic-blocked'],
  break: [],
  distractors: [filterRule('provider', 'forward', 'udp dport 443 drop')],
  expect: both(reachable),
  needs: ['nft'],
});
