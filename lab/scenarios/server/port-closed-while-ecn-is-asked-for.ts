import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { https } from '../../world/internet.js';
import { sysctl } from '../../world/steps.js';

export default scenario({
  id: 'port-closed-while-ecn-is-asked-for',
  side: 'server',
  title: 'Nothing listens on port 80 of the server; this computer asks for ECN, which nobody minds',
  target: 'http://four.example.com/',
  shows: 'nothing-listening',
  nearly: ['reset-injected', 'server-firewall'],
  services: { server: [https()] },
  break: [],
  distractors: [sysctl('device', 'net.ipv4.tcp_ecn=1')],
  expect: both(
    failed('nothing-listening', { side: 'server', ...onlyLikely, innocent: ['reset-injected', 'server-firewall'] }),
  ),
});
