import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { http, ssh } from '../../world/internet.js';

export default scenario({
  id: 'ssh-on-web-port',
  side: 'target',
  title: 'The server itself has SSH on port 443',
  target: 'https://four.example.com/',
  shows: 'wrong-scheme-or-port',
  services: { server: [http(), ssh(443), ssh()] },
  break: [],
  expect: both(failed('wrong-scheme-or-port', { side: 'target', ...onlyLikely })),
});
