import { failed, scenario, undetermined } from '../../scenario.js';
import { sshd } from '../../world/products.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-hosts-deny',
  side: 'device',
  title: 'Asked from outside: /etc/hosts.deny turns this address away from the real sshd',
  target: '22',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'client-banned',
  nearly: ['local-firewall'],
  break: [
    sshd('device'),
    { do: 'file', on: 'device', path: '{etc}/hosts.deny', content: `# kept out\nsshd: ${ADDRESS.server}\n` },
  ],
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { kind: 'file', location: '/etc/hosts.deny:2' },
    }),
    // Which libraries root's program has, and the rules, a user may not see.
    user: undetermined(['local-firewall'], { innocent: ['client-banned'] }),
  },
  needs: ['sshd'],
});
