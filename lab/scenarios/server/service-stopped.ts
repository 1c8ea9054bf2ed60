import { failed, likely, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { ssh } from '../../world/internet.js';

export default scenario({
  id: 'service-stopped',
  side: 'server',
  title: 'The web server is stopped; SSH still answers',
  target: 'https://shop.example.com/',
  shows: 'nothing-listening',
  services: { server: [ssh()] },
  break: [],
  expect: {
    root: failed('nothing-listening', { side: 'server', ...likely }),
    user: {
      anyOf: [
        failed('nothing-listening', { side: 'server', ...onlyLikely }),
        undetermined(['nothing-listening', 'server-firewall']),
      ],
    },
  },
});
