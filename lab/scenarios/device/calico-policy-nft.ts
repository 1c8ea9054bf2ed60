import { failed, scenario, undetermined } from '../../scenario.js';
import { calicoPolicyNft } from '../../world/calico.js';

export default scenario({
  id: 'calico-policy-nft',
  side: 'device',
  title: 'A network policy, carried out by Calico in its mode nftables, lets only another port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'app-policy',
  nearly: ['local-firewall', 'no-backend', 'server-firewall'],
  break: [calicoPolicyNft(22)],
  expect: {
    root: failed('app-policy', {
      side: 'this-device',
      certainty: { atLeast: 'proven' },
      culprit: { owner: 'calico', rule: { table: 'calico', chain: 'filter-cali-tw-cali95aa86cbb2a' } },
      innocent: ['local-firewall', 'no-backend', 'server-firewall'],
    }),
    user: {
      anyOf: [
        failed('local-firewall', { side: 'this-device', certainty: { atLeast: 'likely', atMost: 'confirmed' } }),
        undetermined(['local-firewall']),
      ],
    },
  },
  needs: ['nft'],
});
