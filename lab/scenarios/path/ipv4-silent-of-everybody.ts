import { both, scenario, undetermined } from '../../scenario.js';
import { dns } from '../../world/internet.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// That others answer by IPv6 tells nothing of this server: by IPv4 nobody answers.
export default scenario({
  id: 'ipv4-silent-of-everybody',
  side: 'path',
  title: 'The router at home passes no IPv4 on; by IPv6 all is well, and the server has IPv4 alone',
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['server-firewall', 'host-down', 'internet-down'],
  files: { resolvConf: `nameserver ${ADDRESS.home}\n` },
  services: { home: [dns()] },
  break: [filterRule('home', 'forward', 'meta nfproto ipv4 drop', { labelText: 'ipv4 drop' })],
  expect: both(undetermined(['dropped-on-path'])),
  needs: ['nft'],
});
