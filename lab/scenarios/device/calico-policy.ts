import { failed, scenario, undetermined } from '../../scenario.js';
import { calicoPolicy } from '../../world/calico.js';

export default scenario({
  id: 'calico-policy',
  side: 'device',
  title: 'A network policy of Kubernetes, carried out by Calico, lets no connection to that port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'app-policy',
  nearly: ['local-firewall', 'no-backend', 'server-firewall'],
  break: [calicoPolicy(22)],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'calico', rule: { table: 'filter', chain: 'cali-tw-cali95aa86cbb2a' } },
      innocent: ['local-firewall', 'no-backend', 'server-firewall'],
    }),
    user: {
      anyOf: [
        failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
        undetermined(['local-firewall']),
      ],
    },
  },
  needs: ['iptables-nft'],
});
