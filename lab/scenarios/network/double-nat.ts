import { scenario, failed, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

const beside = { also: ['double-nat'], innocent: ['local-firewall'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...beside }),
    undetermined(['server-firewall'], beside),
  ],
} as const;

export default scenario({
  id: 'double-nat',
  side: 'network',
  title: 'The server drops; beside it the router says that its own outside address is a private one',
  target: 'https://four.example.com/',
  shows: 'double-nat',
  nearly: ['shared-address', 'nat-loopback-missing'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '192.168.1.2' }] },
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  expect: { root: either, user: either },
  needs: ['nft'],
});
