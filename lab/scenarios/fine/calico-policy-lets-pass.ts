import { both, reachable, scenario } from '../../scenario.js';
import { calicoPolicy } from '../../world/calico.js';

// The near miss of calico-policy.
export default scenario({
  id: 'calico-policy-lets-pass',
  side: 'fine',
  title: 'A network policy of Kubernetes, carried out by Calico, lets this very port of a pod pass',
  target: '198.51.100.10:443',
  shows: 'reachable',
  nearly: ['app-policy', 'local-firewall'],
  break: [],
  distractors: [calicoPolicy(443)],
  expect: both(reachable),
  needs: ['iptables-nft'],
});
