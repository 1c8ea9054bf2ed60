import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

// Nothing that is said leaves the device here either: the server has no room for it, as tar pits and scrubbers have none.
export default scenario({
  id: 'window-stays-shut',
  side: 'server',
  title: 'The server accepts connections and never has room for what is said on them',
  target: 'https://four.example.com/',
  shows: 'server-not-responding',
  nearly: ['local-firewall'],
  break: [filterRule('server', 'output', 'tcp sport 443 tcp window set 0')],
  expect: both(failed('server-not-responding', { side: 'server', ...onlyLikely, innocent: ['local-firewall'] })),
  needs: ['nft'],
});
