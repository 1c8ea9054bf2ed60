import { both, failed, scenario, undetermined } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'dropped-all-by-satellite',
  side: 'path',
  title: 'By satellite, a router behind it drops all that is sent to the server',
  target: 'https://four.example.com/',
  shows: 'dropped-on-path',
  nearly: ['packet-loss', 'internet-down', 'gateway-unreachable'],
  break: [filterRule('edge', 'forward', `ip daddr ${ADDRESS.server} drop`, { labelText: 'ip daddr' })],
  distractors: [...slowLine('home', { delayMs: 300 })],
  expect: both({
    anyOf: [
      failed('dropped-on-path', { side: 'path', certainty: { atMost: 'likely' } }),
      undetermined(['dropped-on-path', 'server-firewall', 'host-down']),
    ],
  }),
  needs: ['nfqueue', 'nft'],
});
