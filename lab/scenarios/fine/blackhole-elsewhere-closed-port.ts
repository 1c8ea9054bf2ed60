import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'blackhole-elsewhere-closed-port',
  side: 'fine',
  title: 'The port is closed; a blackhole route leads elsewhere',
  target: 'https://four.example.com:8443/',
  shows: 'nothing-listening',
  nearly: ['no-route'],
  break: [],
  distractors: [ip('device', 'route add blackhole 198.51.100.128/25', 'route add prohibit 10.0.0.0/8')],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely, innocent: ['no-route'] }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['no-route'] }),
        undetermined(['nothing-listening'], { innocent: ['no-route'] }),
      ],
    },
  },
});
