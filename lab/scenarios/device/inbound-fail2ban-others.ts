import { reachable, scenario, undetermined } from '../../scenario.js';
import { fail2ban } from '../../world/fail2ban.js';
import { http } from '../../world/internet.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'inbound-fail2ban-others',
  side: 'device',
  title: 'Asked from outside: the real fail2ban has banned others, and this address on another port',
  target: '8080',
  arguments: ['inbound', '--from', ADDRESS.server],
  shows: 'reachable',
  nearly: ['client-banned'],
  services: { device: [http(undefined, 8080)] },
  break: [],
  distractors: fail2ban('device', { jail: 'mail', port: '25,465', ban: ['198.51.100.11', ADDRESS.server] }),
  expect: { root: reachable, user: undetermined(['local-firewall']) },
  needs: ['nft', 'fail2ban'],
});
