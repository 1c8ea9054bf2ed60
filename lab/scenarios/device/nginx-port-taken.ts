import { ADDRESS } from '../../world/topology.js';
import { both, failed, likely, scenario } from '../../scenario.js';
import { listening, nginx } from '../../world/products.js';

export default scenario({
  id: 'nginx-port-taken',
  side: 'device',
  title: 'A real nginx could not start: another program holds its port on another address',
  target: 'http://127.0.0.1:8091/',
  shows: 'nothing-listening',
  nearly: ['listens-on-loopback-only', 'listens-on-other-family', 'local-firewall'],
  break: [
    listening('device', `${ADDRESS.device}:8091`),
    nginx('device', ['listen 8091;', 'return 200 hello;'], { ready: 'ended' }),
  ],
  expect: both(
    failed('nothing-listening', {
      side: 'this-device',
      ...likely,
      culprit: { kind: 'service', name: 'nginx', location: /nginx\.conf:\d+/ },
      evidence: /Address already in use/,
    }),
  ),
  needs: ['nginx'],
});
