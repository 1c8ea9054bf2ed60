import { failed, scenario, undetermined } from '../../scenario.js';
import { sandbox } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// As a unit of systemd with IPAddressDeny=any has it.
export default scenario({
  id: 'sandbox-drops',
  side: 'device',
  title: 'A BPF program of the control group in which the command runs throws away all that is sent',
  target: `https://${ADDRESS.server}/`,
  shows: 'app-policy',
  nearly: ['local-firewall', 'dropped-on-path', 'server-firewall'],
  break: [sandbox({ sends: false })],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { kind: 'policy', name: /BPF/ },
      innocent: ['local-firewall'],
    }),
    // Without root nobody can tell which of the two it is.
    user: {
      anyOf: [
        failed('local-firewall', { side: 'this-device', certainty: { atMost: 'likely' } }),
        undetermined(['local-firewall', 'app-policy']),
      ],
    },
  },
  needs: ['nft', 'cgroup-bpf'],
});
