import { both, failed, scenario, undetermined } from '../../scenario.js';

// A packet that may pass no router arrives there all the same: that it is refused does not show that this computer does it.
export default scenario({
  id: 'router-other-address-closed',
  side: 'network',
  title: "The router's outside address, asked from inside, and a port that is closed there; it tells nothing of itself",
  target: 'http://203.0.113.2:8080/',
  shows: 'nothing-listening',
  nearly: ['local-firewall', 'nat-loopback-missing'],
  break: [],
  expect: both({
    anyOf: [
      failed('nothing-listening', {
        certainty: { atMost: 'likely' },
        innocent: ['local-firewall', 'nat-loopback-missing'],
      }),
      undetermined(['nothing-listening'], { innocent: ['local-firewall', 'nat-loopback-missing'] }),
    ],
  }),
});
