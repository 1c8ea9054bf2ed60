import { failed, onlyLikely, scenario, undetermined } from '../../scenario.js';
import { advertised, captive, PORTAL_API, PORTAL_NAMES, portalApi, walled } from '../../world/portal.js';

// No lease, and nobody on the device who keeps what routers say: only asking them tells. That takes root.
export default scenario({
  id: 'portal-advertised-by-router',
  side: 'network',
  title: "A portal that catches nothing and lets nothing out; the router's advertisement alone names its API",
  target: 'https://four.example.com/',
  shows: 'captive-portal',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  names: PORTAL_NAMES,
  services: { home: [portalApi(captive)] },
  break: [walled(), advertised(PORTAL_API)],
  expect: {
    root: failed('captive-portal', {
      side: 'local-network',
      ...onlyLikely,
      culprit: { kind: 'portal', name: /portal\.guests\.example\/welcome/, address: '192.168.7.1' },
      evidence: /router advertisement of fe80:/,
      innocent: ['internet-down', 'dropped-on-path', 'server-firewall', 'local-firewall'],
    }),
    // What gets past the router (ping) shows the cut; why it is there only the portal knows.
    user: { anyOf: [failed(['dropped-on-path', 'internet-down'], onlyLikely), undetermined(['internet-down'])] },
  },
  needs: ['nft'],
});
