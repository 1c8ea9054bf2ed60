import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { captive, lease, PORTAL_API, PORTAL_NAMES, portalApi, walled } from '../../world/portal.js';

export default scenario({
  id: 'portal-announced-silent',
  side: 'network',
  title:
    'A portal that catches nothing and lets nothing out; the lease names its API, which says that one has to log in',
  target: 'https://four.example.com/',
  shows: 'captive-portal',
  nearly: ['internet-down', 'dropped-on-path', 'server-firewall'],
  names: PORTAL_NAMES,
  services: { home: [portalApi(captive)] },
  break: [walled(), ...lease(PORTAL_API)],
  expect: both(
    failed('captive-portal', {
      side: 'local-network',
      ...onlyLikely,
      culprit: { kind: 'portal', name: /portal\.guests\.example\/welcome/, address: '192.168.7.1' },
      evidence: /RFC 8908/,
      innocent: ['internet-down', 'dropped-on-path', 'server-firewall', 'local-firewall'],
    }),
  ),
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
