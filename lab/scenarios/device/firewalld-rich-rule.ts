import { localFirewall, scenario } from '../../scenario.js';
import { firewalld } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'firewalld-rich-rule',
  side: 'device',
  title: 'A policy of firewalld rejects what this device sends to one network',
  target: 'https://four.example.com/',
  shows: 'local-firewall',
  nearly: ['rejected-by-hop', 'nothing-listening'],
  break: [
    firewalld(
      'device',
      '--permanent --new-policy=homework',
      '--permanent --policy=homework --add-ingress-zone=HOST',
      '--permanent --policy=homework --add-egress-zone=ANY',
      `--permanent --policy=homework --add-rich-rule='rule family="ipv4" destination address="${ADDRESS.server}/32" reject'`,
      '--reload',
    ),
  ],
  expect: localFirewall(
    { backend: 'nft', family: 'inet', table: 'firewalld', chain: 'filter_OUT_policy_homework_deny' },
    { owner: 'firewalld', name: /firewalld policy "homework", rich rule/ },
  ),
  needs: ['firewalld'],
});
