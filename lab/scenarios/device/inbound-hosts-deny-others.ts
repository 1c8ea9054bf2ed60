import { reachable, scenario, undetermined } from '../../scenario.js';
import { sshd } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-hosts-deny-others',
  side: 'device',
  title: 'Asked from outside: /etc/hosts.deny turns others away, and this address from other programs',
  target: '22',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['client-banned'],
  break: [],
  distractors: [
    sshd('device'),
    {
      do: 'file',
      on: 'device',
      path: '{etc}/hosts.deny',
      content: `vsftpd: ALL\nsshd: 203.0.113.\nALL: 198.51.100. EXCEPT ${ADDRESS.server}\n`,
    },
  ],
  expect: { root: reachable, user: undetermined(['local-firewall'], { innocent: ['client-banned'] }) },
  needs: ['sshd'],
});
