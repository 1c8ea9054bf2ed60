import { both, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';

// Three machines of the world play containers: what ties one of them to whoever asks, nothing says. No other scenario has that port.
export default scenario({
  id: 'localhost-of-one-of-several',
  side: 'target',
  title: 'localhost is asked for, and the service may be any of three in other network namespaces of this machine',
  target: 'http://localhost:18715/',
  shows: 'loopback-of-other-namespace',
  nearly: ['listens-on-other-family', 'local-firewall'],
  services: { home: [http(undefined, 18715)], edge: [http(undefined, 18715)], reference: [http(undefined, 18715)] },
  break: [],
  expect: both(
    undetermined(['nothing-listening', 'loopback-of-other-namespace'], {
      evidence: /one of \d+ in other network namespaces/,
      innocent: ['listens-on-other-family', 'local-firewall'],
    }),
  ),
});
