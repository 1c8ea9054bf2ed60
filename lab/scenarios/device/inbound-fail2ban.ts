import { failed, scenario, undetermined } from '../../scenario.js';
import { fail2ban } from '../../world/fail2ban.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-fail2ban',
  side: 'device',
  title: 'Asked from outside: the real fail2ban has banned exactly this address, in one jail for ten minutes',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'client-banned',
  nearly: ['local-firewall'],
  services: { device: [http(undefined, 8080)] },
  break: fail2ban('device', { jail: 'web', port: '80,8080', ban: ['203.0.113.77', ADDRESS.server] }),
  expect: {
    root: failed('client-banned', {
      side: 'this-device',
      certainty: { atLeast: 'likely', atMost: 'confirmed' },
      culprit: { owner: 'fail2ban', name: /web/, rule: { table: 'f2b-table', chain: 'f2b-chain' } },
      innocent: ['local-firewall'],
    }),
    user: undetermined(['local-firewall']),
  },
  needs: ['nft', 'fail2ban'],
});
