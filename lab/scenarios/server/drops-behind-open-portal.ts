import { failed, scenario, undetermined } from '../../scenario.js';
import { lease, PORTAL_API, PORTAL_NAMES, portalApi } from '../../world/portal.js';
import { filterRule } from '../../world/steps.js';

const open = { innocent: ['captive-portal'], innocentText: ['portal.guests.example'] } as const;
const either = {
  anyOf: [
    failed(['server-firewall', 'dropped-on-path', 'host-down'], { certainty: { atMost: 'likely' }, ...open }),
    undetermined(['server-firewall'], open),
  ],
} as const;

export default scenario({
  id: 'drops-behind-open-portal',
  side: 'server',
  title: 'The network names a portal, and that says that nothing is left to do; the server itself drops',
  target: 'https://four.example.com/',
  shows: 'server-firewall',
  nearly: ['captive-portal'],
  names: PORTAL_NAMES,
  services: { home: [portalApi({ captive: false, 'seconds-remaining': 5400 })] },
  break: [filterRule('server', 'input', 'tcp dport 443 drop'), ...lease(PORTAL_API)],
  expect: { root: either, user: either },
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
