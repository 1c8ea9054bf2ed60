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
  id: 'double-nat-told-by-pcp-too',
  side: 'network',
  title: 'The same of a router that speaks NAT-PMP and PCP and no UPnP',
  target: 'https://four.example.com/',
  shows: 'double-nat',
  nearly: ['shared-address'],
  services: { home: [{ kind: 'igd', port: 5000, outside: '10.0.0.2', natPmpOnly: true, pcp: true }] },
  break: [filterRule('server', 'input', 'tcp dport 443 drop')],
  expect: { root: either, user: either },
  needs: ['nft'],
});
