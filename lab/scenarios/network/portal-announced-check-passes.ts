import { both, failed, onlyLikely, scenario } from '../../scenario.js';
import { captive, lease, PORTAL_API, PORTAL_NAMES, portalApi } from '../../world/portal.js';
import { nft } from '../../world/steps.js';
import { ADDRESS } from '../../world/topology.js';

// So that devices do not open their own window, some portals let the pages through by which devices look for one.
export default scenario({
  id: 'portal-announced-check-passes',
  side: 'network',
  title:
    'A portal lets the check page through and drops the rest; its API, named by the lease, says that one has to log in',
  target: 'https://four.example.com/',
  shows: 'captive-portal',
  nearly: ['dropped-on-path', 'server-firewall', 'host-down'],
  names: PORTAL_NAMES,
  services: { home: [portalApi(captive)] },
  break: [
    nft(
      'home',
      `table inet portal { chain forward { type filter hook forward priority filter; policy accept;
        iifname "lan" ip daddr ${ADDRESS.reference} tcp dport 80 accept
        iifname "lan" meta l4proto tcp drop
      }
      }\n`,
    ),
    ...lease(PORTAL_API),
  ],
  expect: both({
    anyOf: [
      failed('captive-portal', {
        side: 'local-network',
        ...onlyLikely,
        culprit: { kind: 'portal', name: /portal\.guests\.example\/welcome/ },
      }),
      {
        outcome: 'failed',
        cause: 'undetermined',
        candidates: ['captive-portal'],
        innocent: ['dropped-on-path', 'server-firewall', 'host-down', 'local-firewall'],
      },
    ],
  }),
  needs: ['nft', 'dnsmasq', 'dhclient'],
});
