import { scenario, failed, undetermined } from '../../scenario.js';
import { filterRule } from '../../world/steps.js';

const beside = { also: ['shared-address'], innocent: ['local-firewall', 'double-nat'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...beside }),
    undetermined(['server-firewall'], beside),
  ],
} as const;

export default scenario({
  id: 'shared-address',
  side: 'path',
  title: 'The server drops; beside it the router says that its outside address is one that providers share (RFC 6598)',
  target: 'https://four.example.com/',
  shows: 'shared-address',
  nearly: ['double-nat'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '100.64.12.7' }] },
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  expect: { root: either, user: either },
  needs: ['nft'],
});
