import { both, scenario, undetermined } from '../../scenario.js';
import { advertised, PORTAL_API, PORTAL_NAMES, portalApi } from '../../world/portal.js';
import { filterRule } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

export default scenario({
  id: 'portal-advertised-and-open',
  side: 'network',
  title: "The router's advertisement names a portal that says that all is done; the server swallows what comes",
  target: 'https://four.example.com/',
  shows: 'undetermined',
  nearly: ['captive-portal'],
  names: PORTAL_NAMES,
  services: { home: [portalApi({ captive: false, 'venue-info-url': 'https://portal.guests.example/menu' })] },
  break: [filterRule('server', 'input', `ip daddr ${ADDRESS.server} tcp dport 443 drop`), advertised(PORTAL_API)],
  expect: both(undetermined(['server-firewall'], { innocent: ['captive-portal', 'internet-down'] })),
  needs: ['nft'],
});
