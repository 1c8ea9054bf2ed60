import { failed, likely, scenario } from '../../scenario.js';
import { engine, engineEnvironment } from '../../world/containers.js';

const told = failed('port-not-published', {
  side: 'this-device',
  ...likely,
  culprit: { kind: 'container', name: /shop-db-1/, location: /compose\.yaml:4$/ },
  innocent: ['nothing-listening', 'local-firewall'],
});

export default scenario({
  id: 'compose-port-inside-only',
  side: 'device',
  title: 'A service of the compose file serves its port to other containers alone; asked for on this device',
  target: '127.0.0.1:15432',
  environment: { ...engineEnvironment, PWD: '{world}/shop' },
  shows: 'port-not-published',
  nearly: ['nothing-listening'],
  break: [
    {
      do: 'file',
      on: 'device',
      path: '{world}/shop/compose.yaml',
      content: 'services:\n  web:\n    image: nginx\n  db:\n    image: postgres\n    expose: ["15432"]\n',
    },
    engine([{ name: 'shop-db-1', service: 'db', networks: { shop_default: '172.19.0.3' }, exposes: [15432] }]),
  ],
  expect: { root: told, user: told },
});
