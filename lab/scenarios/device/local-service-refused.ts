import { failed, scenario, undetermined } from '../../scenario.js';
import { http } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';

export default scenario({
  id: 'local-service-refused',
  side: 'device',
  title: "A program listens on this device, and the device's own firewall refuses the connection",
  target: 'http://127.0.0.1:8080/',
  shows: 'local-firewall',
  nearly: ['nothing-listening'],
  services: { device: [http(undefined, 8080)] },
  break: [filterRule('device', 'input', 'tcp dport 8080 reject with tcp reset', { labelText: 'tcp dport 8080' })],
  expect: {
    root: failed('local-firewall', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'firewall-rule', rule: { handleOf: 'block' } },
      innocent: ['nothing-listening'],
    }),
    user: {
      anyOf: [
        failed('local-firewall', { side: 'this-device', innocent: ['nothing-listening'] }),
        undetermined(['local-firewall'], { innocent: ['nothing-listening'] }),
      ],
    },
  },
  needs: ['nft'],
});
