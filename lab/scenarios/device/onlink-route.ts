import { both, failed, scenario, undetermined } from '../../scenario.js';
import { ip } from '../../world/steps.js';

export default scenario({
  id: 'onlink-route',
  side: 'device',
  title: 'A route claims that the server is on our own network: it is searched for there in vain',
  target: 'https://four.example.com/',
  shows: 'subnet-overlap',
  nearly: ['host-down', 'gateway-unreachable'],
  break: [ip('device', 'route add 198.51.100.0/24 dev eth0')],
  expect: both({
    anyOf: [
      failed(['subnet-overlap', 'no-route'], {
        side: ['this-device', 'local-network'],
        innocent: ['gateway-unreachable'],
      }),
      failed('host-down', { certainty: { atMost: 'likely' }, innocent: ['gateway-unreachable'] }),
      undetermined([], { innocent: ['gateway-unreachable'] }),
    ],
  }),
});
