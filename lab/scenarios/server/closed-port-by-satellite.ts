import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { slowLine } from '../../world/line/slow-line.js';

export default scenario({
  id: 'closed-port-by-satellite',
  side: 'server',
  title: 'By satellite, nothing listens on the port',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['packet-loss', 'server-firewall', 'reset-injected'],
  break: [],
  distractors: [...slowLine('provider', { delayMs: 300 })],
  expect: {
    root: failed('nothing-listening', { side: 'server', stage: 'connect', ...likely }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', stage: 'connect', ...onlyLikely }),
        undetermined(['nothing-listening', 'server-firewall']),
      ],
    },
  },
  needs: ['nfqueue'],
});
