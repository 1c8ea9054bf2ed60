import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'words-held-back-here',
  side: 'device',
  title: 'A rule of this device lets connections be opened, and drops whatever is said on them',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['server-not-responding', 'server-overloaded'],
  break: [filterRule('device', 'output', 'tcp dport 443 tcp flags & psh == psh drop')],
  expect: both(failed('local-firewall', { side: 'this-device', ...onlyLikely, innocent: ['server-not-responding'] })),
  needs: ['nft'],
});
