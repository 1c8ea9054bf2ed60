import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'no-icmp-closed-port',
  side: 'fine',
  title: 'ICMP is filtered everywhere, and the port is closed',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['host-down', 'dropped-on-path', 'gateway-unreachable'],
  break: [],
  distractors: [
    filterRule('home', 'forward', 'meta l4proto icmp drop', { labelText: 'icmp' }),
    filterRule('home', 'input', 'icmp type echo-request drop', { labelText: 'icmp', table: 'quiet' }),
  ],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely, innocent: ['gateway-unreachable', 'host-down'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['gateway-unreachable'] }),
        undetermined(['nothing-listening']),
      ],
    },
  },
  needs: ['nft'],
});
