import { failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

const told = failed('nothing-listening', {
  side: 'this-device',
  ...likely,
  culprit: { kind: 'service', name: /service db of compose\.yaml/, location: /compose\.yaml:7$/ },
  innocent: ['port-not-published', 'local-firewall'],
});

export default scenario({
  id: 'compose-service-not-started',
  side: 'device',
  title: 'The compose file beside the caller publishes the port, and the service was never started',
  target: '127.0.0.1:15432',
  environment: { ...engineEnvironment, PWD: '{world}/shop' },
  shows: 'nothing-listening',
  nearly: ['port-not-published', 'loopback-of-other-namespace'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{world}/shop/compose.yaml',
      content:
        'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n    ports:\n      - "15432:5432"\n    networks: [back]\n',
    },
    engine([]),
  ],
  expect: { root: told, user: told },
});
