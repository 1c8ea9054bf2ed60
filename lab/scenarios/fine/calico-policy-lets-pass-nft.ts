import { both, reachable, scenario } from '../../scenario.js';
import { calicoPolicyNft } from '../../world/calico.js';

// The near miss of calico-policy-nft.
export default scenario({
  id: 'calico-policy-lets-pass-nft',
  side: 'fine',
  title:
    'A network policy of Kubernetes, carried out by Calico in its mode nftables, lets this very port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  break: [],
  distractors: [calicoPolicyNft(443)],
  expect: both(reachable),
  needs: ['nft'],
});
