import { failed, scenario, undetermined } from '../../scenario.js';
import { firewalld, ufw } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'firewalld-emptied-ufw',
  side: 'device',
  title: "firewalld has emptied ufw's chains when it started: only ufw's policy is left, which drops every answer",
  target: `https://${ADDRESS.server}/`,
  shows: 'security-software-conflict',
  nearly: ['server-firewall', 'internet-down'],
  break: [ufw('device', 'allow out 443/tcp', 'allow 22/tcp'), firewalld('device', '--add-port=22/tcp')],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', rule: { family: 'ip', table: 'filter', chain: 'INPUT' } },
      also: ['security-software-conflict'],
    }),
    // Nothing comes in: a user sees silence from everybody, the router included, and that fits others too.
    user: {
      anyOf: [
        undetermined(['local-firewall']),
        failed(['internet-down', 'gateway-unreachable', 'local-firewall'], { certainty: { atMost: 'likely' } }),
      ],
    },
  },
  needs: ['ufw', 'firewalld'],
});
