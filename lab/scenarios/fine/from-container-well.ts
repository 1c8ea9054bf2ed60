import { both, reachable, scenario } from '../../scenario.js';
import { engine, engineEnvironment, inContainer } from '../../world/containers.js';

// Its own hosts file knows the name; this device's does not, and its resolver says otherwise.
export default scenario({
  id: 'from-container-well',
  side: 'fine',
  title: 'From a container whose own files lead to the server; out here the name leads nowhere',
  target: 'ssh://four.example.com',
  arguments: ['--from', 'web'],
  environment: engineEnvironment,
  shows: 'reachable',
  nearly: ['containers-not-connected', 'name-does-not-exist'],
  files: { hosts: '127.0.0.1\tlocalhost\n192.0.2.99\tfour.example.com\n' },
  break: [
    inContainer('web', 'edge', 'nameserver 127.0.0.11\n', '127.0.0.1\tlocalhost\n198.51.100.10\tfour.example.com\n'),
    engine([{ name: 'web', pid: 'web', networks: { app: '172.19.0.2' } }]),
  ],
  expect: both(reachable),
  only: 'root',
});
