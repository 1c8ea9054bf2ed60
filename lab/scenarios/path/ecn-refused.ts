import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { iptables, sysctl } from '../../world/steps.js';

export default scenario({
  id: 'ecn-refused',
  side: 'path',
  title: 'This computer asks for ECN, and a firewall of the provider answers such first packets with a reset',
  target: 'http://four.example.com/',
  shows: 'reset-injected',
  nearly: ['nothing-listening', 'local-firewall'],
  break: [
    iptables(
      'provider',
      '-A FORWARD -p tcp --syn -m ecn --ecn-tcp-cwr --ecn-tcp-ece -j REJECT --reject-with tcp-reset',
    ),
  ],
  distractors: [sysctl('device', 'net.ipv4.tcp_ecn=1')],
  expect: both(
    failed(['reset-injected', 'server-firewall'], {
      ...onlyLikely,
      evidence: /does not ask for ECN it opened/,
      innocent: ['nothing-listening', 'local-firewall'],
    }),
  ),
  needs: ['iptables-nft'],
});
